import type { Instance, ProbeContext } from '@assay/contract';
import { burstArrivals, type PreparedRequest, prepareRequest, runLoad } from '@assay/load';
import { count } from '../words.ts';
import { growsOn, growthOf, isSteady, isSuspicious, rounds, type Sample } from './growth.ts';
import { loadRequests } from './requests.ts';

const connections = 8;
/** Caches fill, pools open and compilers work before the first measurement. */
const warmUp = 800;
export const perRound = 400;
/** Fewer requests say nothing. */
export const leastRequests = 1500;
const roundCapMs = 3000;
/** What a fresh query string adds to each request, so that no two are the same. */
const padding = 'x'.repeat(512);
/** Of the requests under load, so many must be answered with success: who refuses them does not do what may leave something behind. */
const leastServed = 0.9;

export interface WatchedMemory {
  readonly operations: readonly string[];
  readonly trouble: string | null;
  /** After the warm-up and after each round; only requests that were answered with success count. */
  readonly samples: readonly Sample[];
  /** What became of the requests under load: how many were answered with each status, and under `none` those without an answer. */
  readonly answers: Readonly<Record<string, number>>;
  /** Before each look its runtime had thrown away what nothing refers to. */
  readonly collected: boolean;
  /** Over rounds of addresses that had been asked for before; null where that was so in all rounds, or growth was no leak. */
  readonly again: readonly Sample[] | null;
  /** Over rounds of addresses that were new once more, after those had left nothing behind; absent where they were not asked for. */
  readonly fresh?: readonly Sample[];
}

/**
 * Reads the memory of a backend after every few hundred requests, for as long as it may be a leak.
 *
 * @param number of rounds, in place of that: for a reference, which is compared with what it is watched beside.
 */
export async function watchedMemory(
  context: ProbeContext,
  instance: Instance,
  number?: number,
): Promise<WatchedMemory> {
  // Whoever has a way of its own with that signal may end by it: then it is started again, and left alone.
  let collected = (await instance.collectGarbage?.()) ?? false;
  if (!collected && !instance.alive) await instance.start();
  const { requests, trouble } = await loadRequests(context, instance);
  const distinct = await takesAnyQuery(instance, requests);
  const answers: Record<string, number> = {};
  const samples: Sample[] = [];
  let [sent, served] = [0, 0];
  const send = async (arrivals: number, from: number): Promise<void> => {
    const result = await runLoad({
      connect: () => instance.connect(),
      arrivals: burstArrivals(arrivals),
      requestOf: (arrival) => unlike(requests, from + arrival, distinct, instance.authority),
      connections,
      judge: (_request, { status }) => (status < 500 ? null : `answered ${status}`),
      sendUntilMs: roundCapMs,
      signal: context.signal,
    });
    sent = Math.max(sent, from + result.sent);
    for (const [status, times] of Object.entries({ ...result.byStatus, none: result.sent - result.answered })) {
      answers[status] = (answers[status] ?? 0) + times;
      if (isServed(status)) served += times;
    }
  };
  const sample = async (): Promise<Sample> => {
    collected &&= (await instance.collectGarbage?.()) ?? false;
    return { requests: served, bytes: await residentBytes(context, instance) };
  };
  const hasTime = (): boolean => context.remaining() > 2 * roundCapMs;
  if (requests.length === 0) return { operations: [], trouble, samples, answers, again: null, collected: false };
  // A slow one does not get through it in one go.
  for (let turn = 0; turn < 5 && context.remaining() > 5000; turn += 1) {
    if (served >= warmUp || context.signal.aborted) break;
    await send(warmUp - served, sent);
  }
  samples.push(await sample());
  for (let round = 1; round <= (number ?? rounds.most) && hasTime(); round += 1) {
    context.progress(`${served} requests`);
    await send(perRound, sent);
    samples.push(await sample());
    if (round >= rounds.first && notServed(answers) !== null) break;
    const isSettled =
      !isSuspicious(samples) ||
      growthOf(samples) !== null ||
      (samples.length > (isSuspicious(samples, 4) ? rounds.doubtful : rounds.enough) && !isSteady(samples));
    if (number === undefined && round >= rounds.first && isSettled && served >= leastRequests) break;
  }
  const growth = growthOf(samples);
  const operations = requests.map(({ spec }) => spec.operation ?? '');
  const told = { operations, trouble, samples, answers, collected };
  if (!distinct || number !== undefined || growth === null) return { ...told, again: null };
  const further = async (note: string, from: () => number, before: readonly Sample[], most: number) => {
    const seen = before.slice(-1);
    for (let round = 1; round <= most && hasTime(); round += 1) {
      if (round > rounds.enough && growsOn(growth, seen, rounds.enough) === false) break;
      context.progress(`${served} requests, to addresses that ${note}`);
      await send(perRound, from());
      seen.push(await sample());
    }
    return seen;
  };
  const again = await further('were asked for before', () => Math.max(0, sent - perRound), samples, rounds.first);
  if (growsOn(growth, again) !== false) return { ...told, again };
  // It may have found its size meanwhile, or come to it, and keep nothing for an address at all.
  const most = Math.max(rounds.first, rounds.most - samples.length);
  return { ...told, again, fresh: await further('are new', () => sent, again, most) };
}

/** Says what was answered in place of success when that was so often; null when it was seldom. */
export function notServed(answers: Readonly<Record<string, number>>): string | null {
  const all = Object.values(answers).reduce((sum, times) => sum + times, 0);
  const others = Object.entries(answers).filter(([status]) => !isServed(status));
  if (others.reduce((sum, [, times]) => sum + times, 0) <= (1 - leastServed) * all) return null;
  const [status, times] = others.toSorted(([, a], [, b]) => b - a)[0] ?? ['none', 0];
  return `of ${count(all, 'request')} under load ${times} ${status === 'none' ? 'got no answer' : `were answered ${status}`}`;
}

function isServed(status: string): boolean {
  return status.startsWith('2');
}

/** Whether unknown query parameters are let be: then no two requests need be the same, as in life. */
async function takesAnyQuery(instance: Instance, requests: readonly PreparedRequest[]): Promise<boolean> {
  for (const { spec } of requests) {
    const { response } = await instance.send({ ...spec, target: withUnknown(spec.target, 0), as: null });
    if (response === undefined || response.status > 299) return false;
  }
  return true;
}

function withUnknown(target: string, number: number): string {
  return `${target}${target.includes('?') ? '&' : '?'}request=${number}${padding}`;
}

function unlike(
  requests: readonly PreparedRequest[],
  number: number,
  distinct: boolean,
  authority: string,
): PreparedRequest {
  const request = requests[number % requests.length];
  if (request === undefined) throw new Error('there is no request to send');
  return distinct
    ? prepareRequest({ ...request.spec, target: withUnknown(request.spec.target, number) }, authority)
    : request;
}

/** The least of two looks: what a collector is about to take away does not count. */
async function residentBytes(context: ProbeContext, instance: Instance): Promise<number> {
  const seen = instance.usage().at(-1)?.at ?? 0;
  const later = () => instance.usage().filter(({ at }) => at > seen);
  const deadline = performance.now() + 3000;
  while (later().length < 2 && performance.now() < deadline && !context.signal.aborted)
    await new Promise((resolve) => setTimeout(resolve, 50));
  return Math.min(...(later().length > 0 ? later() : instance.usage().slice(-1)).map(({ rssBytes }) => rssBytes));
}
