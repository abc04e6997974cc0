import { setTimeout as pause } from 'node:timers/promises';
import { type Check, type Exchange, type FindingDraft } from '@assay/contract';
import { keepsElsewhere, noStatements } from '../kit/database/keeps-elsewhere.ts';
import { applies, doesNotApply, judged, notApplicable, undecided } from '../kit/judgement.ts';
import { type Loss, stillThere } from '../kit/reading/still-there.ts';
import { creatable, type Creation, creations, keptResources, madeBy } from '../kit/setup/creations.ts';
import { given, ordinaryRequests, type Recovery, recovery } from '../kit/setup/ordinary.ts';
import { Setup, SetupFailed } from '../kit/setup/setup.ts';
import { count, outcome, requestLine } from '../kit/words.ts';

/** How long the database answers nothing. Milliseconds. */
const stallMs = 2500;
/** More than most pools have connections and most servers have workers. */
const stalledWrites = 12;
const stalledReads = 12;
/** Of how many kinds of things some are written. */
const mostKinds = 3;
/** How long after the stall a request may be without an answer. */
const hangMs = 20_000;

interface Evidence {
  readonly before: readonly Exchange[];
  readonly stalled: readonly Exchange[];
  /** How many statements the database was kept from. */
  readonly held: number;
  /** Whether what was made is kept in no database that is watched. */
  readonly elsewhere?: boolean;
  readonly recovery: Recovery | null;
  readonly alive: boolean;
  readonly log: readonly string[];
  readonly lost: readonly Loss[];
  readonly trouble: string | null;
}

/**
 * The database stalls under more requests than there are connections. They may wait or be refused; what counts is what is left of the backend when
 * the stall is over, and whether it said of anything that it was done which was not.
 */
export const check: Check<Evidence> = {
  id: 'resilience/slow-database',
  claim: 'A database that stalls for a moment breaks nothing for good',
  skill: 'databases',
  severity: 'high',
  names: { cwe: 'CWE-772', owasp: 'API4:2023' },
  needs: ['wire'],
  instance: 'own',
  applies: (_contract, shape) =>
    keptResources(shape.resources).length > 0 ? applies : doesNotApply('nothing that can be created can be read'),
  probe: async (context) => {
    const setup = new Setup(context);
    const { backend } = context;
    const { wire } = backend;
    const { resources, trouble } = await creatable(context, setup);
    const { requests, before } = await ordinaryRequests(context, setup);
    const nothing: Evidence = {
      before,
      stalled: [],
      held: 0,
      recovery: null,
      alive: true,
      log: [],
      lost: [],
      trouble,
    };
    if (wire === null || resources.length === 0 || requests.length === 0) return nothing;
    // Of several kinds: each has its own way to come by a connection, and to give it back.
    const kinds = resources.slice(0, mostKinds);
    const writes: Creation[] = [];
    let last: string | null = null;
    for (const resource of kinds) {
      try {
        writes.push(...(await creations(context, setup, resource, Math.ceil(stalledWrites / kinds.length))));
      } catch (error) {
        if (!(error instanceof SetupFailed)) throw error;
        last = error.message;
      }
    }
    if (writes.length === 0) return { ...nothing, trouble: last };
    await wire.idle(50, context.signal);
    const rule = wire.rule({ do: 'hold', match: { kind: 'any' } });
    const limits = { timeoutMs: stallMs + hangMs, signal: context.signal };
    const written = writes.map((creation) => backend.send(creation.request, limits));
    const read = Array.from({ length: stalledReads }, (_, index) => requests[index % requests.length]).flatMap(
      (request) => (request === undefined ? [] : [backend.send(request, limits)]),
    );
    await pause(stallMs, undefined, { signal: context.signal }).catch(() => undefined);
    const held = rule.hits;
    rule.remove();
    const answers = await Promise.all(written);
    const stalled = [...answers, ...(await Promise.all(read))];
    const recovered = backend.alive ? await recovery(context, backend, requests) : null;
    const made = writes.flatMap((creation, index) => {
      const answer = answers[index];
      return (answer === undefined ? null : madeBy(creation, answer)) ?? [];
    });
    const { lost } = await stillThere(setup, recovered?.recovered === true ? made : [], context.signal);
    return {
      before,
      stalled,
      held,
      elsewhere: made.length > 0 && keepsElsewhere(backend),
      recovery: recovered,
      alive: backend.alive,
      log: backend.log().slice(-20),
      lost,
      trouble,
    };
  },
  judge: ({ before, stalled, held, elsewhere = false, recovery: after, alive, log, lost, trouble }) => {
    if (before.length === 0 || stalled.length === 0)
      return undecided(trouble ?? 'no ordinary request succeeded before');
    if (elsewhere) return notApplicable(noStatements);
    if (held === 0) return undecided('no statement was seen on its way to the database while it stalled');
    const story = `For ${stallMs / 1000} s the database answered no statement, with ${count(stalled.length, 'request')} under way; then it went on as before. A lock, a checkpoint or a full disk queue does that to every database now and then.`;
    const printed = log.length > 0 ? [{ kind: 'log' as const, lines: log, note: 'What it printed last' }] : [];
    const findings: FindingDraft[] = [];
    const [first] = lost;
    const hanging = stalled.find(({ error }) => error?.kind === 'timeout');
    if (!alive)
      findings.push({
        key: 'ended',
        title: `The backend ended after its database had stalled for ${stallMs / 1000} s`,
        detail: `${story} The process ended. Nothing starts it again here; where something does, everybody is refused until then.`,
        fix: 'A time-out of one request must end that request and nothing else: catch its error there, and answer 503.',
        evidence: [{ kind: 'note', text: story }, ...printed],
      });
    else if (after !== null && !after.recovered && !after.cutShort && after.last !== null)
      findings.push({
        key: 'does not recover',
        title: `${given(after)} after the database had stalled for ${stallMs / 1000} s, ${outcome(after.last)}`,
        detail: `${story} ${count(after.failed, 'request')} of ${after.sent} failed after that: something that was taken for the stalled requests, such as a connection or a place in a queue, was never given back, or a circuit breaker stays open.`,
        fix: 'Give back in finally what a request takes, also when it gives up waiting; and cancel the statement (statement_timeout) rather than forget it.',
        evidence: [{ kind: 'exchange', exchange: after.last }, ...printed],
      });
    else if (after?.recovered !== true) return undecided('the time was up before it served again');
    if (first !== undefined)
      findings.push({
        key: 'lost',
        title: `${requestLine(first.written)} was answered ${first.written.response?.status} while the database stalled, and afterwards ${outcome(first.read)}`,
        detail: `${story} ${count(lost.length, 'write')} answered with success ${lost.length === 1 ? 'is' : 'are'} not there.`,
        fix: 'Answer with success only when COMMIT has returned; after a time-out the outcome is unknown, and the honest answer is 503.',
        severity: 'critical',
        names: { cwe: 'CWE-393' },
        evidence: [
          { kind: 'exchange', exchange: first.written },
          { kind: 'exchange', exchange: first.read },
        ],
      });
    if (findings.length === 0 && hanging !== undefined)
      findings.push({
        key: 'hangs',
        title: `${requestLine(hanging)} had no answer ${hangMs / 1000} s after the stall of the database was over`,
        detail: `${story} Others are served again, and this request waits for something that will not come.`,
        fix: 'Wake whoever waits when a connection becomes free, and bound how long a request may wait for one.',
        severity: 'medium',
        evidence: [{ kind: 'exchange', exchange: hanging }],
      });
    return judged(
      findings,
      `${count(stalled.length, 'request')} under way during a stall of ${stallMs / 1000} s, and all were served afterwards`,
    );
  },
};
