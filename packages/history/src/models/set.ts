import type { Effect, Model, Refutation } from '../model.ts';
import type { Entry } from '../operation.ts';
import { decideGrowing, refuteSet, type SetView } from '../patterns/growing-set.ts';
import { keyOf, showValue, type Value } from '../value.ts';
import { tokenBeside } from './register-input.ts';

export type SetInput =
  | { readonly f: 'add'; readonly value: Value }
  | { readonly f: 'remove'; readonly value: Value }
  | { readonly f: 'contains'; readonly value: Value }
  | { readonly f: 'read' };

/** Whether it is there, or all elements in any order. Adding and removing say nothing. */
export type SetOutput = boolean | null | readonly Value[];
type Elements = ReadonlySet<string>;
type SetEntry = Entry<SetInput, SetOutput>;

/** A set. When nobody reads it whole, every element is checked by itself. */
export const set: Model<Elements, SetInput, SetOutput> = {
  name: 'set',
  initial: () => new Set(),
  step: (state, input, output) => {
    switch (input.f) {
      case 'add':
        return [including(state, keyOf(input.value))];
      case 'remove':
        return [excluding(state, keyOf(input.value))];
      case 'contains':
        return output === undefined || state.has(keyOf(input.value)) === (output === true) ? [state] : [];
      case 'read':
        return output === undefined || sameElements(state, output) ? [state] : [];
      default:
        return input satisfies never;
    }
  },
  key: (state) => [...state].sort().join(),
  partition: (history) => {
    const whole = history.some((operation) => operation.input.f === 'read' && operation.outcome === 'ok');
    return history.map(({ input }) => (whole || input.f === 'read' ? '' : keyOf(input.value)));
  },
  effect: (input): Effect => (input.f === 'add' || input.f === 'remove' ? 'blind' : 'none'),
  refute: (entries, tick) => refuteRepeated(entries, tick) ?? refuteSet(viewsOf(entries, tick), tick),
  decide: (entries, tick) => decideGrowing(viewsOf(entries, tick), tick),
  specialize: (entries, tick) => ({ model: set, entries: mergeUnseen(entries, tick) }),
  hopeless: (state, { input, output }, candidates) => {
    const comes = (element: string, f: 'add' | 'remove'): boolean =>
      candidates.some((entry) => entry.input.f === f && keyOf(entry.input.value) === element);
    if (input.f === 'contains') {
      const element = keyOf(input.value);
      return state.has(element) !== (output === true) && !comes(element, output === true ? 'add' : 'remove');
    }
    if (input.f !== 'read' || !Array.isArray(output)) return false;
    const wanted = new Set(output.map(keyOf));
    return (
      [...wanted].some((element) => !state.has(element) && !comes(element, 'add')) ||
      [...state].some((element) => !wanted.has(element) && !comes(element, 'remove'))
    );
  },
  describe: (input, output, known) => {
    const shown = known ? (input.f === 'add' || input.f === 'remove' ? '' : ` = ${showValue(output)}`) : ' ?';
    return `${input.f}${input.f === 'read' ? '' : ` ${showValue(input.value)}`}${shown}`;
  },
  describeState: (state) => `{${[...state].sort().join(', ')}}`,
};

function including(state: Elements, element: string): Elements {
  return state.has(element) ? state : new Set(state).add(element);
}

function excluding(state: Elements, element: string): Elements {
  if (!state.has(element)) return state;
  const after = new Set(state);
  after.delete(element);
  return after;
}

function sameElements(state: Elements, output: SetOutput): boolean {
  if (!Array.isArray(output)) return output === null && state.size === 0;
  const wanted = new Set(output.map(keyOf));
  return (
    wanted.size === output.length && wanted.size === state.size && [...wanted].every((element) => state.has(element))
  );
}

/** A set has each element once, as Jepsen's own check of sets has it. */
function refuteRepeated(entries: readonly SetEntry[], tick: () => void): Refutation<SetInput, SetOutput> | null {
  for (const entry of entries) {
    const { input, output } = entry;
    if (input.f !== 'read' || !Array.isArray(output)) continue;
    tick();
    const seen = new Set<string>();
    for (const element of output.map(keyOf)) {
      if (seen.has(element))
        return { core: [entry], why: `The element ${element} was seen more than once in one read` };
      seen.add(element);
    }
  }
  return null;
}

function viewsOf(entries: readonly SetEntry[], tick: () => void): readonly SetView<SetInput, SetOutput>[] {
  return entries.map((entry) => {
    tick();
    return viewOf(entry);
  });
}

function viewOf(entry: SetEntry): SetView<SetInput, SetOutput> {
  const { input, output, known } = entry;
  if (input.f === 'read') {
    return {
      entry,
      f: 'read',
      element: '',
      elements: known ? new Set(Array.isArray(output) ? output.map(keyOf) : []) : null,
    };
  }
  return { entry, f: input.f === 'contains' ? 'other' : input.f, element: keyOf(input.value), elements: null };
}

/** Elements that are only ever added, and that nobody sees or asks for, are one element to everybody. */
function mergeUnseen(entries: readonly SetEntry[], tick: () => void): readonly SetEntry[] {
  const named = new Set<string>();
  for (const { input, output } of entries) {
    tick();
    if (input.f === 'remove' || input.f === 'contains') named.add(keyOf(input.value));
    else if (input.f === 'read' && Array.isArray(output)) for (const element of output) named.add(keyOf(element));
  }
  const token = tokenBeside(named);
  return entries.map((entry) =>
    entry.input.f === 'add' && !named.has(keyOf(entry.input.value))
      ? { ...entry, input: { f: 'add', value: token } }
      : entry,
  );
}
