import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { Fault } from '@assay/contract';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { type Home, openHome } from './home.ts';
import { withLock } from './lock.ts';
import { startChild, temporaryHome } from './test-child.ts';

let temporary: ReturnType<typeof temporaryHome>;
let home: Home;
beforeEach(() => {
  temporary = temporaryHome();
  home = openHome({ ASSAY_HOME: temporary.path });
});
afterEach(() => temporary.remove());

const holder = `
  const home = (await load('home/home.ts')).openHome(process.env);
  const { withLock } = await load('home/lock.ts');
  await withLock(home, 'a', async () => { say('held'); await new Promise((resolve) => setTimeout(resolve, 600000)) });`;

it('lets one in at a time, across processes and within one', async () => {
  const counter = join(home.root, 'runs', 'counter');
  writeFileSync(counter, '0');
  // Reads, yields, writes: without the lock, additions get lost.
  const adding = `
    const { readFileSync, writeFileSync } = await import('node:fs');
    const home = (await load('home/home.ts')).openHome(process.env);
    const { withLock } = await load('home/lock.ts');
    await Promise.all(Array.from({ length: 25 }, () => withLock(home, 'a', async () => {
      const value = Number(readFileSync(${JSON.stringify(counter)}));
      await new Promise((resolve) => setImmediate(resolve));
      writeFileSync(${JSON.stringify(counter)}, String(value + 1));
    })));`;
  const children = [1, 2, 3].map(() => startChild(adding, home.root));
  for (const child of children) expect(await child.end()).toEqual({ code: 0, stderr: '' });
  expect(readFileSync(counter, 'utf8')).toBe('75');
  expect(readdirSync(join(home.root, 'locks', 'a'))).toEqual([]);
});

it('names the process that holds it for too long', async () => {
  const child = startChild(holder, home.root);
  await child.line();
  const error: unknown = await withLock(home, 'a', async () => undefined, { timeoutMs: 30 }).catch(
    (error: unknown) => error,
  );
  expect(error).toBeInstanceOf(Fault);
  expect(error).toMatchObject({
    code: 'data-folder-locked',
    message: expect.stringContaining(`process ${child.pid})`) as string,
  });
  await child.kill();
});

it('is free as soon as its holder was killed', async () => {
  const child = startChild(holder, home.root);
  await child.line();
  const waiting = withLock(home, 'a', async () => 'in');
  await child.kill();
  expect(await waiting).toBe('in');
});

it('is given back when the work fails, and when the wait is ended', async () => {
  await expect(withLock(home, 'a', () => Promise.reject(new Error('no')))).rejects.toThrow('no');
  const child = startChild(holder, home.root);
  await child.line();
  const controller = new AbortController();
  const waiting = withLock(home, 'a', async () => undefined, { signal: controller.signal });
  controller.abort();
  await expect(waiting).rejects.toThrow('aborted');
  await child.kill();
  expect(await withLock(home, 'a', async () => 'in')).toBe('in');
});
