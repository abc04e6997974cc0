import fc from 'fast-check';
import { expect, it } from 'vitest';
import { checkLinearizable } from '../linearizability/check.ts';
import { queue, type QueueInput, type QueueOutput } from '../models/queue.ts';
import { type Entry, entryOf, type Operation } from '../operation.ts';
import { bruteForce } from '../testing/brute-force.ts';

type QueueOperation = Operation<QueueInput, QueueOutput>;
type Kind = 'enqueue' | 'dequeue' | 'empty' | 'lost enqueue' | 'lost dequeue' | 'silent dequeue';

const decide = (history: readonly QueueOperation[]) => queue.decide?.(history.map(entryOf), () => undefined) ?? null;
const asHistory = (entries: readonly Entry<QueueInput, QueueOutput>[]) => entries.map(({ operation }) => operation);

/** Every value goes in once. Times are few, so that many operations touch in one instant. */
function histories(kinds: readonly Kind[], mostOperations = 7): fc.Arbitrary<QueueOperation[]> {
  const operation = fc.record({
    kind: fc.constantFrom(...kinds),
    call: fc.integer({ min: 0, max: 9 }),
    lasts: fc.integer({ min: 0, max: 4 }),
    takes: fc.nat({ max: 3 }),
  });
  return fc.array(operation, { maxLength: mostOperations }).map((list) => {
    let value = 0;
    return list.map(({ kind, call, lasts, takes }, process): QueueOperation => {
      const known = { process, call, return: call + lasts, outcome: 'ok' } as const;
      const lost = { process, call, outcome: 'unknown' } as const;
      switch (kind) {
        case 'enqueue':
          return { ...known, input: { f: 'enqueue', value: value++ } };
        case 'dequeue':
          return { ...known, input: { f: 'dequeue' }, output: takes };
        case 'empty':
          return { ...known, input: { f: 'dequeue' }, output: null };
        case 'lost enqueue':
          return { ...lost, input: { f: 'enqueue', value: value++ } };
        case 'lost dequeue':
          return { ...lost, input: { f: 'dequeue' } };
        case 'silent dequeue':
          return { ...known, input: { f: 'dequeue' } };
        default:
          return kind satisfies never;
      }
    });
  });
}

const numRuns = Number(process.env['HISTORY_RUNS'] ?? 4000);

it('decides every queue that is found empty now and then, as all permutations do', () => {
  const seen = { linearizable: 0, refuted: 0 };
  fc.assert(
    fc.property(histories(['enqueue', 'enqueue', 'dequeue', 'empty', 'lost enqueue']), (history) => {
      const decision = decide(history);
      expect(decision).not.toBeNull();
      const refutation = decision === 'linearizable' ? null : decision;
      seen[refutation === null ? 'linearizable' : 'refuted'] += 1;
      expect(bruteForce(queue, history)).toBe(refutation === null);
      if (refutation !== null) expect(bruteForce(queue, asHistory(refutation.core))).toBe(false);
    }),
    { numRuns, seed: 1 },
  );
  expect(Math.min(seen.linearizable, seen.refuted)).toBeGreaterThan(numRuns / 10);
});

it('says nothing that permutations deny when nobody knows what was taken', () => {
  const seen = { linearizable: 0, refuted: 0, open: 0 };
  const kinds = ['enqueue', 'enqueue', 'dequeue', 'empty', 'lost enqueue', 'lost dequeue', 'silent dequeue'] as const;
  fc.assert(
    fc.property(histories(kinds), (history) => {
      const decision = decide(history);
      const expected = bruteForce(queue, history);
      if (decision === null) seen.open += 1;
      else if (decision === 'linearizable') {
        seen.linearizable += 1;
        expect(expected).toBe(true);
      } else {
        seen.refuted += 1;
        expect(expected).toBe(false);
        expect(bruteForce(queue, asHistory(decision.core))).toBe(false);
      }
    }),
    { numRuns, seed: 2 },
  );
  expect(Math.min(seen.linearizable, seen.refuted, seen.open)).toBeGreaterThan(numRuns / 50);
});

const at = (call: number, end: number, input: QueueInput, output?: QueueOutput): QueueOperation => ({
  process: call,
  call,
  return: end,
  outcome: 'ok',
  input,
  ...(output === undefined ? {} : { output }),
});

/** Two values that hand over to each other; from 1 to 20 one of them is always there, but for what happens at 10 itself. */
const handedOver = (secondIn: number, empty: QueueOperation): readonly QueueOperation[] => [
  at(0, 1, { f: 'enqueue', value: 'a' }),
  at(2, secondIn, { f: 'enqueue', value: 'b' }),
  at(10, 11, { f: 'dequeue' }, 'a'),
  at(20, 21, { f: 'dequeue' }, 'b'),
  empty,
];

it('names the values that were there all the time', () => {
  const decision = decide(handedOver(9, at(5, 15, { f: 'dequeue' }, null)));
  if (decision === null || decision === 'linearizable') throw new Error('not refuted');
  expect(decision.why).toBe('The queue was found empty while one of the values "a", "b" was certainly there');
  expect(decision.core).toHaveLength(5);
  // What goes in just as the other goes out leaves a moment between the two.
  expect(decide(handedOver(10, at(5, 15, { f: 'dequeue' }, null)))).toBe('linearizable');
});

it('leaves open what a dequeue without an answer may have taken, and refutes what it came too late for', () => {
  const lost = (call: number): QueueOperation => ({ process: 9, call, outcome: 'unknown', input: { f: 'dequeue' } });
  const put = at(0, 1, { f: 'enqueue', value: 'a' });
  const empty = at(5, 6, { f: 'dequeue' }, null);
  expect(decide([put, empty, lost(4)])).toBeNull();
  expect(checkLinearizable(queue, [put, empty, lost(4)]).status).toBe('ok');
  expect(decide([put, empty, lost(7)])).toMatchObject({
    why: 'The queue was found empty while the value "a" was certainly there',
  });
});

it('decides a long queue that is empty again and again without any search', () => {
  const history = Array.from({ length: 20_000 }, (_, round): QueueOperation[] => [
    at(10 * round, 10 * round + 3, { f: 'enqueue', value: round }),
    at(10 * round + 2, 10 * round + 5, { f: 'dequeue' }, round),
    at(10 * round + 4, 10 * round + 9, { f: 'dequeue' }, null),
  ]).flat();
  expect(decide(history)).toBe('linearizable');
  expect(decide([...history, at(199_999, 199_999.5, { f: 'dequeue' }, null), put(199_998)])).toMatchObject({
    why: 'The queue was found empty while the value "late" was certainly there',
  });
});

function put(time: number): QueueOperation {
  return at(time, time + 0.5, { f: 'enqueue', value: 'late' });
}
