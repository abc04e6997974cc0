import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Model } from '../model.ts';
import { entryOf, type Operation } from '../operation.ts';
import { bruteForce } from '../testing/brute-force.ts';
import { anyHistory, plantedHistory, realHistory, type Subject } from '../testing/histories.ts';
import {
  bankSubject,
  casRegisterSubject,
  counterSubject,
  multiRegisterSubject,
  mutexSubject,
  queueSubject,
  registerSubject,
  setSubjects,
  storeSubjects,
} from '../testing/subjects.ts';
import { checkLinearizable } from './check.ts';
import { partitionsOf } from './partition.ts';

const runs = Number(process.env['HISTORY_RUNS'] ?? 300);

laws(registerSubject);
laws(casRegisterSubject);
laws(queueSubject);
laws(counterSubject);
laws(mutexSubject);
laws(multiRegisterSubject);
laws(bankSubject);
for (const subject of setSubjects) laws(subject);
for (const subject of storeSubjects) laws(subject);

/** What holds for every model. */
function laws<S, I, O>(subject: Subject<S, I, O>): void {
  const { model } = subject;
  // Each by a client of its own: the order of one client's operations is tested by itself.
  const small = anyHistory(subject).map((history) => history.map((operation, i) => ({ ...operation, process: i })));
  const holds = (history: readonly Operation<I, O>[]): boolean =>
    [...partitionsOf(model, history).values()].every((part) =>
      bruteForce(
        model,
        part.map((entry) => entry.operation),
      ),
    );

  describe(subject.name, () => {
    it('agrees with all permutations, with every reduction and with none', () => {
      fc.assert(
        fc.property(small, (history) => {
          const expected = bruteForce(model, history) ? 'ok' : 'violated';
          expect(checkLinearizable(model, history).status).toBe(expected);
          expect(checkLinearizable(bare(model), history).status).toBe(expected);
          expect(checkLinearizable(searchOnly(model), history).status).toBe(expected);
        }),
        { numRuns: runs },
      );
    });

    it('never refutes by necessary conditions what permutations allow', () => {
      fc.assert(
        fc.property(small, (history) => {
          for (const part of partitionsOf(model, history).values()) {
            if (
              bruteForce(
                model,
                part.map((entry) => entry.operation),
              )
            )
              expect(model.refute?.(part, () => undefined) ?? null).toBeNull();
          }
        }),
        { numRuns: runs },
      );
    });

    it('accepts what really happened, however wide the intervals', () => {
      fc.assert(
        fc.property(realHistory(subject, 40), (history) => {
          expect(checkLinearizable(model, history).status).toBe('ok');
        }),
        { numRuns: runs / 3 },
      );
    });

    it('finds what was planted', () => {
      fc.assert(
        fc.property(plantedHistory(subject, 40), (history) => {
          if (history !== null) expect(checkLinearizable(model, history).status).toBe('violated');
        }),
        { numRuns: runs / 3 },
      );
    });

    it('gives the same answer when time is shifted and processes are renamed', () => {
      fc.assert(
        fc.property(small, fc.integer({ min: -1000, max: 1000 }), (history, by) => {
          const moved = history.map((operation) => ({
            ...operation,
            process: `p${operation.process}`,
            call: operation.call + by,
            return: (operation.return ?? 0) + by,
          }));
          expect(checkLinearizable(model, moved).status).toBe(checkLinearizable(model, history).status);
        }),
        { numRuns: runs / 3 },
      );
    });

    it('shows a witness that is impossible, and possible as soon as any operation of it is optional', () => {
      fc.assert(
        fc.property(small, (history) => {
          const verdict = checkLinearizable(model, history);
          if (verdict.status !== 'violated') return;
          const { operations, minimal, partition, order, stuck } = verdict.witness;
          const part =
            partitionsOf(model, history)
              .get(partition)
              ?.map((entry) => entry.operation) ?? [];
          const optional = (operation: Operation<I, O>): Operation<I, O>[] =>
            model.effect?.(operation.input, operation.output) === 'none' ? [] : [{ ...operation, outcome: 'unknown' }];
          const relaxed = (but: readonly Operation<I, O>[]): Operation<I, O>[] =>
            part.flatMap((operation) => (but.includes(operation) ? operation : optional(operation)));
          expect(minimal).toBe(true);
          expect(operations.every((operation) => operation.outcome === 'ok')).toBe(true);
          expect(holds(operations)).toBe(false);
          expect(bruteForce(model, relaxed(operations).map(silent))).toBe(false);
          for (const left of operations)
            expect(bruteForce(model, relaxed(operations.filter((each) => each !== left)).map(silent))).toBe(true);
          expect(stuck.length).toBeGreaterThan(0);
          expect(order.every((each) => !stuck.includes(each.operation))).toBe(true);
        }),
        { numRuns: runs / 3 },
      );
    });

    it('gives an order that the model and real time allow', () => {
      fc.assert(
        fc.property(realHistory(subject, 12), (history) => {
          const verdict = checkLinearizable(model, history);
          if (verdict.status !== 'ok') throw new Error('a real history was not accepted');
          for (const { order } of verdict.orders) {
            let states = [model.initial()];
            for (const [i, operation] of order.entries()) {
              const entry = entryOf(operation, 0);
              expect(order.slice(i + 1).every((later) => entryOf(later, 0).return >= operation.call)).toBe(true);
              states = states.flatMap((state) => [...model.step(state, entry.input, entry.output, () => undefined)]);
            }
            expect(states.length).toBeGreaterThan(0);
          }
        }),
        { numRuns: runs / 3 },
      );
    });
  });
}

/** An unknown outcome has no output. */
function silent<I, O>(operation: Operation<I, O>): Operation<I, O> {
  if (operation.outcome === 'ok') return operation;
  const { output: _, ...rest } = operation;
  return rest;
}

/** The model without anything that makes it fast. */
function bare<S, I, O>(model: Model<S, I, O>): Model<S, I, O> {
  return {
    name: model.name,
    initial: () => model.initial(),
    step: (...step) => model.step(...step),
    key: (state) => model.key(state),
  };
}

/** The model with what makes the search fast, and without what avoids it. */
function searchOnly<S, I, O>(model: Model<S, I, O>): Model<S, I, O> {
  const { refute: _, decide: __, ...rest } = model;
  return rest;
}
