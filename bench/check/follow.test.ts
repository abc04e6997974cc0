import { Readable } from 'node:stream';
import { expect, it } from 'vitest';
import { follow } from './follow.ts';

it('sees an event whose line comes in pieces, and none in what a program printed', async () => {
  const printed = { type: 'output', text: '{"type":"check-ended","result":{"id":"a/b","status":"failed"}}' };
  const events = [
    printed,
    { type: 'check-ended', result: { id: 'data/round-trip', status: 'failed', reason: 'Grüße' } },
    { type: 'run-ended', verdict: 'failed' },
  ];
  const bytes = Buffer.from(events.map((event) => `${JSON.stringify(event)}\n`).join(''));
  for (const size of [1, 7, 64, bytes.length]) {
    const pieces = Array.from({ length: Math.ceil(bytes.length / size) }, (_, index) =>
      bytes.subarray(index * size, (index + 1) * size),
    );
    const ended: string[] = [];
    const verdicts: string[] = [];
    await follow(Readable.from(pieces, { objectMode: false }), {
      checkEnded: ({ id, reason }) => ended.push(`${id} ${reason}`),
      runEnded: (verdict) => verdicts.push(verdict),
    });
    expect({ ended, verdicts }).toEqual({ ended: ['data/round-trip Grüße'], verdicts: ['failed'] });
  }
});
