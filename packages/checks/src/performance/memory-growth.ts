import type { Check, Instance, ProbeContext } from '@assay/contract';
import { burstArrivals, type PreparedRequest, prepareRequest, runLoad } from '@assay/load';
import { applies, doesNotApply, judged, notApplicable, undecided } from '../kit/judgement.ts';
import { loadRequests } from '../kit/load/requests.ts';
import { type Estimate, slopeOf } from '../kit/load/statistics.ts';
import { count } from '../kit/words.ts';

const connections = 8;
/** Caches fill, pools open and compilers work before the first measurement. */
const warmUp = 800;
const perRound = 400;
/** A backend that grew over the first rounds is watched for many more: most stop. */
const rounds = { first: 6, enough: 12, doubtful: 24, most: 36 };
/** Fewer requests say nothing. */
const leastRequests = 1500;
const roundCapMs = 3000;
/** What a fresh query string adds to each request, so that no two are the same. */
const padding = 'x'.repeat(512);
/** Growth that a finding needs: in all, and for each request. */
const leastBytes = 32 * 1024 * 1024;
const leastPerRequest = 1024;
/**
 * How much of the mean step from quarter to quarter each step must be, and the last. A heap that finds its size grows in leaps, and then no more; a leak
 * grows with the requests. Before many rounds have been seen each step must be near the mean.
 */
const leastSteps = { each: 0.25, last: 0.5, early: 0.5 };
/** The most of all growth that may come in one round: more is a leap, and then many rounds have to be seen. */
const mostAtOnce = 0.25;
/** How many times the growth of the reference under the same load it must be. */
const timesReference = 3;

/** Resident bytes after so many requests. */
interface Sample {
  readonly requests: number;
  readonly bytes: number;
}

interface Evidence {
  readonly operations: readonly string[];
  readonly trouble: string | null;
  readonly samples: readonly Sample[];
  /** The same load on the reference; only taken when the growth looked like a leak. */
  readonly reference: readonly Sample[] | null;
  /** Why the size of the process does not tell what is kept in it. */
  readonly opaque: string | null;
}

/** Memory that grows with every request, and does not stop. */
export const check: Check<Evidence> = {
  id: 'performance/memory-growth',
  claim: 'Thousands of requests leave no memory behind',
  skill: 'languages',
  severity: 'medium',
  names: { cwe: 'CWE-401', owasp: 'API4:2023' },
  needs: [],
  instance: 'own',
  applies: (_contract, shape) =>
    shape.resources.some(({ lists, read }) => lists.length > 0 || read !== null)
      ? applies
      : doesNotApply('the contract has nothing that can be read again and again'),
  probe: async (context) => {
    const nothing = { operations: [], trouble: null, samples: [], reference: null };
    if (/^(java|kotlin|scala|c#|f#|clojure)$/i.test(context.stack.language))
      return {
        ...nothing,
        opaque: `a runtime for ${context.stack.language} takes its heap from the system in advance and keeps it, so the size of the process does not tell what is kept in it`,
      };
    const own = await watch(context, context.backend);
    const reference = growthOf(own.samples) === null ? null : await watchReference(context);
    return { ...own, reference, opaque: null };
  },
  judge: ({ operations, trouble, samples, reference, opaque }) => {
    if (opaque !== null) return notApplicable(opaque);
    if (operations.length === 0) return undecided(trouble ?? 'no request could be repeated with success');
    const requests = samples.at(-1)?.requests ?? 0;
    if (requests < leastRequests)
      return undecided(`only ${count(requests, 'request')} were answered within the time; ${leastRequests} are needed`);
    const grown = (samples.at(-1)?.bytes ?? 0) - (samples[0]?.bytes ?? 0);
    const told = `${grown < 0 ? 'it shrank' : 'it grew'} by ${mebibytes(Math.abs(grown))} over the last ${requests - (samples[0]?.requests ?? 0)} of ${requests} requests`;
    const growth = growthOf(samples);
    if (growth === null)
      return isSuspicious(samples) && (samples.length <= rounds.enough || mayGoOn(samples))
        ? undecided(`${told}, and there was no time to see whether it stops`)
        : judged([], told);
    const theirs = reference === null ? null : slopeOf(points(reference));
    if (theirs !== null && growth.value < theirs.value * timesReference)
      return judged([], `${told}, much as the reference does`);
    return judged(
      [
        {
          key: 'grows',
          title: `Its memory grew by ${mebibytes(grown)} over ${requests - (samples[0]?.requests ?? 0)} requests, ${(growth.value / 1024).toFixed(1)} KiB for each, and did not stop`,
          detail: `After ${samples[0]?.requests} requests to warm up, the resident memory of all its processes was read after every ${perRound} requests, which read the same few things again. Of ${samples.length - 1} rounds, the least of each quarter was above the least of the quarter before, at the end as at the beginning. What grows with every request ends with the process: in production after days, at night.`,
          fix: 'Look for a list, map or cache at module level that requests add to and nothing takes from, for listeners that are added for each request, and for a cache without a bound. Give caches a size or a time; take a heap snapshot before and after some thousand requests to see what stays.',
          evidence: [
            {
              kind: 'value',
              label: 'MiB after so many requests',
              actual: samples.map(({ requests: after, bytes }) => [after, Math.round(bytes / 104_857.6) / 10]),
            },
            ...(reference === null
              ? []
              : [
                  {
                    kind: 'value' as const,
                    label: 'the reference, MiB',
                    actual: reference.map(({ requests: after, bytes }) => [after, Math.round(bytes / 104_857.6) / 10]),
                  },
                ]),
          ],
        },
      ],
      '',
    );
  },
};

async function watchReference(context: ProbeContext): Promise<readonly Sample[] | null> {
  const against = await context.reference();
  return 'unavailable' in against ? null : (await watch(context, against.instance)).samples;
}

/** Growth that is a leak, in bytes for each request; null when it is none, or cannot be told from a heap that finds its size. */
function growthOf(samples: readonly Sample[]): Estimate | null {
  const total = (samples.at(-1)?.bytes ?? 0) - (samples[0]?.bytes ?? 0);
  const each = samples.length > rounds.doubtful ? leastSteps.each : leastSteps.early;
  const isLeak =
    samples.length > (leaps(samples) ? rounds.doubtful : rounds.enough) &&
    isSuspicious(samples) &&
    isSteady(samples, each) &&
    total >= leastBytes;
  return isLeak ? slopeOf(points(samples)) : null;
}

/** Whether much of the growth came at once. */
function leaps(samples: readonly Sample[]): boolean {
  const steps = samples.slice(1).map(({ bytes }, index) => bytes - (samples[index]?.bytes ?? 0));
  return Math.max(...steps) > mostAtOnce * ((samples.at(-1)?.bytes ?? 0) - (samples[0]?.bytes ?? 0));
}

/** Whether it has grown much, and not for long enough to tell. */
function mayGoOn(samples: readonly Sample[]): boolean {
  const total = (samples.at(-1)?.bytes ?? 0) - (samples[0]?.bytes ?? 0);
  return samples.length <= rounds.doubtful && total >= leastBytes && isSteady(samples);
}

/** Whether it grew at the end as at the beginning. Collectors give back at some time: what is left at the least is what is kept. */
function isSteady(samples: readonly Sample[], each = leastSteps.each): boolean {
  const quarter = samples.length / 4;
  const least = [0, 1, 2, 3].map((at) =>
    Math.min(...samples.slice(Math.floor(at * quarter), Math.floor((at + 1) * quarter)).map(({ bytes }) => bytes)),
  );
  const steps = least.slice(1).map((bytes, index) => bytes - (least[index] ?? 0));
  const mean = steps.reduce((sum, step) => sum + step, 0) / steps.length;
  return mean > 0 && steps.every((step) => step >= each * mean) && (steps.at(-1) ?? 0) >= leastSteps.last * mean;
}

/** Whether it grew over the rounds so far, as a leak would make it, or so many times as much. */
function isSuspicious(samples: readonly Sample[], times = 1): boolean {
  return (slopeOf(points(samples))?.value ?? 0) >= times * leastPerRequest;
}

function points(samples: readonly Sample[]): readonly (readonly [number, number])[] {
  return samples.map(({ requests, bytes }) => [requests, bytes] as const);
}

async function watch(context: ProbeContext, instance: Instance): Promise<Omit<Evidence, 'reference' | 'opaque'>> {
  const { requests, trouble } = await loadRequests(context, instance);
  const distinct = await takesAnyQuery(instance, requests);
  const samples: Sample[] = [];
  let sent = 0;
  const send = async (number: number): Promise<void> => {
    const from = sent;
    const result = await runLoad({
      connect: () => instance.connect(),
      arrivals: burstArrivals(number),
      requestOf: (arrival) => unlike(requests, from + arrival, distinct, instance.authority),
      connections,
      judge: (_request, { status }) => (status < 500 ? null : `answered ${status}`),
      sendUntilMs: roundCapMs,
      signal: context.signal,
    });
    sent += result.answered;
  };
  if (requests.length > 0) {
    // A slow one does not get through it in one go.
    for (let turn = 0; turn < 5 && context.remaining() > 5000; turn += 1) {
      if (sent >= warmUp || context.signal.aborted) break;
      await send(warmUp - sent);
    }
    samples.push({ requests: sent, bytes: await residentBytes(context, instance) });
    for (let round = 1; round <= rounds.most && context.remaining() > 2 * roundCapMs; round += 1) {
      context.progress(`${sent} requests`);
      await send(perRound);
      samples.push({ requests: sent, bytes: await residentBytes(context, instance) });
      const isSettled =
        !isSuspicious(samples) ||
        growthOf(samples) !== null ||
        (samples.length > (isSuspicious(samples, 4) ? rounds.doubtful : rounds.enough) && !isSteady(samples));
      if (round >= rounds.first && isSettled && sent >= leastRequests) break;
    }
  }
  return { operations: requests.map(({ spec }) => spec.operation ?? ''), trouble, samples };
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

function mebibytes(bytes: number): string {
  return `${(bytes / 1024 / 1024).toFixed(1)} MiB`;
}
