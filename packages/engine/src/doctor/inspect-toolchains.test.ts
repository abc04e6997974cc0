import { chmodSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterEach, describe, expect, it } from 'vitest';
import type { ToolchainReport } from './inspect-program.ts';
import { inspectToolchains } from './inspect-toolchains.ts';

const folders: string[] = [];
afterEach(() => {
  for (const folder of folders.splice(0)) rmSync(folder, { recursive: true, force: true });
});

/** A PATH of programs that print what they are given to. */
function programs(scripts: Readonly<Record<string, string>>): string {
  const folder = mkdtempSync(join(tmpdir(), 'assay-doctor-'));
  folders.push(folder);
  for (const [name, script] of Object.entries(scripts)) {
    writeFileSync(join(folder, name), `#!/bin/sh\n${script}\n`);
    chmodSync(join(folder, name), 0o755);
  }
  return folder;
}

async function inspect(path: string, id: string): Promise<ToolchainReport | undefined> {
  return (await inspectToolchains(path)).find((report) => report.id === id);
}

describe('inspectToolchains', () => {
  it('tells the Node.js that runs Assay, whatever the PATH has, and another one of the PATH apart from it', async () => {
    const own = { present: true, version: process.versions.node, path: process.execPath, problem: null };
    const other = programs({ node: 'echo v18.1.0' });
    for (const path of ['/nowhere', dirname(process.execPath), other])
      expect(await inspect(path, 'node')).toMatchObject(own);
    expect(await inspect(other, 'node-on-path')).toMatchObject({ version: '18.1.0', path: join(other, 'node') });
    for (const path of ['/nowhere', dirname(process.execPath)])
      expect(await inspect(path, 'node-on-path')).toBeUndefined();
  });

  it('says what is not there, what for, and how to get it', async () => {
    const reports = await inspectToolchains('/nowhere');
    const php = reports.find(({ id }) => id === 'php');
    expect(php).toMatchObject({ present: false, version: null, path: null, problem: null });
    expect(php?.howToGet.debian).toContain('php-pgsql');
    expect(php?.neededFor).toContain('PHP');
    expect(reports.find(({ id }) => id === 'gradle')?.howToGet.debian).toContain('gradlew');
    expect(reports.map(({ id }) => id)).toEqual(
      expect.arrayContaining([
        'npm',
        'python3',
        'composer',
        'java',
        'mvn',
        'gradle',
        'go',
        'bubblewrap',
        'chromium',
        'postgres',
      ]),
    );
  });

  it('tells a program that lacks something from one that is whole', async () => {
    const lacking = programs({
      php: 'case "$1" in --version) echo "PHP 8.2.1 (cli)";; *) printf "pdo_pgsql\\nmbstring\\n";; esac',
    });
    expect(await inspect(lacking, 'php')).toMatchObject({
      present: false,
      version: '8.2.1',
      problem: 'it lacks pdo_pgsql, mbstring',
    });
    const whole = programs({ php: '[ "$1" != --version ] || echo "PHP 8.2.1 (cli)"' });
    expect(await inspect(whole, 'php')).toMatchObject({ present: true, version: '8.2.1', problem: null });
  });

  it('reads a version that is printed to standard error', async () => {
    expect(
      await inspect(programs({ java: 'echo "openjdk version \\"17.0.9\\" 2023-10-17" >&2' }), 'java'),
    ).toMatchObject({ present: true, version: '17.0.9' });
  });

  it('asks away from the folder that Assay was started in: what stands there is not read', async () => {
    expect(await inspect(programs({ mvn: 'test "$PWD" = / && echo "Apache Maven 3.9.1"' }), 'mvn')).toMatchObject({
      present: true,
      version: '3.9.1',
    });
  });

  it('says that a program does not run', async () => {
    expect(await inspect(programs({ go: 'echo "cannot execute" >&2; exit 1' }), 'go')).toMatchObject({
      present: false,
      problem: 'it does not run: cannot execute',
    });
  });

  it('finds the PostgreSQL that comes with Assay', async () => {
    expect(await inspect('/nowhere', 'postgres')).toMatchObject({
      present: true,
      version: expect.stringMatching(/^\d+/),
    });
  });
});
