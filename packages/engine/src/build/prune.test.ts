import { mkdirSync, readdirSync, utimesSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { testFolder } from '../detect/test-folder.ts';
import { withLock } from './lock.ts';
import { writeMarker } from './marker.ts';
import { pruneBuilds, sweepKilledBuilds } from './prune.ts';

function entry(cacheFolder: string, name: string, minutesAgo: number | null): void {
  const folder = join(cacheFolder, 'builds', name);
  mkdirSync(folder, { recursive: true });
  if (minutesAgo === null) return;
  writeMarker(`${folder}.json`, {});
  const at = new Date(Date.now() - minutesAgo * 60_000);
  utimesSync(`${folder}.json`, at, at);
}

test('keeps what was used last, and what was used just now however much it is', async () => {
  const cacheFolder = testFolder();
  for (const [name, minutesAgo] of [
    ['now', 0],
    ['recent', 5],
    ['old', 200],
    ['older', 300],
  ] as const)
    entry(cacheFolder, name, minutesAgo);
  await pruneBuilds(cacheFolder, { builds: 3, dependencies: 1, graceMs: 60 * 60_000 });
  expect(readdirSync(join(cacheFolder, 'builds')).sort()).toEqual([
    'now',
    'now.json',
    'old',
    'old.json',
    'recent',
    'recent.json',
  ]);
  await pruneBuilds(cacheFolder, { builds: 1, dependencies: 1, graceMs: 60 * 60_000 });
  expect(readdirSync(join(cacheFolder, 'builds')).sort()).toEqual(['now', 'now.json', 'recent', 'recent.json']);
});

test('sweeps what a killed build left, and leaves alone what is being built', async () => {
  const cacheFolder = testFolder();
  entry(cacheFolder, 'whole', 0);
  entry(cacheFolder, 'killed', null);
  entry(cacheFolder, 'running', null);
  await withLock(join(cacheFolder, 'locks'), 'build', 'running', new AbortController().signal, async () => {
    await sweepKilledBuilds(cacheFolder);
    expect(readdirSync(join(cacheFolder, 'builds')).sort()).toEqual(['running', 'whole', 'whole.json']);
  });
  await sweepKilledBuilds(cacheFolder);
  expect(readdirSync(join(cacheFolder, 'builds')).sort()).toEqual(['whole', 'whole.json']);
});
