import { chmodSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, expect, it } from 'vitest';
import { removeHome } from './leftovers.ts';
import { assay, testHome } from './run-assay.ts';

/** What `assay doctor` says to somebody whose PATH has an old Node.js and a PHP that lacks something. */

const home = testHome();
const tools = mkdtempSync(path.join(tmpdir(), 'assay-doctor-'));
for (const [name, script] of Object.entries({
  node: 'echo v18.1.0',
  php: 'case "$1" in --version) echo "PHP 8.2.1 (cli)";; *) echo pdo_pgsql;; esac',
})) {
  writeFileSync(path.join(tools, name), `#!/bin/sh\n${script}\n`);
  chmodSync(path.join(tools, name), 0o755);
}
afterAll(() => {
  removeHome(home);
  rmSync(tools, { recursive: true });
});

const env = { PATH: `${tools}:${process.env['PATH'] ?? ''}`, NO_COLOR: '1', FORCE_COLOR: undefined };

it('names the Node.js that runs Assay, where it is, and the one of the PATH apart from it', async () => {
  const { status, stdout, stderr } = await assay(['doctor'], { home, env });
  expect(stderr).toBe('');
  const lines = stdout.split('\n');
  expect(lines[0]).toBe(
    `✔ node ${process.versions.node} Assay itself, and JavaScript and TypeScript backends, which run on the same one · ${process.execPath}`,
  );
  expect(lines[1]).toBe(
    `✔ node-on-path 18.1.0 commands of backends in other languages that run \`node\` · ${path.join(tools, 'node')}`,
  );
  const php = lines.findIndex((line) => line.startsWith('– php 8.2.1 '));
  expect(lines[php + 1]).toBe('    it lacks pdo_pgsql');
  expect(lines[php + 2]).toMatch(/^ {4}get it: (?:apt-get|brew) install php/);
  for (const line of stdout.trimEnd().split('\n')) expect(line).toMatch(/^(?:[✔–] [a-z\d-]+ |  {3}\S)/);
  expect(status).toBe(0);
});

it('says the same to a machine', async () => {
  const { status, stdout, stderr } = await assay(['doctor', '--json'], { home, env });
  expect(stderr).toBe('');
  const said = JSON.parse(stdout) as readonly { readonly id: string }[];
  expect(said[0]).toMatchObject({ id: 'node', present: true, version: process.versions.node, path: process.execPath });
  expect(said[1]).toMatchObject({ id: 'node-on-path', version: '18.1.0', path: path.join(tools, 'node') });
  expect(said.find(({ id }) => id === 'php')).toMatchObject({ present: false, problem: 'it lacks pdo_pgsql' });
  for (const each of said)
    expect(Object.keys(each).sort()).toEqual(
      ['howToGet', 'id', 'neededFor', 'path', 'present', 'problem', 'version'].sort(),
    );
  expect(status).toBe(0);
});
