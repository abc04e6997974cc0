import type { Instance, ProbeContext } from '@assay/contract';
import {
  type Arrivals,
  burstArrivals,
  type LoadResult,
  poissonArrivals,
  type PreparedRequest,
  runLoad,
  stepsToKnee,
} from '@assay/load';
import { contractJudge, loadRequests } from './requests.ts';
import { median } from './statistics.ts';

/** What one turn of load brought; plain JSON. */
export interface Turn {
  readonly answered: number;
  readonly perSecond: number;
  readonly p50: number;
  readonly p99: number;
  readonly byStatus: Readonly<Record<string, number>>;
  readonly failed: number;
  /** Of the failed, those without a whole answer in time or without a connection: unlike one that is closed between two requests, no client may try them again. */
  readonly unanswered?: number;
  readonly missed: number;
  /** Of the answers that were looked at. */
  readonly wrong: number;
  /** Answers whose status alone was looked at. */
  readonly unseen: number;
  readonly complaint: string | null;
  /** Why the turn says more about this machine than about the backend. */
  readonly limit: string | null;
}

export interface Pair {
  readonly subject: Turn;
  /** Null without a reference. */
  readonly reference: Turn | null;
}

/** The same load on the backend and on the reference, in alternating turns. */
export interface Compared {
  readonly operations: readonly string[];
  readonly trouble: string | null;
  readonly reference: { readonly name: string; readonly alike: boolean } | null;
  /** Why there is no reference. */
  readonly unavailable: string | null;
  /** Requests as fast as they are answered. */
  readonly full: readonly Pair[];
  /** Requests at times of their own, at a rate that both can well sustain. */
  readonly calm: readonly Pair[];
  /** Of the calm turns, in requests per second. */
  readonly rate: number;
  /** How far the backend keeps up when more and more come; only looked for where there is nothing to compare it with. */
  readonly knee: Knee | null;
}

/** In requests per second. */
interface Knee {
  /** The most it kept up with; null when not even the first rate was. */
  readonly sustained: number | null;
  /** The rate at which it did not keep up any more; null when it did with all, or this machine was the limit. */
  readonly exceeded: number | null;
}

const connections = 8;
const fullMs = 250;
const fullRounds = 5;
const calmMs = 400;
/** More rounds are taken in place of those in which this machine was the limit. */
const calmRounds = { wanted: 4, most: 9 };
/** Arrivals in each second of the calm turns, as a share of what the slower of both can do. */
const calmShare = 0.25;
const calmRate = { least: 20, most: 400 };
/** From a quarter of what it can do at most to twice as much. */
const kneeSteps = { factor: 2, steps: 4 };
const warmMs = 400;

interface Side {
  readonly instance: Instance;
  readonly requests: readonly PreparedRequest[];
}

/** Measured once in a run; `throughput` and `latency` both judge it. */
export function comparedLoad(context: ProbeContext): Promise<Compared> {
  return context.shared('performance/load', measure);
}

async function measure(context: ProbeContext): Promise<Compared> {
  const against = await context.reference();
  const own = await context.fresh();
  const [mine, theirs] = [
    await loadRequests(context, own),
    'unavailable' in against ? null : await loadRequests(context, against.instance),
  ];
  const operationsOf = (requests: readonly PreparedRequest[]) => requests.map(({ spec }) => spec.operation ?? '');
  // What only one of them answers cannot be compared.
  const common = operationsOf(mine.requests).filter(
    (id) => theirs === null || operationsOf(theirs.requests).includes(id),
  );
  const sideOf = (instance: Instance, requests: readonly PreparedRequest[]): Side => ({
    instance,
    requests: requests.filter(({ spec }) => common.includes(spec.operation ?? '')),
  });
  const subject = sideOf(own, mine.requests);
  const reference = theirs === null || 'unavailable' in against ? null : sideOf(against.instance, theirs.requests);
  const told = {
    operations: common,
    trouble: mine.trouble,
    reference: 'unavailable' in against ? null : { name: against.name, alike: against.alike },
    unavailable: 'unavailable' in against ? against.unavailable : null,
  };
  if (common.length === 0) return { ...told, full: [], calm: [], rate: 0, knee: null };
  const all = burstArrivals(20_000);
  const inTurn = async (round: number, arrivals: Arrivals, ms: number): Promise<Pair> => {
    const turn = (side: Side) => load(context, side, arrivals, ms);
    if (reference === null) return { subject: await turn(subject), reference: null };
    // Whoever is first in one round is second in the next.
    if (round % 2 === 0) return { subject: await turn(subject), reference: await turn(reference) };
    const first = await turn(reference);
    return { subject: await turn(subject), reference: first };
  };
  context.progress('warming up');
  await inTurn(0, all, warmMs);
  const full: Pair[] = [];
  const rounds = reference === null ? 2 : fullRounds;
  for (let round = 0; round < rounds && !context.signal.aborted; round += 1) {
    context.progress(`throughput, round ${round + 1}`);
    full.push(await inTurn(round, all, fullMs));
  }
  const slower = Math.min(
    median(full.map((pair) => pair.subject.perSecond)),
    reference === null ? Number.POSITIVE_INFINITY : median(full.map((pair) => pair.reference?.perSecond ?? 0)),
  );
  const rate = Math.round(Math.min(calmRate.most, Math.max(calmRate.least, slower * calmShare)));
  const calm: Pair[] = [];
  // A slow backend is given the time for enough requests.
  const ms = Math.max(calmMs, Math.min(2000, (40 / rate) * 1000));
  if (reference === null && !context.signal.aborted) {
    context.progress('more and more requests');
    return { ...told, full, rate, ...(await kneeOf(context, subject, rate, Math.min(1, ms / 1000))) };
  }
  for (let round = 0; round < calmRounds.most && !context.signal.aborted; round += 1) {
    if (calm.filter(isClean).length >= calmRounds.wanted) break;
    context.progress(`latency, round ${round + 1}`);
    calm.push(await inTurn(round, poissonArrivals(rate, ms / 1000, context.random), ms + 1500));
  }
  return { ...told, full, calm, rate, knee: null };
}

/** The first step is the calm turn. */
async function kneeOf(
  context: ProbeContext,
  side: Side,
  firstRate: number,
  secondsPerStep: number,
): Promise<Pick<Compared, 'calm' | 'knee'>> {
  const { steps, rate, ended } = await stepsToKnee({
    ...loadOf(context, side),
    ...kneeSteps,
    firstRate,
    secondsPerStep,
    random: context.random,
  });
  return {
    calm: steps
      .filter((step) => step.rate === firstRate)
      .slice(-1)
      .map(({ result }) => ({ subject: turnOf(result), reference: null })),
    knee: { sustained: rate, exceeded: ended === 'knee' ? (steps.at(-1)?.rate ?? null) : null },
  };
}

/** Whether the machine kept up with the schedule in both turns. */
export function isClean({ subject, reference }: Pair): boolean {
  return subject.limit === null && (reference === null || reference.limit === null);
}

async function load(context: ProbeContext, side: Side, arrivals: Arrivals, sendUntilMs: number): Promise<Turn> {
  return turnOf(await runLoad({ ...loadOf(context, side), arrivals, sendUntilMs }));
}

function loadOf({ contract, signal }: ProbeContext, { instance, requests }: Side) {
  const [first] = requests;
  if (first === undefined) throw new Error('there is no request to send');
  return {
    connect: () => instance.connect(),
    requestOf: (arrival: number) => requests[arrival % requests.length] ?? first,
    connections,
    judge: contractJudge(contract),
    timeoutMs: 5000,
    signal,
  };
}

function turnOf(result: LoadResult): Turn {
  const { errors, verification, latency } = result;
  return {
    answered: result.answered,
    perSecond: result.durationMs === 0 ? 0 : (result.answered / result.durationMs) * 1000,
    p50: latency.p50,
    p99: latency.p99,
    byStatus: result.byStatus,
    failed: errors.refused + errors.reset + errors.protocol + errors.timeout,
    unanswered: errors.refused + errors.timeout,
    missed: result.missed,
    wrong: verification.wrong,
    unseen: verification.byStatus,
    complaint: verification.complaints[0] ?? result.firstError,
    limit: result.effort.limit,
  };
}
