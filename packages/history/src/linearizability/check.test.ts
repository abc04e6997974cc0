import { describe, expect, it } from 'vitest';
import { HistoryError } from '../history-error.ts';
import type { Model } from '../model.ts';
import { casRegister } from '../models/cas-register.ts';
import { counter } from '../models/counter.ts';
import { keyValue, type KeyValueInput } from '../models/key-value.ts';
import { register } from '../models/register.ts';
import type { CasRegisterInput } from '../models/register-input.ts';
import type { Operation } from '../operation.ts';
import type { Value } from '../value.ts';
import { checkLinearizable } from './check.ts';

type RegisterOperation = Operation<CasRegisterInput, Value>;

const write = (value: Value, call: number, end: number): RegisterOperation => ({
  process: 1,
  input: { f: 'write', value },
  call,
  return: end,
  outcome: 'ok',
});
const read = (output: Value, call: number, end: number): RegisterOperation => ({
  process: 2,
  input: { f: 'read' },
  output,
  call,
  return: end,
  outcome: 'ok',
});
const unknownWrite = (value: Value, call: number): RegisterOperation => ({
  process: 3,
  input: { f: 'write', value },
  call,
  outcome: 'unknown',
});

function status(...history: RegisterOperation[]): string {
  return checkLinearizable(register(), history).status;
}

describe('time', () => {
  it('takes operations that touch in one instant for concurrent', () => {
    const other = { ...write(2, 5, 9), process: 4 };
    expect(status(write(1, 0, 5), other, read(1, 10, 11))).toBe('ok');
    expect(status(write(1, 0, 5), { ...other, call: 6 }, read(1, 10, 11))).toBe('violated');
  });

  it('lets an unknown operation happen at any later time, or never, but not before its call', () => {
    expect(status(unknownWrite(1, 0), read(null, 5, 6), read(1, 7, 8))).toBe('ok');
    expect(status(unknownWrite(1, 0), read(null, 5, 6))).toBe('ok');
    expect(status(unknownWrite(1, 0), write(2, 1, 2), read(1, 5, 6), read(2, 7, 8))).toBe('violated');
    expect(status(read(1, 0, 1), unknownWrite(1, 2))).toBe('violated');
  });

  it('leaves out what certainly failed', () => {
    expect(status({ ...write(1, 0, 1), outcome: 'failed' }, read(null, 2, 3))).toBe('ok');
    expect(status({ ...write(1, 0, 1), outcome: 'failed' }, read(1, 2, 3))).toBe('violated');
  });

  it('accepts the empty history', () => {
    expect(checkLinearizable(register(), [])).toEqual({ status: 'ok', operations: 0, partitions: 0, orders: [] });
  });

  it('refuses times that make no sense', () => {
    expect(() => status(write(1, 5, 4))).toThrow(HistoryError);
    expect(() => status(write(1, Number.NaN, 4))).toThrow('expected a finite time of call, found NaN');
    expect(() => status({ process: 0, input: { f: 'read' }, call: 1, outcome: 'ok', line: 7 })).toThrow(
      'line 7: expected a time of return for operation 0, whose outcome is ok, found undefined',
    );
  });
});

describe('a witness', () => {
  it('holds the operations that matter and no others', () => {
    const noise = Array.from({ length: 30 }, (_, i) => write(100 + i, 1000 + 10 * i, 1005 + 10 * i));
    const [first, second, late] = [write(1, 0, 1), write(2, 2, 3), read(1, 4, 5)];
    const verdict = checkLinearizable(register(), [read(null, -5, -4), first, second, late, read(1, 6, 7), ...noise]);
    if (verdict.status !== 'violated') throw new Error(verdict.status);
    expect(verdict.witness.operations).toEqual([first, second, late]);
    expect(verdict.witness.order.map((each) => [each.operation, each.state])).toEqual([
      [first, '1'],
      [second, '2'],
    ]);
    expect(verdict.witness.stuck).toEqual([late]);
    expect(verdict.witness.minimal).toBe(true);
    expect(verdict.witness.explanation).toBe('The value 1 was seen after it had been overwritten');
  });

  it('names the partition', () => {
    const at = (key: string, f: 'get' | 'put', value: Value, call: number): Operation<KeyValueInput, Value> => ({
      process: 0,
      input: f === 'get' ? { f, key } : { f, key, value },
      ...(f === 'get' ? { output: value } : {}),
      call,
      return: call + 1,
      outcome: 'ok',
    });
    const verdict = checkLinearizable(keyValue, [
      at('x', 'put', 'a', 0),
      at('y', 'put', 'b', 2),
      at('x', 'get', 'a', 4),
      at('y', 'get', 'a', 6),
    ]);
    expect(verdict).toMatchObject({
      status: 'violated',
      partitions: 2,
      witness: { partition: 'y', explanation: 'The value "a" was seen, and nobody wrote it' },
    });
  });

  it('parts by the key of an operation too', () => {
    const history = [write(1, 0, 1), read(1, 2, 3)].map((operation, i) => ({ ...operation, key: `k${i}` }));
    expect(checkLinearizable(register(), history)).toMatchObject({
      status: 'violated',
      partitions: 2,
      witness: { partition: 'k1' },
    });
    expect(checkLinearizable(register(), history, { partition: () => 'all' }).status).toBe('ok');
  });
});

/** Counts with a hole: nobody may know that equal labels are equal, so that the search has all subsets to go through. */
function hard(operations: number): {
  model: Model<number, { bit: number }, number>;
  history: Operation<{ bit: number }, number>[];
} {
  const model: Model<number, { bit: number }, number> = {
    name: 'hard',
    initial: () => 0,
    step: (state, { bit }, output) => (bit < 0 ? (state === output ? [state] : []) : [state | (1 << bit)]),
    key: (state) => state,
  };
  const history = Array.from(
    { length: operations },
    (_, bit): Operation<{ bit: number }, number> => ({
      process: bit,
      input: { bit },
      call: 0,
      return: 10,
      outcome: 'ok',
    }),
  );
  return {
    model,
    history: [...history, { process: 99, input: { bit: -1 }, output: -1, call: 11, return: 12, outcome: 'ok' }],
  };
}

describe('limits', () => {
  it('ends at the deadline with the partitions that are open', () => {
    const { model, history } = hard(26);
    let now = 0;
    const verdict = checkLinearizable(model, history, { timeoutMs: 50, now: () => now++ });
    expect(verdict).toEqual({
      status: 'undecided',
      operations: 27,
      partitions: 1,
      reason: 'deadline',
      open: [''],
      explanation: 'The time was up before the history could be decided',
    });
  });

  it('ends inside a long step of the model', () => {
    let ticks = 0;
    const slow: Model<number, null, null> = {
      name: 'slow',
      initial: () => 0,
      step: (_state, _input, _output, tick) => {
        for (;;) {
          ticks++;
          tick();
        }
      },
      key: (state) => state,
    };
    const verdict = checkLinearizable(slow, [{ process: 0, input: null, call: 0, return: 1, outcome: 'ok' }], {
      deadline: () => ticks > 100,
    });
    expect(verdict.status).toBe('undecided');
  });

  it('ends when the memory allowed is used up, and still judges the other partitions', () => {
    const { model, history } = hard(24);
    const parted = {
      ...model,
      partition: (all: readonly Operation<{ bit: number }, number>[]) =>
        all.map((operation) => String(operation.process === 100)),
    };
    const fine: Operation<{ bit: number }, number> = {
      process: 100,
      input: { bit: 1 },
      call: 0,
      return: 1,
      outcome: 'ok',
    };
    const verdict = checkLinearizable(parted, [...history, fine], { memoryBytes: 2_000_000 });
    expect(verdict).toMatchObject({
      status: 'undecided',
      reason: 'memory',
      open: ['false'],
      explanation: 'The memory allowed was used up before 1 of 2 partitions could be decided',
    });
  });

  it('is violated as soon as one partition is, however hard the others', () => {
    const { model, history } = hard(26);
    const parted = {
      ...model,
      partition: (all: readonly Operation<{ bit: number }, number>[]) =>
        all.map((operation) => String(operation.process === 100)),
    };
    const wrong: Operation<{ bit: number }, number> = {
      process: 100,
      input: { bit: -1 },
      output: 5,
      call: 0,
      return: 1,
      outcome: 'ok',
    };
    let now = 0;
    expect(checkLinearizable(parted, [...history, wrong], { timeoutMs: 1e6, now: () => now++ })).toMatchObject({
      status: 'violated',
      witness: { partition: 'true' },
    });
  });
});

describe('other models', () => {
  it('may go to several states', () => {
    const coin: Model<string, 'flip' | 'look', string> = {
      name: 'coin',
      initial: () => 'heads',
      step: (state, input, output) =>
        input === 'flip' ? ['heads', 'tails'] : output === undefined || output === state ? [state] : [],
      key: (state) => state,
    };
    const look = (output: string, call: number): Operation<'flip' | 'look', string> => ({
      process: 0,
      input: 'look',
      output,
      call,
      return: call + 1,
      outcome: 'ok',
    });
    const flip: Operation<'flip' | 'look', string> = { process: 0, input: 'flip', call: 2, return: 3, outcome: 'ok' };
    expect(checkLinearizable(coin, [look('heads', 0), flip, look('tails', 4)]).status).toBe('ok');
    expect(checkLinearizable(coin, [look('tails', 0), flip, look('tails', 4)]).status).toBe('violated');
    expect(checkLinearizable(coin, [look('heads', 0), flip, look('tails', 4), look('heads', 6)]).status).toBe(
      'violated',
    );
  });

  it('do not mix up inputs that only look alike', () => {
    class Amount {
      readonly value: number;
      constructor(value: number) {
        this.value = value;
      }
    }
    const adding: Model<number, Amount | null, number> = {
      name: 'adding',
      initial: () => 0,
      step: (state, input, output) => (input === null ? (state === output ? [state] : []) : [state + input.value]),
      key: (state) => state,
    };
    const add = (value: number): Operation<Amount | null, number> => ({
      process: 0,
      input: new Amount(value),
      call: 0,
      return: 1,
      outcome: 'unknown',
    });
    expect(
      checkLinearizable(adding, [
        add(1),
        add(5),
        { process: 1, input: null, output: 5, call: 2, return: 3, outcome: 'ok' },
      ]).status,
    ).toBe('ok');
  });

  it('decides what has a thousand unknown outcomes of one kind', () => {
    const adds = Array.from(
      { length: 1000 },
      (_, i): Operation<{ f: 'add'; amount: number } | { f: 'read' }, number | null> => ({
        process: i,
        input: { f: 'add', amount: 1 },
        call: i,
        outcome: 'unknown',
      }),
    );
    const seen = (output: number): Operation<{ f: 'add'; amount: number } | { f: 'read' }, number | null> => ({
      process: 'r',
      input: { f: 'read' },
      output,
      call: 2000,
      return: 2001,
      outcome: 'ok',
    });
    expect(checkLinearizable(counter(), [...adds, seen(700)]).status).toBe('ok');
    expect(checkLinearizable(counter(), [...adds, seen(1001)]).status).toBe('violated');
  });

  it('decides a compare-and-set register with many unknown outcomes', () => {
    const unknown = Array.from(
      { length: 40 },
      (_, i): RegisterOperation => ({
        process: i,
        input: { f: 'cas', from: i % 5, to: (i + 1) % 5 },
        call: i,
        outcome: 'unknown',
      }),
    );
    expect(
      checkLinearizable(casRegister(0), [...unknown, read(4, 100, 101), read(3, 102, 103), read(7, 104, 105)]).status,
    ).toBe('violated');
    expect(checkLinearizable(casRegister(0), [...unknown, read(4, 100, 101), read(3, 102, 103)]).status).toBe('ok');
  });
});
