import fc from 'fast-check';
import type { Model } from '../model.ts';
import type { Operation, Outcome } from '../operation.ts';

/** A model, and operations of it that often contradict each other. Inputs and outputs come from few values on purpose. */
export interface Subject<S, I, O> {
  readonly name: string;
  readonly model: Model<S, I, O>;
  readonly input: fc.Arbitrary<I>;
  /** What an operation might have answered, from the state it met or from anywhere. */
  readonly output: (input: I) => fc.Arbitrary<O | undefined>;
  /** What the operation answers in this state. */
  readonly answer: (state: S, input: I) => O | undefined;
}

const outcomes: fc.Arbitrary<Outcome> = fc.constantFrom('ok', 'ok', 'ok', 'ok', 'unknown', 'failed');

/** Any operations at any times; few of them make sense together. */
export function anyHistory<S, I, O>(subject: Subject<S, I, O>, longest = 6): fc.Arbitrary<Operation<I, O>[]> {
  const operation = subject.input.chain((input) =>
    fc
      .record({
        process: fc.nat(5),
        output: subject.output(input),
        call: fc.nat(12),
        length: fc.nat(6),
        outcome: outcomes,
      })
      .map(
        ({ length, output, ...rest }): Operation<I, O> => made({ ...rest, input, return: rest.call + length }, output),
      ),
  );
  return fc.array(operation, { minLength: 1, maxLength: longest });
}

/** A run of the model itself, one operation after the other, with each interval widened to both sides; some outcomes are then forgotten. */
export function realHistory<S, I, O>(subject: Subject<S, I, O>, longest: number): fc.Arbitrary<Operation<I, O>[]> {
  const operation = fc.record({
    input: subject.input,
    before: fc.nat(25),
    after: fc.nat(25),
    forget: fc.nat(9),
    process: fc.nat(9),
    lost: fc.boolean(),
  });
  return fc.array(operation, { minLength: 1, maxLength: longest }).map((plans) => {
    let state = subject.model.initial();
    return plans.flatMap(({ input, before, after, forget, process, lost }, i): Operation<I, O>[] => {
      const output = subject.answer(state, input);
      const [next] = subject.model.step(state, input, output, () => undefined);
      // Not every operation is possible in every state.
      if (next === undefined) return [];
      // An unknown outcome happened or was lost; either way the history stays possible.
      if (forget > 0 || !lost) state = next;
      const at = 10 * i;
      return [
        made(
          { process, input, call: at - before, return: at + after, outcome: forget === 0 ? 'unknown' : 'ok' },
          output,
        ),
      ];
    });
  });
}

/** A strictly sequential run of the model in which one answer is replaced by one that its state does not allow; null when none fits. */
export function plantedHistory<S, I, O>(
  subject: Subject<S, I, O>,
  longest: number,
): fc.Arbitrary<Operation<I, O>[] | null> {
  const { model, input, output } = subject;
  const plan = input.chain((each) => fc.record({ input: fc.constant(each), other: output(each) }));
  return fc.tuple(fc.array(plan, { minLength: 1, maxLength: longest }), fc.nat()).map(([plans, pick]) => {
    let state = model.initial();
    const wrong: number[] = [];
    const history = plans.flatMap((each, i): Operation<I, O>[] => {
      const answer = subject.answer(state, each.input);
      const [next] = model.step(state, each.input, answer, () => undefined);
      if (next === undefined) return [];
      if (each.other !== undefined && model.step(state, each.input, each.other, () => undefined).length === 0)
        wrong.push(i);
      state = next;
      return [made({ process: i % 5, input: each.input, call: 10 * i, return: 10 * i + 5, outcome: 'ok' }, answer)];
    });
    const place = wrong[pick % Math.max(1, wrong.length)];
    const other = plans[place ?? -1]?.other;
    if (other === undefined) return null;
    return history.map((operation) =>
      operation.call === 10 * (place ?? -1) ? { ...operation, output: other } : operation,
    );
  });
}

function made<I, O>(operation: Operation<I, O> & { readonly return: number }, output: O | undefined): Operation<I, O> {
  return output === undefined || operation.outcome !== 'ok' ? operation : { ...operation, output };
}
