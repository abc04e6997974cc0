import { setTimeout as pause } from 'node:timers/promises';
import type { Check, Exchange, FindingDraft, RequestSpec, Wire } from '@assay/contract';
import { keepsElsewhere, noStatements } from '../kit/database/keeps-elsewhere.ts';
import { accessOf } from '../kit/database/sql-access.ts';
import { type ShorterList, shorterLists } from '../kit/faults/shorter-lists.ts';
import { applies, doesNotApply, judged, notApplicable, undecided } from '../kit/judgement.ts';
import { type Creation, creatable, creations } from '../kit/setup/creations.ts';
import { given, goodRounds, ordinaryRequests, type Recovery, recovery } from '../kit/setup/ordinary.ts';
import { Setup, SetupFailed } from '../kit/setup/setup.ts';
import { methodOf } from '../kit/soap/by-schema.ts';
import { count, isSuccess, outcome, requestLine } from '../kit/words.ts';

/** How long the database takes no connections. Milliseconds. */
const downMs = 1200;
/** How many requests are sent meanwhile. */
const meanwhileCount = 8;
/** How many requests, of different kinds, are in the midst of their writing when the database goes away. */
const mostWriting = 3;
/** How long they may take to get there. Milliseconds. */
const writingMs = 3000;
/** How long after the database is back a request that was sent while it was away may be without an answer. */
const hangMs = 20_000;

interface Evidence {
  readonly before: readonly Exchange[];
  /** How many requests had begun to write when the database went away: their answers are the first of `meanwhile`. */
  readonly writing: number;
  /** Sent while the database was away. */
  readonly meanwhile: readonly Exchange[];
  readonly ended: 'meanwhile' | 'afterwards' | null;
  readonly log: readonly string[];
  readonly recovery: Recovery | null;
  /** Whether what it serves comes from no database that is watched. */
  readonly elsewhere?: boolean;
  /** Lists that were answered while the database was away, and lacked what they show before and after. Older recordings lack it. */
  readonly shorter?: readonly ShorterList[];
}

/** The database is restarted: all its connections end, for a while it takes none, and then it is there again. */
export const check: Check<Evidence> = {
  id: 'resilience/recovers-from-database-restart',
  claim: 'After the database was restarted, the backend serves again by itself',
  skill: 'databases',
  severity: 'high',
  names: { cwe: 'CWE-755' },
  needs: ['wire'],
  instance: 'own',
  applies: (contract) =>
    contract.operations.some((each) => methodOf(each) === 'GET') ? applies : doesNotApply('there is nothing to GET'),
  probe: async (context) => {
    const setup = new Setup(context);
    const { backend } = context;
    const { wire } = backend;
    const nothing: Evidence = { before: [], writing: 0, meanwhile: [], ended: null, log: [], recovery: null };
    const { resources, made } = await creatable(context, setup);
    const { requests, before } = await ordinaryRequests(context, setup);
    if (wire === null || requests.length === 0) return nothing;
    const writes: Creation[] = [];
    for (const resource of resources.slice(0, mostWriting)) {
      try {
        writes.push(...(await creations(context, setup, resource, writes.length === 0 ? 2 : 1)));
      } catch (error) {
        if (!(error instanceof SetupFailed)) throw error;
      }
    }
    // Several at once, so that a pool has several connections to lose.
    await Promise.all([...requests, ...requests].map((request) => backend.send(request)));
    await wire.idle(50, context.signal);
    const send = (request: RequestSpec) =>
      backend.send(request, { timeoutMs: downMs + hangMs, signal: context.signal });
    const [first, ...begun] = writes.map(({ request }) => request);
    const interrupted = await inTheMidst(
      wire,
      begun.map((request) => () => send(request)),
      context.signal,
    );
    const away = wire.rule({ do: 'refuse-connections' });
    wire.shutDown();
    interrupted.letGo();
    const asked = [
      ...(first === undefined ? [] : [first]),
      ...Array.from({ length: meanwhileCount }).flatMap(() => requests),
    ].slice(0, meanwhileCount);
    const answers = Promise.all([...interrupted.answers, ...asked.map(send)]);
    await pause(downMs, undefined, { signal: context.signal }).catch(() => undefined);
    const endedMeanwhile = !backend.alive;
    away.remove();
    const recovered = endedMeanwhile ? null : await recovery(context, backend, requests);
    const ended = endedMeanwhile ? 'meanwhile' : backend.alive ? null : 'afterwards';
    const { writing } = interrupted;
    const meanwhile = await answers;
    return {
      before,
      writing,
      meanwhile,
      ended,
      log: backend.log().slice(-20),
      recovery: recovered,
      elsewhere: keepsElsewhere(backend),
      shorter: recovered?.recovered === true ? await shorterLists(context, made, requests, before, meanwhile) : [],
    };
  },
  judge: ({ before, writing, meanwhile, ended, log, recovery: after, elsewhere = false, shorter = [] }) => {
    if (before.length === 0) return undecided('no ordinary request succeeded before');
    if (elsewhere) return notApplicable(noStatements);
    const findings: FindingDraft[] = [];
    const story = `Every connection to the database ended as it does when PostgreSQL is restarted (FATAL 57P01), for ${downMs} ms it took none, and then it was back. That happens with every update of the database, and with every failover.`;
    if (ended !== null)
      findings.push({
        key: 'ended',
        title: `The backend ended when its database was restarted`,
        detail: `${story} ${writing === 0 ? '' : `${count(writing, 'request')} had begun to write just then. `}The process ended ${ended === 'meanwhile' ? 'while the database was away' : 'soon after it was back'}. Nothing starts it again here; where something does, every request is refused until then, all processes end at the same moment, and after some restarts in a row most supervisors wait longer and longer.`,
        fix: 'Handle the error of a connection that breaks, while it is idle (pool.on("error") in node-postgres) and while a transaction has it (client.on("error") between connect and release), catch the error of a request at the request, answer 503, and let the pool make a new connection for the next one.',
        evidence: [
          { kind: 'note', text: 'All connections ended with FATAL 57P01; the process ended' },
          ...meanwhile.slice(0, writing).map((exchange) => ({
            kind: 'exchange' as const,
            exchange,
            note: 'It was writing when its connection ended',
          })),
          ...(log.length > 0 ? [{ kind: 'log' as const, lines: log, note: 'What it printed last' }] : []),
        ],
      });
    else if (after !== null && !after.recovered && !after.cutShort && after.last !== null)
      findings.push({
        key: 'does not recover',
        title: `${given(after)} after the database was back, ${outcome(after.last)}`,
        detail: `${story} ${count(after.failed, 'request')} of ${after.sent} failed after that, and there were never ${goodRounds} rounds of requests in a row without a failure. A connection or two that are found to be broken are to be expected; a backend that goes on using them needs somebody to restart it, and a circuit breaker that stays open makes the outage longer than it was.`,
        fix: 'Use a pool that throws broken connections away and tests those it lends (pool_pre_ping in SQLAlchemy, CONN_HEALTH_CHECKS in Django, Hikari’s test on borrow); never keep one connection for the life of the process. Let a circuit breaker try again within a few seconds, or say with Retry-After when it will.',
        evidence: [
          { kind: 'exchange', exchange: after.last },
          ...(log.length > 0 ? [{ kind: 'log' as const, lines: log, note: 'What it printed last' }] : []),
        ],
      });
    if (findings.length === 0 && after?.recovered !== true) return undecided('the time was up before it served again');
    const hanging = meanwhile.find(({ error }) => error?.kind === 'timeout');
    if (findings.length === 0 && hanging !== undefined)
      findings.push({
        key: 'hangs',
        title: `${requestLine(hanging)} was sent while the database was away, and had no answer ${hangMs / 1000} s after it was back`,
        detail: `${story} Other requests were answered again by then; this one waits for something that will not come.`,
        fix: 'Bound how long a request may wait for a connection and for a statement, and answer 503 after that.',
        severity: 'low',
        evidence: [{ kind: 'exchange', exchange: hanging }],
      });
    const [lie] = shorter;
    if (findings.length === 0 && lie !== undefined) {
      const [before, less, again] = lie.items;
      findings.push({
        key: 'shorter list',
        title: `${outcome(lie.meanwhile)} with ${count(less, 'item')} while the database was away; there were ${before} before and ${again} afterwards`,
        detail: `${story} An outage that is told as a short list is believed: it is shown, kept in caches, and acted upon. Nothing was deleted meanwhile. Mostly the error comes while the rows are read, and nobody asks for it then.`,
        fix: 'Look for an error when the rows have been read, not only when the query was sent (rows.Err() in Go, the error event of a stream), and answer 503.',
        severity: 'medium',
        evidence: [
          { kind: 'exchange', exchange: lie.before, note: 'Before' },
          { kind: 'exchange', exchange: lie.meanwhile, note: 'While the database was away' },
          { kind: 'exchange', exchange: lie.after, note: 'When it was back' },
        ],
      });
    }
    const failed = meanwhile.filter((exchange) => !isSuccess(exchange)).length;
    return judged(
      findings,
      `${failed} of ${count(meanwhile.length, 'request')} failed while it was away, ${after?.failed ?? 0} after it was back, then all were answered`,
    );
  },
};

/** Sends requests and holds each at its first write, so that its connection is in use. Resolves when all are held, answered or late. */
async function inTheMidst(wire: Wire, sends: readonly (() => Promise<Exchange>)[], signal: AbortSignal) {
  const rule = wire.rule({ do: 'hold', match: { where: (text) => accessOf(text).kind === 'write' } });
  const answers = sends.map((send) => send());
  const late = AbortSignal.any([signal, AbortSignal.timeout(writingMs)]);
  const held = rule.waitForHits(sends.length, late).catch(() => undefined);
  if (sends.length > 0) await Promise.race([held, Promise.all(answers)]);
  return { answers, writing: Math.min(rule.hits, sends.length), letGo: () => rule.remove() };
}
