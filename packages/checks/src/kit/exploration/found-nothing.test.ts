import { describe, expect, it } from 'vitest';
import { exchangeOf } from '../testing/recordings-for-tests.ts';
import type { Probe } from './explore.ts';
import { foundNothing } from './found-nothing.ts';

const probe = (where: 'body' | 'path', code: number, unbound: boolean): Probe => ({
  operation: 'patchTodo',
  intent: {
    kind: 'invalid',
    violation: { kind: 'type', where, parameter: null, pointer: '/title', keyword: 'type', description: 'title is 1' },
  },
  exchange: exchangeOf('PATCH /todos/1', code),
  unbound,
  repeats: false,
  ended: false,
});

describe('foundNothing', () => {
  it('holds where what a request speaks of could not be made, and is not found', () => {
    expect(foundNothing(probe('body', 404, true))).toBe(true);
    expect(foundNothing(probe('body', 410, true))).toBe(true);
    expect(foundNothing(probe('body', 400, true))).toBe(false);
    expect(foundNothing(probe('body', 404, false))).toBe(false);
    expect(foundNothing(probe('path', 404, true))).toBe(false);
  });
});
