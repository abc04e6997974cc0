import type { Check, Exchange, FindingDraft, Operation, ProbeContext, RequestSpec } from '@assay/contract';
import { noStatements } from '../kit/database/keeps-elsewhere.ts';
import { type Connections, connectionsAtRest, connectionsWaitedFor } from '../kit/faults/connection-count.ts';
import { creates, endings, type Ending, readingEndings, timeoutMs } from '../kit/faults/failing-requests.ts';
import { writingOperations } from '../kit/faults/fault-subjects.ts';
import { refusalsLeftOpen } from '../kit/faults/repeated-requests.ts';
import { applies, doesNotApply, judged, notApplicable, undecided } from '../kit/judgement.ts';
import { ordinaryRequests } from '../kit/setup/ordinary.ts';
import { plainRequest } from '../kit/setup/plain-request.ts';
import { Setup, SetupFailed } from '../kit/setup/setup.ts';
import { count, isSuccess, outcome, requestLine, status } from '../kit/words.ts';

/** More than the pools of most frameworks hold. */
const repetitions = 22;
/** How many operations are made to fail, of those that write and of those that read. */
const mostOperations = 4;
const mostReads = 3;
/** How many more connections must stay in a transaction to be more than one that is on its way. */
const many = 3;
/** How long they are looked at before they are told: workers of the backend's own take a while over what was made. Milliseconds. */
const stuckForMs = 10_000;
/** How many connections a pool may open by and by, whatever is asked. */
const openedLater = 12;
/** The part of the requests that must each leave a connection behind. Threads that each keep their own come to fewer when some run at once. */
const share = 0.8;
/** How long an ordinary request may wait; the last time it is asked. */
const waitsMs = [4000, 8000] as const;
/** Less than any pool lets a request wait for a connection. Milliseconds. */
const atOnceMs = 500;

interface Batch {
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

interface Evidence {
  readonly batches: readonly Batch[];
  readonly ordinary: Exchange | null;
  readonly usesDatabase: boolean;
  readonly trouble: string | null;
}

/** However a request ends, the connection that it used goes back, with no transaction open. */
export const check: Check<Evidence> = {
  id: 'queries/connections-released',
  claim: 'A request gives its database connection back, however it ends',
  skill: 'databases',
  severity: 'high',
  names: { cwe: 'CWE-772' },
  needs: ['wire'],
  instance: 'own',
  applies: (contract) =>
    contract.operations.some(({ method }) => /^(POST|PUT|PATCH|DELETE)$/.test(method))
      ? applies
      : doesNotApply('the contract writes nothing'),
  probe: async (context) => {
    const setup = new Setup(context);
    const batches: Batch[] = [];
    let trouble: string | null = null;
    const { usual, first } = await ordinaryRequest(context, setup);
    const reads = context.contract.operations.filter(({ method, path }) => method === 'GET' && path.includes('{'));
    for (const operation of [...writes(context), ...reads.slice(0, mostReads)]) {
      try {
        const ways = reads.includes(operation)
          ? readingEndings(context, setup, operation)
          : await endings(context, setup, operation);
        const found = await afterEach(context, ways, usual);
        batches.push(...found);
      } catch (error) {
        if (!(error instanceof SetupFailed)) throw error;
        trouble = `${operation.id}: ${error.message}`;
      }
      if (context.signal.aborted || batches.some(isLeak)) break;
    }
    const usesDatabase = (context.backend.wire?.statements().length ?? 0) > 0;
    if (usesDatabase && !context.signal.aborted && !batches.some(isLeak))
      batches.push(...(await refusals(context, usual)));
    return { batches: batches.map(slim), ordinary: first, usesDatabase, trouble };
  },
  judge: ({ batches, usesDatabase, trouble }) => {
    if (!usesDatabase) return notApplicable(noStatements);
    if (batches.length === 0) return undecided(trouble ?? 'no request could be made');
    const requests = batches.reduce((sum, batch) => sum + batch.requests, 0);
    return judged(
      batches.flatMap(complaints).slice(0, 1),
      `${count(requests, 'request')} that ended in ${count(new Set(batches.map(({ how }) => how)).size, 'way')}`,
    );
  },
};

/** The ways to be refused after which a connection stayed in a transaction once, until one of them leaves some behind each time. */
async function refusals(context: ProbeContext, ordinary: RequestSpec | null): Promise<readonly Batch[]> {
  context.progress('each operation that writes, twice');
  const batches: Batch[] = [];
  for await (const { operation, request, status: code } of refusalsLeftOpen(context)) {
    const send = (): Promise<Exchange> => context.backend.send(request, { timeoutMs, signal: context.signal });
    batches.push(...(await afterEach(context, [{ operation, how: `is refused with ${code}`, send }], ordinary)));
    if (batches.some(isLeak)) break;
  }
  return batches;
}

/** Those that have the most to leave half done, and the plainest that makes things: what it is told may be there already. */
function writes(context: ProbeContext): readonly Operation[] {
  const all = writingOperations(context);
  const first = all.slice(0, mostOperations);
  const creation = all.findLast((operation) => creates(context, operation));
  return creation === undefined || first.includes(creation) ? first : [...first.slice(0, -1), creation];
}

/** Each way to end, many times; ends with the first that leaves something behind. */
async function afterEach(
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
async function whenBlocked({ backend, signal }: ProbeContext, ordinary: RequestSpec): Promise<Exchange | null> {
  let waited: Exchange | null = null;
  for (const timeoutMs of waitsMs) {
    const answer = await backend.send(ordinary, { timeoutMs, signal });
    const isLate = answer.error?.kind === 'timeout';
    if ((!isLate && (status(answer) ?? 0) < 500) || signal.aborted) return null;
    if (isLate || answer.durationMs >= atOnceMs) waited = answer;
  }
  return waited;
}

/** A request that reads from the database and is answered with success: a list of all there is, or whatever else there is to read. */
async function ordinaryRequest(
  context: ProbeContext,
  setup: Setup,
): Promise<{ readonly usual: RequestSpec | null; readonly first: Exchange | null }> {
  const lists = context.shape.resources.flatMap((resource) => resource.lists.map(({ operation }) => operation));
  const whole = lists.find((list) => !setup.bindingsOf(list).some(({ target }) => target.startsWith('path:')));
  const request = whole === undefined ? null : await plainRequest(setup, whole);
  if (request !== null) {
    const exchange = await context.backend.send(request);
    if (isSuccess(exchange)) return { usual: request, first: exchange };
  }
  const { requests, before } = await ordinaryRequests(context, setup);
  return { usual: requests[0] ?? null, first: before[0] ?? null };
}

/** A pool may open a few more by and by; a round that ended early tells nothing of that. */
function leastLeaked(requests: number): number {
  return Math.max(openedLater, share * requests);
}

function isLeak({ inTransaction, inVain, again, after, before, blocked, requests }: Batch): boolean {
  const grown = leastLeaked(requests);
  const grew = again !== null && after >= before + grown && again >= after + grown;
  return inTransaction >= many || inVain || blocked !== null || grew;
}

/** What is not a leak needs no bodies. */
function slim(batch: Batch): Batch {
  if (isLeak(batch)) return batch;
  const { response, ...asked } = batch.last;
  return {
    ...batch,
    last: response === undefined ? asked : { ...asked, response: { ...response, body: { text: '' } } },
  };
}

function complaints(batch: Batch): readonly FindingDraft[] {
  if (!isLeak(batch)) return [];
  const { operation, how, requests, last, before, after, inTransaction, inVain, again, blocked } = batch;
  const what = `${count(requests, 'request')} of which each ${how}`;
  const title =
    blocked !== null
      ? `After ${what} (${operation}), ${outcome(blocked)}`
      : inTransaction >= many
        ? `After ${what} (${operation}), ${inTransaction} connections stay in an open transaction`
        : inVain
          ? `After a request that ${how} (${operation}) its connection stays in an open transaction, and ${outcome(last)}`
          : `${what} (${operation}) took the backend from ${before} connections to ${after}, and the same again to ${again}`;
  return [
    {
      key: `${operation} ${how}`,
      title,
      detail:
        'The path on which a request fails does not give its connection back. Each such request takes one from the pool for good; when the last is gone every further request waits, until somebody restarts the process. A transaction that stays open also keeps its locks, and keeps the database from cleaning up.',
      fix: 'Give the connection back where nothing can get past: `finally { client.release() }`, try-with-resources in Java, `with` in Python; roll back first when a transaction is open. Where the library can run the transaction itself (transaction.atomic, @Transactional), let it.',
      operation,
      evidence: [
        { kind: 'exchange', exchange: last, note: `the last of them: ${requestLine(last)} ${how}` },
        {
          kind: 'value',
          label: 'connections at rest',
          actual: { before, after, inTransaction, ...(again === null ? {} : { afterTheSameAgain: again }) },
        },
        ...(blocked === null
          ? []
          : [{ kind: 'exchange' as const, exchange: blocked, note: 'an ordinary request; it was answered before' }]),
      ],
    },
  ];
}
