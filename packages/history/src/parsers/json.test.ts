import { describe, expect, it } from 'vitest';
import { checkText } from '../check-text.ts';
import { formats } from './registry.ts';

/** Two writes and a read of the first, one after the other: impossible, unless all are concurrent. */
function staleRead(times: readonly number[]): string {
  const events = [
    { process: 0, type: 'invoke', f: 'write', value: 1 },
    { process: 0, type: 'ok', f: 'write', value: 1 },
    { process: 1, type: 'invoke', f: 'write', value: 2 },
    { process: 1, type: 'ok', f: 'write', value: 2 },
    { process: 2, type: 'invoke', f: 'read', value: null },
    { process: 2, type: 'ok', f: 'read', value: 1 },
  ];
  return JSON.stringify(events.map((event, i) => ({ ...event, time: times[i] ?? 0 })));
}

describe('the times of JSON events', () => {
  it('say nothing where they were filled in', () => {
    for (const times of [[], [-1, -1, -1, -1, -1, -1], [5, -1, 7, -1, -1, 9]])
      expect(checkText(staleRead(times), { model: 'register', from: 'json' }).verdict.status).toBe('violated');
    expect(checkText(staleRead([3, 3, 3, 3, 3, 4]), { model: 'register', from: 'json' }).verdict.status).toBe('ok');
  });
});

describe('a long text in JSON', () => {
  it('is read', () => {
    for (const part of ['a', 'a\n', '"']) {
      const event = { process: 0, type: 'invoke', f: 'write', value: 1, error: part.repeat(6_000_000) };
      expect(formats.json.parse(JSON.stringify([event]))).toHaveLength(1);
    }
  });
});
