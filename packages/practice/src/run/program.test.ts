import { expect, test } from 'vitest';
import type { Language } from '../question/predict.ts';
import { countsEachSandbox } from './limits.ts';
import { pickUser } from './lone-user.ts';
import { canRun, type ProgramResult, runProgram } from './program.ts';
import { findSandbox } from './sandbox.ts';

async function run(language: Language, main: string, code: string, input?: string): Promise<ProgramResult> {
  const result = await runProgram({
    language,
    files: { [main]: code },
    main,
    ...(input === undefined ? {} : { input }),
  });
  if (result === null) throw new Error(`${language} is not here`);
  return result;
}

const threads = `class Main {
  public static void main(String[] given) throws Exception {
    var all = new java.util.ArrayList<Thread>();
    for (int i = 0; i < 150; i++) all.add(new Thread(() -> { try { Thread.sleep(100); } catch (InterruptedException e) {} }));
    for (var each : all) each.start();
    for (var each : all) each.join();
    java.nio.file.Files.writeString(java.nio.file.Files.createTempFile("a", "b"), "x");
    System.out.println(all.size() + new String(System.in.readAllBytes()));
  }
}`;

const ordinary: readonly (readonly [Language, string, string])[] = [
  ['node', 'main.mjs', `import { readFileSync } from 'node:fs'; console.log(150 + readFileSync(0, 'utf8'));`],
  [
    'python',
    'main.py',
    `import sys, tempfile, threading, time
from multiprocessing import Lock
all = [threading.Thread(target=time.sleep, args=(0.1,)) for _ in range(150)]
for each in all: each.start()
for each in all: each.join()
with Lock(), tempfile.TemporaryFile() as file: file.write(b'x' * 10**6)
print(f'{len(all)}{sys.stdin.read()}')`,
  ],
  ['php', 'main.php', `<?php echo 150 . fgets(STDIN);`],
  ['java', 'Main.java', threads],
];

for (const [language, main, code] of ordinary)
  test.skipIf(!canRun(language))(`an ordinary ${language} program has room, threads and its input`, async () => {
    expect(await run(language, main, code, ' in')).toMatchObject({
      ended: 'exit',
      status: 0,
      stdout: expect.stringMatching(/^150 in\s*$/),
    });
  });

const sandbox = findSandbox();

test.skipIf(!canRun('python') || sandbox === null)('a program that takes what it can get fails by itself', async () => {
  const takes = (code: string) => run('python', 'main.py', code);
  expect((await takes('bytearray(10**11)')).stderr).toContain('MemoryError');
  expect((await takes('all = []\nwhile True: all.append(bytearray(10**7))')).stderr).toContain('MemoryError');
  expect((await takes('import mmap\nmmap.mmap(-1, 10**11)')).stderr).toMatch(/Error/);
  expect(
    (await takes(`with open('/tmp/a', 'wb') as file:\n  for _ in range(2000): file.write(b'x' * 10**6)`)).stderr,
  ).toContain('File too large');
  expect((await takes('import os, time\nwhile True:\n  if os.fork() == 0: time.sleep(20)')).stderr).toContain(
    'BlockingIOError',
  );
});

test.skipIf(!canRun('python') || sandbox?.sized !== true)('many files have the same limit as one', async () => {
  for (const folder of ['/tmp', '/dev/shm']) {
    const code = `for i in range(2000):\n  with open(f'${folder}/{i}', 'wb') as file: file.write(b'x' * 10**6)`;
    expect((await run('python', 'main.py', code)).stderr).toContain('No space left');
  }
  expect((await run('python', 'main.py', `open('/a', 'wb')`)).stderr).toMatch(/Read-only|Permission denied/);
});

test.skipIf(!canRun('node') || sandbox === null)('memory beside the heap has a limit too', async () => {
  const result = await run('node', 'main.mjs', 'const all = []; for (;;) all.push(Buffer.alloc(1e8, 1));');
  expect(result).toMatchObject({ ended: 'exit', stdout: '' });
  expect(result.status).not.toBe(0);
});

test('processes are counted only where each sandbox has a count of its own', () => {
  expect(['4.18.0-553.el8', '5.10.0-30-amd64', '5.14.0', '6.1.0-21-amd64'].map(countsEachSandbox)).toEqual([
    false,
    false,
    true,
    true,
  ]);
});

test('a lone user is nobody whom the machine or a container knows, and never root', () => {
  expect(pickUser(12_345, '         0          0 4294967295\n')).toBe(1_900_012_345);
  for (const wish of [0, 1, 70_000, 4_000_000]) {
    expect(pickUser(wish, '0 100000 65536\n')).toBeGreaterThan(1_000);
    expect(pickUser(wish, '0 100000 65536\n')).toBeLessThan(65_534);
    expect(pickUser(wish, '')).toBeGreaterThan(0);
  }
});
