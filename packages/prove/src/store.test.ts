import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { Fault, type Report } from '@assay/contract';
import { expect, test } from 'vitest';
import { RunStore } from './store.ts';

test('what cannot be written any more does not end the run', async () => {
  const folder = mkdtempSync(path.join(tmpdir(), 'assay-run-store-'));
  const store = RunStore.create(folder, 'run');
  rmSync(folder, { recursive: true });
  store.keepEvidence('data/round-trip', { seen: 1 });
  await expect(store.close({ run: 'run' } as Report)).resolves.toBeUndefined();
});

test('a run that cannot even begin to be kept is a fault of the data folder', () => {
  const folder = path.join(mkdtempSync(path.join(tmpdir(), 'assay-run-store-')), 'file');
  writeFileSync(folder, '');
  expect(() => RunStore.create(folder, 'run')).toThrow(
    expect.objectContaining({ constructor: Fault, code: 'data-folder-unusable' }),
  );
});
