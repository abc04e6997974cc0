import { spawn } from 'node:child_process';
import { mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import type { RunEvent } from '@assay/contract';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { prune, readEvents, RunStore } from './store.ts';

let folder = '';
beforeEach(() => {
  folder = mkdtempSync(path.join(tmpdir(), 'assay-store-'));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

const event = (sequence: number, note = ''): RunEvent => ({
  type: 'check-progress',
  sequence,
  at: sequence,
  id: 'data/round-trip',
  note,
});
const sequences = (): number[] => [...readEvents(folder, 'run')].map(({ sequence }) => sequence);

describe('RunStore', () => {
  it('has on disk what happened a moment ago, also when nothing more comes: a killed run tells of it', async () => {
    const store = RunStore.create(folder, 'run');
    store.add(event(1));
    store.add(event(2));
    await vi.waitFor(() => expect(sequences()).toEqual([1, 2]), { timeout: 5000 });
    await store.discard();
  });

  it('writes at once what is much, and keeps the order', async () => {
    const store = RunStore.create(folder, 'run');
    const many = Array.from({ length: 50 }, (_, index) => index + 1);
    for (const sequence of many) store.add(event(sequence, 'x'.repeat(10_000)));
    await vi.waitFor(() => expect(sequences().length).toBeGreaterThan(40), { timeout: 5000 });
    await vi.waitFor(() => expect(sequences()).toEqual(many), { timeout: 5000 });
    await store.discard();
  });

  it('tells what it could not keep, and goes on', async () => {
    const told: string[] = [];
    const store = RunStore.create(folder, 'run', (what) => told.push(what));
    store.add(event(1));
    rmSync(path.join(folder, 'run', 'evidence'), { recursive: true });
    store.keepEvidence('data/round-trip', {});
    expect(told).toEqual([
      'Not all of this run could be kept (ENOENT): `assay show` and `assay replay --recorded` say less of it, or nothing.',
    ]);
    await store.discard();
  });
});

it('reads events piece by piece, also where a piece ends inside of a letter, and leaves out a last line that was cut off', () => {
  mkdirSync(path.join(folder, 'run'));
  const whole = Array.from({ length: 40 }, (_, index) => event(index, 'ä'.repeat(9_000 + index)));
  const lines = whole.map((one) => `${JSON.stringify(one)}\n`).join('');
  writeFileSync(path.join(folder, 'run', 'events.ndjson'), `${lines}{"type":"check-pro`);
  expect([...readEvents(folder, 'run')]).toEqual(whole);
});

it('removes the oldest runs beyond so many, and beyond so many bytes, and never the newest', () => {
  for (const run of ['1', '2', '3', '4']) {
    mkdirSync(path.join(folder, run, 'evidence'), { recursive: true });
    writeFileSync(path.join(folder, run, 'evidence', 'a'), 'x'.repeat(100_000));
  }
  prune(folder, { runs: 3, bytes: 1_000_000 });
  expect(readdirSync(folder)).toEqual(['2', '3', '4']);
  prune(folder, { runs: 3, bytes: 250_000 });
  expect(readdirSync(folder)).toEqual(['3', '4']);
  prune(folder, { runs: 3, bytes: 10 });
  expect(readdirSync(folder)).toEqual(['4']);
});

it('removes runs beside another that does the same', async () => {
  for (let run = 0; run < 60; run += 1) {
    mkdirSync(path.join(folder, String(run), 'evidence'), { recursive: true });
    for (let file = 0; file < 40; file += 1)
      writeFileSync(path.join(folder, String(run), 'evidence', String(file)), 'x');
  }
  const code = `import { prune } from ${JSON.stringify(path.join(import.meta.dirname, 'store.ts'))}; prune(${JSON.stringify(folder)}, { runs: 60, bytes: 100 });`;
  const ends = await Promise.all(
    [1, 2].map(
      () =>
        new Promise((resolve) => {
          spawn(process.execPath, ['--input-type=module', '-e', code]).on('exit', resolve);
        }),
    ),
  );
  expect(ends).toEqual([0, 0]);
});
