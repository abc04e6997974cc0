import type { Check, Exchange, FindingDraft, Operation, ProbeContext, RequestSpec } from '@assay/contract';
import { noStatements } from '../kit/database/keeps-elsewhere.ts';
import { afterEach, type Batch, isLeak, many, waitsMs, whenBlocked } from '../kit/faults/connection-batches.ts';
import { creates, endings, readingEndings, timeoutMs } from '../kit/faults/failing-requests.ts';
import { writingOperations } from '../kit/faults/fault-subjects.ts';
import { type RefusedRequest, rememberingRefusals } from '../kit/faults/refusals-so-far.ts';
import { refusalsLeftOpen } from '../kit/faults/repeated-requests.ts';
import { applies, doesNotApply, judged, notApplicable, undecided } from '../kit/judgement.ts';
import { ordinaryRequests } from '../kit/setup/ordinary.ts';
import { plainRequest } from '../kit/setup/plain-request.ts';
import { Setup, SetupFailed } from '../kit/setup/setup.ts';
import { count, isSuccess, outcome, requestLine } from '../kit/words.ts';

/** How many operations are made to fail, of those that write and of those that read. */
const mostOperations = 4;
const mostReads = 3;
/** How many of the requests that were refused are tried on a backend that was just started. */
const mostSuspects = 6;
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
  probe: async (plain) => {
    const { instance, refused } = rememberingRefusals(plain.backend, waitsMs[0]);
    const context = { ...plain, backend: instance };
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
      // A small pool may be empty before it is asked which way of failing empties it.
      if (!batches.some(isLeak)) batches.push(...(await emptiedBy(context, refused(), usual)));
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

/** Which of the requests that were refused so far empties the pool of a backend that has just been started; none where the pool was not empty. */
async function emptiedBy(
  context: ProbeContext,
  refused: readonly RefusedRequest[],
  ordinary: RequestSpec | null,
): Promise<readonly Batch[]> {
  const { backend, signal } = context;
  const batches: Batch[] = [];
  if (ordinary === null || signal.aborted || (await whenBlocked(context, ordinary)) === null) return batches;
  for (const { operation, request, status: code } of refused.slice(0, mostSuspects)) {
    if (signal.aborted || batches.some(isLeak)) break;
    await backend.kill();
    if (!(await backend.start()).ready || !isSuccess(await backend.send(ordinary))) break;
    const send = (): Promise<Exchange> => backend.send(request, { timeoutMs, signal });
    batches.push(...(await afterEach(context, [{ operation, how: `is refused with ${code}`, send }], ordinary)));
  }
  return batches;
}

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
        {
          kind: 'exchange',
          exchange: last,
          note: `the last of them${last.error?.kind === 'timeout' ? ', which waited in vain' : `: ${requestLine(last)} ${how}`}`,
        },
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
