import type { Exchange, ProbeContext, RequestSpec } from '@assay/contract';
import { SetupFailed } from '../setup/setup.ts';
import { status } from '../words.ts';
import { type Connections, connectionsAtRest, connectionsWaitedFor } from './connection-count.ts';
import type { Ending } from './failing-requests.ts';

/** More than the pools of most frameworks hold. */
const repetitions = 22;
/** How many more connections must stay in a transaction to be more than one that is on its way. */
export const many = 3;
/** How long they are looked at before they are told: workers of the backend's own take a while over what was made. Milliseconds. */
const stuckForMs = 10_000;
/** How many connections a pool may open by and by, whatever is asked. */
const openedLater = 12;
/** The part of the requests that must each leave a connection behind. Threads that each keep their own come to fewer when some run at once. */
const share = 0.8;
/** How long an ordinary request may wait; the last time it is asked. */
export const waitsMs = [4000, 8000] as const;
/** Less than any pool lets a request wait for a connection. Milliseconds. */
const atOnceMs = 500;

/** One way to end, many times one after the other, and the connections before and after. */
export interface Batch {
  readonly operation: string;
  readonly how: string;
  readonly requests: number;
  readonly last: Exchange;
  /** Connections at rest before and after. */
  readonly before: number;
  readonly after: number;
  /** How many more stay in a transaction than before. */
  readonly inTransaction: number;
  /** Whether they wait for the locks of a connection that was left in a transaction before the first of them. */
  readonly inVain: boolean;
  /** The same once more, when the number had grown. */
  readonly again: number | null;
  /** An ordinary request that was answered before this and waited in vain after it: for no answer, or for a server error. */
  readonly blocked: Exchange | null;
}

/** Each way to end, many times; ends with the first that leaves something behind. */
export async function afterEach(
  context: ProbeContext,
  ways: readonly Ending[],
  ordinary: RequestSpec | null,
): Promise<readonly Batch[]> {
  const batches: Batch[] = [];
  for (const ending of ways) {
    if (context.signal.aborted) break;
    context.progress(`${ending.operation} ${ending.how}`);
    const batch = await repeated(context, ending, ordinary);
    if (batch === null) continue;
    batches.push(batch);
    if (isLeak(batch)) break;
  }
  return batches;
}

async function repeated(context: ProbeContext, ending: Ending, ordinary: RequestSpec | null): Promise<Batch | null> {
  const { backend, signal } = context;
  const before = await connectionsAtRest(backend, signal);
  const round = async (): Promise<{ readonly last: Exchange | null; readonly requests: number }> => {
    let last: Exchange | null = null;
    let requests = 0;
    let unanswered = 0;
    try {
      while (requests < repetitions && unanswered < 2 && !signal.aborted) {
        last = await ending.send();
        requests += 1;
        if (last.error?.kind === 'timeout') unanswered += 1;
      }
    } catch (error) {
      // What it needs cannot be made any more: whether the pool is empty is asked below.
      if (!(error instanceof SetupFailed)) throw error;
    }
    return { last, requests };
  };
  const { last, requests } = await round();
  if (last === null) return null;
  const more = ({ inTransaction }: Connections): number => inTransaction.length - before.inTransaction.length;
  const holders = last.error?.kind === 'timeout' ? await connectionsWaitedFor(backend) : [];
  const soon = await connectionsAtRest(backend, signal);
  const rest = more(soon) < many ? soon : await connectionsAtRest(backend, signal, stuckForMs);
  const blocked = ordinary === null ? null : await whenBlocked(context, ordinary);
  let again: number | null = null;
  if (blocked === null && rest.total >= before.total + leastLeaked(requests)) {
    await round();
    again = (await connectionsAtRest(backend, signal)).total;
  }
  const { operation, how } = ending;
  return {
    operation,
    how,
    requests,
    last,
    before: before.total,
    after: rest.total,
    inTransaction: Math.max(0, more(rest)),
    inVain: before.inTransaction.some((pid) => holders.includes(pid) && rest.inTransaction.includes(pid)),
    again,
    blocked,
  };
}

/**
 * The ordinary request when it waits and gets no good answer, however often it is asked and however long it may wait; null when it does. What is refused at
 * once waits for no connection: a circuit breaker that has seen errors of the database does that, and closes again.
 */
export async function whenBlocked({ backend, signal }: ProbeContext, ordinary: RequestSpec): Promise<Exchange | null> {
  let waited: Exchange | null = null;
  for (const timeoutMs of waitsMs) {
    const answer = await backend.send(ordinary, { timeoutMs, signal });
    const isLate = answer.error?.kind === 'timeout';
    if ((!isLate && (status(answer) ?? 0) < 500) || signal.aborted) return null;
    if (isLate || answer.durationMs >= atOnceMs) waited = answer;
  }
  return waited;
}

/** A pool may open a few more by and by; a round that ended early tells nothing of that. */
function leastLeaked(requests: number): number {
  return Math.max(openedLater, share * requests);
}

/** Whether connections were left behind. */
export function isLeak({ inTransaction, inVain, again, after, before, blocked, requests }: Batch): boolean {
  const grown = leastLeaked(requests);
  const grew = again !== null && after >= before + grown && again >= after + grown;
  return inTransaction >= many || inVain || blocked !== null || grew;
}
