import type { Model, Refutation } from '../model.ts';
import type { Entry } from '../operation.ts';
import { countWhile } from '../patterns/bisect.ts';

/** `add` may be negative; one that answers with a number says the value after it. */
export type CounterInput = { readonly f: 'add'; readonly amount: number } | { readonly f: 'read' };
export type CounterOutput = number | null;
type CounterEntry = Entry<CounterInput, CounterOutput>;

export function counter(initial = 0): Model<number, CounterInput, CounterOutput> {
  return {
    name: 'counter',
    initial: () => initial,
    step: (state, input, output) => {
      const after = input.f === 'add' ? state + input.amount : state;
      return typeof output !== 'number' || output === after ? [after] : [];
    },
    key: (state) => state,
    effect: (input, output) => (input.f === 'read' ? 'none' : typeof output === 'number' ? 'any' : 'blind'),
    refute: (entries) => refuteByBounds(entries, initial),
    hopeless: (state, { output }, candidates) => {
      if (typeof output !== 'number') return false;
      let [low, high] = [state, state];
      for (const { input } of candidates) {
        if (input.f !== 'add') continue;
        if (input.amount < 0) low += input.amount;
        else high += input.amount;
      }
      // A candidate stands for every equal one after it, so only a wrong direction is certain.
      return (output > state && high === state) || (output < state && low === state);
    },
    describe: (input, output, known) => {
      const shown = known ? (typeof output === 'number' ? ` = ${output}` : '') : ' ?';
      return `${input.f === 'read' ? 'read' : `add ${input.amount}`}${shown}`;
    },
    describeState: String,
  };
}

/** What was seen lies between what must and what may have been added by then. Rounding may blur sums of fractions: those are left out. */
function refuteByBounds(
  entries: readonly CounterEntry[],
  initial: number,
): Refutation<CounterInput, CounterOutput> | null {
  const adds = entries.filter((entry) => entry.input.f === 'add');
  if (
    !Number.isSafeInteger(initial) ||
    adds.some(({ input }) => input.f === 'add' && !Number.isSafeInteger(input.amount))
  )
    return null;
  const up = (entry: CounterEntry): number => (entry.input.f === 'add' ? Math.max(0, entry.input.amount) : 0);
  const down = (entry: CounterEntry): number => (entry.input.f === 'add' ? Math.min(0, entry.input.amount) : 0);
  const mustUp = sums(adds, (entry) => entry.return, up);
  const mayUp = sums(adds, (entry) => entry.call, up);
  const mustDown = sums(adds, (entry) => entry.return, down);
  const mayDown = sums(adds, (entry) => entry.call, down);
  for (const entry of entries) {
    const { output, known } = entry;
    if (!known || typeof output !== 'number') continue;
    // An add that answers counts itself; leaving it out of the certain ones keeps the bounds safe.
    const low = initial + mustUp.below(entry.call) + mayDown.upTo(entry.return);
    const high = initial + mayUp.upTo(entry.return) + mustDown.below(entry.call);
    if (output >= low && output <= high) continue;
    const core =
      output < low
        ? adds.filter((add) => add.return < entry.call && up(add) > 0)
        : adds.filter((add) => add.return < entry.call && down(add) < 0);
    const why = `The counter was seen at ${output}; by then it was at least ${low} and at most ${high}`;
    return { core: [...new Set([...core, entry])], why };
  }
  return null;
}

interface Sums {
  /** The sum of the amounts at times before this. */
  below(time: number): number;
  /** And including it. */
  upTo(time: number): number;
}

function sums(
  entries: readonly CounterEntry[],
  time: (entry: CounterEntry) => number,
  amount: (entry: CounterEntry) => number,
): Sums {
  const sorted = entries
    .filter((entry) => amount(entry) !== 0)
    .sort((a, b) => (time(a) < time(b) ? -1 : time(a) > time(b) ? 1 : 0));
  const times = sorted.map(time);
  const totals = [0];
  for (const entry of sorted) totals.push((totals.at(-1) ?? 0) + amount(entry));
  const total = (holds: (at: number) => boolean): number =>
    totals[countWhile(sorted.length, (i) => holds(times[i] ?? 0))] ?? 0;
  return { below: (at) => total((each) => each < at), upTo: (at) => total((each) => each <= at) };
}
