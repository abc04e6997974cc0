import { setTimeout as pause } from 'node:timers/promises';
import { type Check, type Exchange, type FindingDraft, type ProbeContext, type RequestSpec } from '@assay/contract';
import { applies, doesNotApply, judged, undecided } from '../kit/judgement.ts';
import { jsonContentOf } from '../kit/requests/json-body.ts';
import { given, isServed, ordinaryRequests, type Recovery, recovery } from '../kit/setup/ordinary.ts';
import { Setup } from '../kit/setup/setup.ts';
import { methodOf } from '../kit/soap/by-schema.ts';
import { count, outcome } from '../kit/words.ts';

/** How many clients never finish their request. Half of them are slow with the head, half with the body. */
const slow = 16;
/** What each of them does: a byte, and then a pause. Milliseconds. */
const everyMs = 100;
/** How long an ordinary request is given while they are there. */
const patienceMs = 5000;
/** How many ordinary requests are sent meanwhile, one after the other. */
const others = 4;

interface Round {
  /** Ordinary requests while the slow clients were there. */
  readonly meanwhile: readonly Exchange[];
  /** Slow clients whose connection was still open at the end. */
  readonly holding: number;
  /** Whether ordinary requests were served when they had gone. */
  readonly recovery: Recovery | null;
}

interface Evidence {
  readonly before: readonly Exchange[];
  readonly rounds: readonly Round[];
  readonly alive: boolean;
  readonly log: readonly string[];
}

/** A few clients that send a byte at a time do not keep everybody else out. */
export const check: Check<Evidence> = {
  id: 'resilience/slow-clients',
  claim: 'Sixteen slow clients do not keep everybody else out',
  skill: 'frameworks',
  severity: 'medium',
  names: { cwe: 'CWE-400', owasp: 'API4:2023' },
  needs: [],
  instance: 'own',
  applies: (contract) =>
    contract.operations.some((each) => methodOf(each) === 'GET') ? applies : doesNotApply('there is nothing to GET'),
  probe: async (context) => {
    const { requests, before } = await ordinaryRequests(context, new Setup(context));
    const rounds: Round[] = [];
    // Once may be chance: the connections of a server with several processes are shared out among them as it comes.
    while (requests.length > 0 && rounds.length < 2 && !context.signal.aborted && context.backend.alive) {
      const round = await attacked(context, requests);
      rounds.push(round);
      if (!isLockedOut(round)) break;
    }
    return { before, rounds, alive: context.backend.alive, log: context.backend.log().slice(-20) };
  },
  judge: ({ before, rounds, alive, log }) => {
    const [first, second] = rounds;
    if (before.length === 0 || first === undefined) return undecided('no ordinary request succeeded before');
    const story = `${slow} connections sent a byte every ${everyMs} ms: half of them the head of a request, half a body. Anybody on a bad line is such a client, and it costs one machine nothing to be ${slow} of them.`;
    if (!alive)
      return judged(
        [
          {
            key: 'ended',
            title: `The backend ended under ${slow} slow clients`,
            detail: story,
            fix: 'What goes wrong on one connection must end that connection and nothing else.',
            evidence: [
              { kind: 'note', text: story },
              ...(log.length > 0 ? [{ kind: 'log' as const, lines: log, note: 'What it printed last' }] : []),
            ],
          },
        ],
        '',
      );
    const stuck = rounds.find(({ recovery: after }) => after?.recovered === false && !after.cutShort)?.recovery;
    if (stuck?.last !== undefined && stuck.last !== null) return judged([lasting(stuck.last, given(stuck), story)], '');
    if (first.meanwhile.every(isStopped)) return undecided('the time was up before anybody else was served');
    if (!isLockedOut(first))
      return judged(
        [],
        `${first.meanwhile.filter(isServed).length} of ${count(first.meanwhile.length, 'ordinary request')} answered beside ${count(first.holding, 'slow client')}`,
      );
    if (second === undefined) return undecided('the time was up before it could be tried twice');
    if (!isLockedOut(second)) return undecided('it happened once in two times that nobody else was served');
    return judged([lockedOut(first, second, before, story)], '');
  },
};

/** Nobody was served while clients were still holding on: kept waiting, or sent away. */
function isLockedOut({ meanwhile, holding }: Round): boolean {
  const ours = meanwhile.filter((exchange) => !isStopped(exchange));
  return holding > 0 && ours.length > 0 && !ours.some(isServed);
}

/** By Assay itself, when the time was up. */
function isStopped({ error }: Exchange): boolean {
  return error?.kind === 'aborted';
}

async function attacked(context: ProbeContext, requests: readonly RequestSpec[]): Promise<Round> {
  const { backend } = context;
  const leave = new AbortController();
  const signal = AbortSignal.any([context.signal, leave.signal]);
  const path = requests[0]?.target ?? '/';
  let open = 0;
  const clients = Array.from({ length: slow }, async (_, index) => {
    const { bytes, atOnceBytes } =
      index % 2 === 0 ? slowHead(path, backend.authority) : slowBody(context, path, backend.authority);
    open += 1;
    await backend.raw(bytes, { timeoutMs: 120_000, chunkBytes: 1, everyMs, atOnceBytes, signal });
    open -= 1;
  });
  // Until all of them have sent their beginning.
  await pause(10 * everyMs, undefined, { signal }).catch(() => undefined);
  const meanwhile: Exchange[] = [];
  const giveUp = performance.now() + patienceMs;
  // At the same time: each has its whole patience, and together they take no longer than one.
  await Promise.all(
    Array.from({ length: others }, async (_, index) => {
      const request = requests[index % requests.length];
      if (request === undefined) return;
      await pause(50 * index, undefined, { signal }).catch(() => undefined);
      meanwhile.push(await backend.send(request, { timeoutMs: Math.max(1, giveUp - performance.now()), signal }));
    }),
  );
  const holding = open;
  leave.abort();
  await Promise.all(clients);
  return { meanwhile, holding, recovery: backend.alive ? await recovery(context, backend, requests) : null };
}

/** A head that goes on and on. */
function slowHead(path: string, host: string) {
  const start = `GET ${path} HTTP/1.1\r\nHost: ${host}\r\n`;
  return { bytes: Buffer.from(`${start}X-Slow: ${'a'.repeat(2000)}\r\n\r\n`, 'latin1'), atOnceBytes: start.length };
}

/** A body of which a byte comes now and then, for an operation that takes one. */
function slowBody({ contract }: ProbeContext, path: string, host: string) {
  const taking = contract.operations.find(
    (operation) => operation.method === 'POST' && !operation.path.includes('{') && jsonContentOf(operation) !== null,
  );
  if (taking === undefined) return slowHead(path, host);
  const [type, start] = taking.soap === null ? ['application/json', '{"a":"'] : ['text/xml', '<a>'];
  const head = `POST ${taking.path} HTTP/1.1\r\nHost: ${host}\r\nContent-Type: ${type}\r\nContent-Length: 2000\r\n\r\n`;
  return { bytes: Buffer.from(`${head}${start}${'a'.repeat(2000)}`, 'latin1'), atOnceBytes: head.length };
}

function lockedOut(first: Round, second: Round, before: readonly Exchange[], story: string): FindingDraft {
  const exchanges = [...before.slice(0, 1), ...first.meanwhile.slice(0, 1), ...second.meanwhile.slice(0, 1)];
  const line = first.meanwhile.map(outcome)[0] ?? '';
  return {
    key: 'locked out',
    title: `Beside ${slow} slow clients nobody else was served: ${line}`,
    detail: `${story} Of ${first.meanwhile.length + second.meanwhile.length} ordinary requests by others not one was served within ${patienceMs / 1000} s, twice in a row; before the slow clients came and after they had left, they were.`,
    fix: 'Read requests without keeping a worker for each: an event loop, enough threads (gunicorn’s gthread with --threads, a thread for each connection in Java), or a proxy in front that buffers requests and is part of how the backend is started. Bound how long a head and a body may take.',
    evidence: exchanges.map((exchange, index) => ({
      kind: 'exchange' as const,
      exchange,
      note: index === 0 ? 'Before' : 'Beside the slow clients',
    })),
  };
}

function lasting(last: Exchange, later: string, story: string): FindingDraft {
  return {
    key: 'does not recover',
    title: `${later} after ${slow} slow clients had left, ${outcome(last)}`,
    detail: `${story} They closed their connections, and still ordinary requests failed.`,
    fix: 'End the work for a connection when it is closed, and give back what was taken for it.',
    severity: 'high',
    evidence: [{ kind: 'exchange', exchange: last }],
  };
}
