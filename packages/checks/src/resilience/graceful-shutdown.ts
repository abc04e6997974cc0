import { setTimeout as pause } from 'node:timers/promises';
import { type Check, type Exchange, type FindingDraft, type ProbeContext, type Wire } from '@assay/contract';
import { keepsElsewhere } from '../kit/database/keeps-elsewhere.ts';
import { applies, doesNotApply, judged, notApplicable, undecided } from '../kit/judgement.ts';
import { type Loss, readUntilShown, stillThere } from '../kit/reading/still-there.ts';
import { creatable, type Creation, creations, keptResources, madeBy } from '../kit/setup/creations.ts';
import { type Made, Setup, SetupFailed } from '../kit/setup/setup.ts';
import { count, hasFailed, isSuccess, outcome, requestLine } from '../kit/words.ts';

/** What `docker stop` gives a container before it kills it. Milliseconds. */
const exitMs = 10_000;
/** How many requests are under way when the signal comes. */
const together = 3;
/** How many requests there are to choose these from, before the signal and without one: some may be refused before they reach the database. */
const ready = 2 * together;
/** How long their statements are kept from the database after that. */
const heldMs = 700;

interface Evidence {
  /** The same requests held back as long, without a signal. */
  readonly control: readonly Exchange[];
  /** Requests whose statement had been seen before the signal. */
  readonly inFlight: readonly Exchange[];
  readonly stop: { readonly exited: boolean; readonly durationMs: number } | null;
  readonly lost: readonly Loss[];
  /** Whether its statements are seen at all. */
  readonly watched?: boolean;
  readonly trouble: string | null;
}

/**
 * After SIGTERM the requests that had been taken are answered, and the process ends. Only a request whose statement was seen on the wire is known
 * to have been taken: it is held there, the signal is sent, and then it is let go.
 */
export const check: Check<Evidence> = {
  id: 'resilience/graceful-shutdown',
  claim: 'A backend that is told to stop finishes what it has begun, and ends',
  skill: 'frameworks',
  severity: 'medium',
  names: {},
  needs: [],
  instance: 'own',
  applies: (_contract, shape) =>
    keptResources(shape.resources).length > 0 ? applies : doesNotApply('nothing that can be created can be read'),
  probe: async (context) => {
    const setup = new Setup(context);
    const { resources, made, trouble } = await creatable(context, setup);
    const nothing: Evidence = { control: [], inFlight: [], stop: null, lost: [], trouble };
    const [resource] = resources;
    if (resource === undefined) return nothing;
    const { backend } = context;
    const wire = made.length > 0 && keepsElsewhere(backend) ? null : backend.wire;
    let requests: readonly Creation[];
    try {
      requests = await creations(context, setup, resource, 2 * ready);
    } catch (error) {
      if (!(error instanceof SetupFailed)) throw error;
      return { ...nothing, trouble: error.message };
    }
    let kept: readonly Made[] = made;
    const madeIn = (sent: readonly Creation[], answers: readonly Exchange[]): readonly Made[] =>
      sent.flatMap((creation, index) => {
        const answer = answers[index];
        return (answer === undefined ? null : madeBy(creation, answer)) ?? [];
      });
    let control: readonly Exchange[] = [];
    let inFlight: readonly Exchange[] = [];
    let stop: Evidence['stop'] = null;
    if (wire === null) {
      stop = await backend.stop('SIGTERM', exitMs);
    } else {
      const before = await underWay(context, wire, requests.slice(0, ready), together);
      control = await before.letGo();
      const earlier = [...made, ...madeIn(before.sent, control)];
      const seen = await readUntilShown(setup, earlier, { signal: context.signal, patienceMs: 2000 });
      // What is hidden, or pushed out by the next ones, without a signal as well is not lost by it.
      const isShown = seen.every(({ read }) => isSuccess(read));
      const during = await underWay(context, wire, requests.slice(ready), before.sent.length);
      const stopping = backend.stop('SIGTERM', exitMs);
      inFlight = await during.letGo();
      kept = isShown ? [...earlier, ...madeIn(during.sent, inFlight)] : [];
      stop = await stopping;
    }
    if (!stop.exited) await backend.kill();
    const restarted = await backend.start();
    const { lost } = restarted.ready && wire !== null ? await stillThere(setup, kept, context.signal) : { lost: [] };
    return { control, inFlight, stop, lost, watched: wire !== null, trouble };
  },
  judge: ({ control, inFlight, stop, lost, watched = true, trouble }) => {
    if (stop === null) return undecided(trouble ?? 'there was no time left');
    const findings = [...endings(stop), ...broken(inFlight, control, stop.exited), ...losses(lost)];
    if (findings.length === 0 && !watched)
      return notApplicable(
        'it ended in time; the backend brings its own database, so no request can be held back while the signal comes',
      );
    const refused = control.find((exchange) => !isSuccess(exchange));
    if (findings.length === 0 && refused !== undefined)
      return undecided(
        `it ended in time, but a request that was held back is not served even without a signal: ${outcome(refused)}`,
      );
    if (findings.length === 0 && inFlight.length === 0)
      return undecided('it ended in time, but no request was seen on its way to the database when the signal came');
    if (findings.length === 0 && inFlight.some(({ error }) => error?.kind === 'aborted'))
      return undecided('the time was up before every request in flight was answered');
    return judged(findings, `${count(inFlight.length, 'request')} in flight answered, and the process ended`);
  },
};

/**
 * Sends creations, each when the one before it has reached the database and is held there, until so many are. One that is answered before is not counted,
 * and one that does not get so far in time is the last: there may be nobody free to take it.
 */
async function underWay(
  context: ProbeContext,
  wire: Wire,
  requests: readonly Creation[],
  wanted: number,
): Promise<{ readonly sent: readonly Creation[]; letGo(): Promise<readonly Exchange[]> }> {
  await wire.idle(50, context.signal);
  const rule = wire.rule({ do: 'hold', match: { kind: 'write' } });
  const sent: Creation[] = [];
  const answers: Promise<Exchange>[] = [];
  const stray: Promise<Exchange>[] = [];
  for (const creation of requests) {
    if (sent.length >= wanted) break;
    const answer = context.backend.send(creation.request, { timeoutMs: 2 * exitMs, signal: context.signal });
    const limit = AbortSignal.any([context.signal, AbortSignal.timeout(1500)]);
    const hit = rule.waitForHits(sent.length + 1, limit).then(
      () => 'held' as const,
      () => 'silent' as const,
    );
    const became = await Promise.race([
      hit,
      answer.then(({ response }) => (response === undefined ? ('silent' as const) : ('answered' as const))),
    ]);
    if (became !== 'held') stray.push(answer);
    if (became === 'silent') break;
    if (became === 'answered') continue;
    sent.push(creation);
    answers.push(answer);
  }
  return {
    sent,
    letGo: async () => {
      await pause(heldMs, undefined, { signal: context.signal }).catch(() => undefined);
      rule.remove();
      await Promise.all(stray);
      return Promise.all(answers);
    },
  };
}

function endings(stop: { readonly exited: boolean }): readonly FindingDraft[] {
  if (stop.exited) return [];
  return [
    {
      key: 'does not end',
      title: `${exitMs / 1000} s after SIGTERM the backend was still running, and had to be killed`,
      detail: `Whatever runs a backend tells it to stop with SIGTERM, and kills it when it has not ended after a while: ${exitMs / 1000} s under Docker. Every deploy then takes that long, and ends with a kill. All requests that were under way had been let go more than ${Math.floor((exitMs - heldMs) / 1000)} s before.`,
      fix: 'Handle SIGTERM: stop listening, close idle connections, wait for the requests under way, close the database pool, and exit. A timer, a queue consumer or an open pool keeps a process alive.',
      evidence: [{ kind: 'note', text: `SIGTERM to the main process; ${exitMs / 1000} s later it had not ended` }],
    },
  ];
}

function broken(inFlight: readonly Exchange[], control: readonly Exchange[], exited: boolean): readonly FindingDraft[] {
  const [ordinary] = control;
  // A backend that was killed in the end had its connections closed by that. A refusal is an answer, too.
  if (!exited || ordinary === undefined || control.some(hasFailed)) return [];
  const detail = `The request had been taken: its statement was seen on the way to the database before the signal came, and was held there for ${heldMs} ms. The same requests, held as long without a signal, were answered ${ordinary.response?.status}. Whoever sent it cannot know whether it was done.`;
  const fix =
    'On SIGTERM stop accepting connections first, then wait until the requests under way are answered (server.close in Node.js, server.shutdown=graceful in Spring Boot, SIGTERM to gunicorn’s master), and only then close the database pool and exit. Where the backend is started through a shell, begin its command with exec, so that the signal reaches it.';
  const evidence = (exchange: Exchange) => [
    { kind: 'exchange' as const, exchange: ordinary, note: 'Held back without a signal' },
    { kind: 'exchange' as const, exchange, note: 'Held back while SIGTERM came' },
  ];
  const cut = inFlight.find(({ response, error }) => response === undefined && error?.kind !== 'aborted');
  if (cut !== undefined)
    return [
      {
        key: 'in flight cut off',
        title: `${requestLine(cut)} was under way when SIGTERM came, and got no whole answer`,
        detail,
        fix,
        evidence: evidence(cut),
      },
    ];
  if (!control.every(isSuccess)) return [];
  // 503 is an honest way to say that it stops.
  const failed = inFlight.find(({ response }) => (response?.status ?? 0) >= 500 && response?.status !== 503);
  if (failed === undefined) return [];
  return [
    {
      key: 'in flight failed',
      title: `${requestLine(failed)} was under way when SIGTERM came, and was answered ${failed.response?.status}`,
      detail,
      fix,
      names: { wfc: 'F100' },
      evidence: evidence(failed),
    },
  ];
}

function losses(lost: Evidence['lost']): readonly FindingDraft[] {
  const [first] = lost;
  if (first === undefined) return [];
  return [
    {
      key: 'lost',
      title: `${requestLine(first.written)} was acknowledged with ${first.written.response?.status}, the backend was stopped with SIGTERM, and ${outcome(first.read)}`,
      detail: 'What was acknowledged was still in memory when the process ended in good order.',
      fix: 'Send the answer only when COMMIT has returned, and close the pool only when no request is under way.',
      severity: 'critical',
      evidence: [
        { kind: 'exchange', exchange: first.written },
        { kind: 'note', text: 'SIGTERM; ended; started again on the same database' },
        { kind: 'exchange', exchange: first.read },
      ],
    },
  ];
}
