import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import type { RunEvent } from '@assay/contract';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { readEvents, RunStore } from './store.ts';

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
