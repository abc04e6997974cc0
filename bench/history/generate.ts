import type { CasRegisterInput, KeyValueInput, Operation, Value } from '../../packages/history/src/index.ts';

/** Numbers in [0, 1) that the seed alone decides. */
export function randomFrom(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}

/** An operation with the moment at which the simulated store does it. */
interface Planned<I> {
  readonly process: number;
  readonly input: I;
  readonly call: number;
  readonly moment: number;
  readonly return: number;
  readonly lost: 'no' | 'before' | 'after';
}

interface Plan<I> {
  readonly operations: number;
  readonly clients: number;
  /** How many outcomes stay unknown at most; half of them were done. */
  readonly unknown: number;
  readonly input: (random: () => number, i: number) => I;
}

/** Clients that each do one operation after the other; after an unknown outcome a client comes back as another process. */
function plan<I>(random: () => number, { operations, clients, unknown, input }: Plan<I>): Planned<I>[] {
  const free = Array.from({ length: clients }, () => random() * 5);
  const names = Array.from({ length: clients }, (_, i) => i);
  let left = unknown;
  return Array.from({ length: operations }, (_, i) => {
    const client = i % clients;
    const call = (free[client] ?? 0) + random() * 2;
    const length = 1 + random() * 9;
    const lost = left > 0 && random() < (1.5 * unknown) / operations;
    free[client] = call + length;
    const process = names[client] ?? client;
    if (lost) {
      left--;
      names[client] = process + clients;
    }
    const moment = call + random() * length;
    return {
      process,
      input: input(random, i),
      call,
      moment,
      return: call + length,
      lost: lost ? (random() < 0.5 ? 'before' : 'after') : 'no',
    };
  });
}

function simulate<S, I, O>(
  planned: readonly Planned<I>[],
  initial: S,
  step: (state: S, input: I) => readonly [S, O | undefined],
): Operation<I, O>[] {
  const outputs = new Map<Planned<I>, O | undefined>();
  let state = initial;
  for (const each of planned.toSorted((a, b) => a.moment - b.moment)) {
    if (each.lost === 'before') continue;
    const [next, output] = step(state, each.input);
    state = next;
    outputs.set(each, output);
  }
  return planned.map((each): Operation<I, O> => {
    const { process, input, call } = each;
    const output = outputs.get(each);
    if (each.lost !== 'no') return { process, input, call, outcome: 'unknown' };
    return { process, input, call, return: each.return, outcome: 'ok', ...(output === undefined ? {} : { output }) };
  });
}

/** A compare-and-set register of five values under five clients, as in Jepsen's tests of etcd. */
export function registerHistory(
  seed: number,
  operations: number,
  unknown: number,
): Operation<CasRegisterInput, Value>[] {
  const random = randomFrom(seed);
  const value = (): number => Math.floor(random() * 5);
  const input = (): CasRegisterInput => {
    const kind = random();
    return kind < 0.34
      ? { f: 'read' }
      : kind < 0.67
        ? { f: 'write', value: value() }
        : { f: 'cas', from: value(), to: value() };
  };
  return simulate<Value, CasRegisterInput, Value>(
    plan(random, { operations, clients: 5, unknown, input }),
    null,
    (state, each) => {
      if (each.f === 'read') return [state, state];
      if (each.f === 'write') return [each.value, undefined];
      return state === each.from ? [each.to, true] : [state, false];
    },
  );
}

export interface StorePlan {
  readonly operations: number;
  readonly clients: number;
  readonly keys: number;
  /** How many different values are written; 0 for a new one each time. */
  readonly values: number;
  /** Shares of puts and appends; the rest are gets. */
  readonly puts: number;
  readonly appends: number;
}

export function storeHistory(
  seed: number,
  { operations, clients, keys, values, puts, appends }: StorePlan,
): Operation<KeyValueInput, Value>[] {
  const random = randomFrom(seed);
  const input = (_: () => number, i: number): KeyValueInput => {
    const key = `k${Math.floor(random() * keys)}`;
    const kind = random();
    const value = `${values === 0 ? i : Math.floor(random() * values)},`;
    return kind < puts
      ? { f: 'put', key, value }
      : kind < puts + appends
        ? { f: 'append', key, value }
        : { f: 'get', key };
  };
  const state = new Map<string, string>();
  return simulate<null, KeyValueInput, Value>(
    plan(random, { operations, clients, unknown: 0, input }),
    null,
    (_, each) => {
      const now = state.get(each.key) ?? '';
      if (each.f === 'put') state.set(each.key, String(each.value));
      else if (each.f === 'append') state.set(each.key, now + each.value);
      return [null, each.f === 'get' ? now : undefined];
    },
  );
}

/** Lets one read see what another read of the same key saw that long before it: a stale read, or by luck still a possible one. */
export function withStaleRead<I extends { readonly f: string; readonly key?: string }>(
  history: readonly Operation<I, Value>[],
  seed: number,
  age: number,
): Operation<I, Value>[] {
  const random = randomFrom(seed);
  const reads = history.filter(
    (operation) => operation.outcome === 'ok' && (operation.input.f === 'get' || operation.input.f === 'read'),
  );
  for (let tries = 0; tries < 1000; tries++) {
    const late = reads[Math.floor(random() * reads.length)];
    const early = reads
      .filter(
        (read) =>
          late !== undefined &&
          read.input.key === late.input.key &&
          (read.return ?? 0) + age < late.call &&
          read.output !== late.output,
      )
      .at(-1);
    if (late === undefined || early === undefined) continue;
    return history.map((operation) => (operation === late ? { ...late, output: early.output ?? null } : operation));
  }
  return [...history];
}

/** Lets one read see another of the five values, whichever: often, but not always, one that was never there at the time. */
export function withWrongRead(
  history: readonly Operation<CasRegisterInput, Value>[],
  seed: number,
): Operation<CasRegisterInput, Value>[] {
  const random = randomFrom(seed);
  const reads = history.filter((operation) => operation.outcome === 'ok' && operation.input.f === 'read');
  const wrong = reads[Math.floor(random() * reads.length)];
  return history.map((operation) =>
    operation === wrong ? { ...operation, output: Math.floor(random() * 5) } : operation,
  );
}
