import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { killStorm } from './kill-storm.ts';

// `npm run kill-storm` does it a thousand times.
describe.skipIf(process.platform !== 'linux')('an Assay that is killed at random moments', () => {
  it('leaves nothing behind after the next start', { timeout: 600_000 }, async () => {
    const left = await killStorm(
      8,
      path.resolve(import.meta.dirname, '../challenges/todo/backends/node'),
      () => undefined,
    );
    expect(left).toEqual({
      processes: [],
      ports: [],
      databases: [],
      folders: [],
      sockets: [],
      halfBuilt: [],
      locks: [],
      sharedMemory: [],
    });
  });
});
