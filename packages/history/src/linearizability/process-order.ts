import type { Entry } from '../operation.ts';

/** Operations of one process that touch in one instant: each returned, then, in that same instant, the next was called. */
type Chain = readonly Entry[];

/**
 * The entries with times that also say what one process did first. Where one of its operations returns in the instant in which its next is
 * called (clocks are coarse), the two times alone would make them concurrent. In each instant that holds for one process only: with two,
 * no times could say that each of them has an order while they overlap each other. Processes that overlap themselves are no clients of
 * one connection, and are left as they are.
 */
export function withProcessOrder<I, O>(entries: readonly Entry<I, O>[]): readonly Entry<I, O>[] {
  const chains = chainsOf(entries);
  return chains.size === 0 ? entries : spread(entries, chains);
}

/** By the instant. */
function chainsOf(entries: readonly Entry[]): ReadonlyMap<number, Chain> {
  const byProcess = new Map<string | number, Entry[]>();
  for (const entry of entries) {
    const { process } = entry.operation;
    if (process === null || !entry.known) continue;
    const own = byProcess.get(process);
    if (own === undefined) byProcess.set(process, [entry]);
    else own.push(entry);
  }
  const chains = new Map<number, Entry[]>();
  for (const own of byProcess.values()) {
    own.sort((a, b) => a.call - b.call || a.return - b.return || a.index - b.index);
    if (own.some((entry, i) => entry.call < (own[i - 1]?.return ?? entry.call))) continue;
    for (const [i, next] of own.entries()) {
      const before = own[i - 1];
      if (before === undefined || before.return !== next.call) continue;
      const chain = chains.get(next.call);
      if (chain === undefined) chains.set(next.call, [before, next]);
      else if (chain.at(-1) === before) chain.push(next);
    }
  }
  return chains;
}

/**
 * Every instant gets a number, and one with a chain several: first the calls of the others, then the chain's returns and calls in turn, then
 * the returns of the others. So who was concurrent with another stays so.
 */
function spread<I, O>(entries: readonly Entry<I, O>[], chains: ReadonlyMap<number, Chain>): readonly Entry<I, O>[] {
  const times = [...new Set(entries.flatMap((entry) => [entry.call, entry.return]))].sort((a, b) => a - b);
  const first = new Map<number, number>();
  let next = 0;
  for (const time of times) {
    first.set(time, next);
    next += 2 * (chains.get(time)?.length ?? 0) + 1;
  }
  const calls = new Map<Entry, number>();
  const returns = new Map<Entry, number>();
  for (const [time, chain] of chains) {
    for (const [i, entry] of chain.entries()) {
      const at = (first.get(time) ?? 0) + 2 * i;
      if (i > 0) calls.set(entry, at);
      if (i < chain.length - 1) returns.set(entry, at + 1);
    }
  }
  const last = (time: number): number => (first.get(time) ?? 0) + 2 * (chains.get(time)?.length ?? 0);
  return entries.map((entry) => ({
    ...entry,
    call: calls.get(entry) ?? first.get(entry.call) ?? 0,
    return: entry.known ? (returns.get(entry) ?? last(entry.return)) : entry.return,
  }));
}
