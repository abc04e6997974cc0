import type { EngineInstance } from '@assay/engine';
import { expect, it } from 'vitest';
import { servedContract } from './served.ts';

it('a server that leaves unknown paths without an answer is not waited for at each of them', async () => {
  let asked = 0;
  const instance = {
    send: (request: object) => {
      asked += 1;
      return Promise.resolve({ request, error: { kind: 'timeout', message: 'No whole response came.' } });
    },
  } as unknown as EngineInstance;
  await expect(servedContract(instance)).rejects.toMatchObject({ code: 'no-contract' });
  expect(asked).toBe(3);
});
