import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { register } from '../models/register.ts';
import type { CasRegisterInput } from '../models/register-input.ts';
import { type Entry, type Operation, precedes } from '../operation.ts';
import { bruteForce } from '../testing/brute-force.ts';
import { anyHistory } from '../testing/histories.ts';
import { registerSubject } from '../testing/subjects.ts';
import type { Value } from '../value.ts';
import { checkLinearizable } from './check.ts';

type RegisterOperation = Operation<CasRegisterInput, Value>;

const write = (by: number | null, value: Value, call: number, end: number): RegisterOperation => ({
  process: by,
  input: { f: 'write', value },
  call,
  return: end,
  outcome: 'ok',
});
const read = (by: number | null, output: Value, call: number, end: number): RegisterOperation => ({
  process: by,
  input: { f: 'read' },
  output,
  call,
  return: end,
  outcome: 'ok',
});
const status = (...history: RegisterOperation[]): string => checkLinearizable(register(), history).status;

describe('the order of what one process did', () => {
  it('holds where the clock is too coarse to show it', () => {
    expect(status(write(0, 1, 5, 5), read(0, null, 5, 6))).toBe('violated');
    expect(status(write(0, 1, 4, 5), read(0, null, 5, 6))).toBe('violated');
    expect(status(write(0, 1, 5, 5), read(0, 1, 5, 5), write(0, 2, 5, 5), read(0, 1, 5, 5))).toBe('violated');
    expect(status(write(0, 1, 5, 5), read(0, 1, 5, 6))).toBe('ok');
  });

  it('says nothing of others, of nobody, nor of a process that overlaps itself', () => {
    expect(status(write(0, 1, 5, 5), read(1, null, 5, 6))).toBe('ok');
    expect(status(write(null, 1, 5, 5), read(null, null, 5, 6))).toBe('ok');
    expect(status(write(0, 1, 5, 5), read(0, null, 5, 6), read(0, 1, 5.5, 7))).toBe('ok');
  });

  it('keeps concurrent what touches it from elsewhere', () => {
    const own = [write(0, 1, 3, 5), write(0, 2, 5, 8)];
    // Called in that instant: as early as the first. Returned in it: as late as the second.
    expect(status(...own, read(1, null, 5, 9))).toBe('ok');
    expect(status(...own, read(1, 2, 4, 5))).toBe('ok');
    expect(status(...own, read(1, 2, 5, 5), read(2, null, 5, 5))).toBe('ok');
  });

  it('refuses what the times refuse, and never what an order that heeds every process allows', () => {
    const history = anyHistory(registerSubject).map((operations) =>
      operations.map((each, i): RegisterOperation => ({ ...each, process: i % 3 })),
    );
    type RegisterEntry = Entry<CasRegisterInput, Value>;
    const first = (a: RegisterEntry, b: RegisterEntry): boolean =>
      a.call - b.call < 0 ||
      (a.call === b.call && (a.return < b.return || (a.return === b.return && a.index < b.index)));
    const heeding = (a: RegisterEntry, b: RegisterEntry): boolean =>
      precedes(a, b) || (a.operation.process === b.operation.process && a.return <= b.call && a !== b && first(a, b));
    fc.assert(
      fc.property(history, (operations) => {
        const { status: verdict } = checkLinearizable(register(), operations);
        if (!bruteForce(register(), operations)) expect(verdict).toBe('violated');
        if (bruteForce(register(), operations, heeding)) expect(verdict).toBe('ok');
      }),
      { numRuns: Number(process.env['HISTORY_RUNS'] ?? 500) },
    );
  });
});
