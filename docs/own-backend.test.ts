import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { expect, it } from 'vitest';
import { connectionVariables } from '../packages/engine/src/launch/environment.ts';
import { defaultLimits } from '../packages/engine/src/sandbox/limits.ts';
import { readSettings } from '../packages/engine/src/settings/read-settings.ts';
import { noSettings } from '../packages/engine/src/settings/settings.ts';
import { fences, read } from './read-docs.ts';

const page = read('docs/own-backend.md');
const keys = Object.keys(noSettings).filter((key) => key !== 'file');
const section = (title: string): string => page.split(`## ${title}\n`)[1]?.split('\n## ')[0] ?? '';
const firstCells = (text: string): readonly string[] =>
  [...text.matchAll(/^\| (`.+?`) \|/gm)].flatMap(([, cell = '']) =>
    [...cell.matchAll(/`([^`]+)`/g)].map(([, word = '']) => word),
  );

it('describes every key of the settings', () => {
  expect([...firstCells(section('Settings'))].sort()).toEqual([...keys].sort());
});

it('shows an example that is read without a mistake and says every key', () => {
  const [example] = fences(section('Settings'));
  const folder = mkdtempSync(path.join(tmpdir(), 'assay-docs-'));
  try {
    writeFileSync(path.join(folder, 'assay.yaml'), example?.code ?? '');
    const settings = readSettings(folder);
    const silent = keys.filter((key) => settings[key as keyof typeof settings] === null);
    // A challenge brings its contract; the example says the contract.
    expect(silent).toEqual(['challenge']);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
});

it('names every variable that tells a backend where to listen and where its database is', () => {
  const at = { host: '127.0.0.1', port: 1 };
  const given = Object.keys(connectionVariables(at, { at, login: { user: 'u', password: 'p', database: 'd' } }));
  expect(firstCells(section('What the backend is given'))).toEqual(expect.arrayContaining(given));
});

it('tells the limits of the sandbox as they are', () => {
  const told = section('The sandbox');
  for (const words of [
    `${defaultLimits.memoryBytes / 2 ** 30} GiB`,
    `| ${defaultLimits.processes} |`,
    `| ${defaultLimits.openFiles} |`,
    `${defaultLimits.diskBytes / 2 ** 20} MiB, ${defaultLimits.files.toLocaleString('en')} files`,
  ]) {
    expect(told).toContain(words);
  }
});
