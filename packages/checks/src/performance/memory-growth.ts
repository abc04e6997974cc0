import type { Check, ProbeContext } from '@assay/contract';
import { applies, doesNotApply, judged, notApplicable, undecided } from '../kit/judgement.ts';
import {
  grown,
  growsOn,
  growthOf,
  isSuspicious,
  latelyGrowing,
  mayGoOn,
  rounds,
  type Sample,
} from '../kit/load/growth.ts';
import { leastRequests, notServed, perRound, type WatchedMemory, watchedMemory } from '../kit/load/watched-memory.ts';
import type { Estimate } from '../kit/load/statistics.ts';
import { count } from '../kit/words.ts';

/** How many times the growth of the reference under the same load it must be. */
const timesReference = 3;

interface Evidence
  extends Omit<WatchedMemory, 'answers' | 'again' | 'collected'>,
    Partial<Pick<WatchedMemory, 'answers' | 'again' | 'collected'>> {
  /** The same load on the reference; only taken when it grew and was not seen to stop. */
  readonly reference: readonly Sample[] | null;
  /** Why the size of the process does not tell what is kept in it. */
  readonly opaque: string | null;
  /** Its heap grows for as long as the machine has memory to give, unless it is asked to throw away what nothing refers to. */
  readonly lazy?: boolean;
  /** Nothing says what it is written in: it may be a runtime that takes its heap in advance. */
  readonly unknownRuntime?: boolean;
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
    const { language } = context.stack;
    if (/^(java|kotlin)$/i.test(language))
      return {
        ...nothing,
        opaque: `a runtime for ${language} takes its heap from the system in advance and keeps it, so the size of the process does not tell what is kept in it`,
      };
    const unknownRuntime = language === 'unknown';
    const own = await watchedMemory(context, context.backend);
    const growth = growthOf(own.samples);
    const isOpen = growth !== null && !unknownRuntime && !hasStopped(growth, own);
    const reference = isOpen ? await watchReference(context, own.samples.length - 1) : null;
    return { ...own, reference, opaque: null, unknownRuntime, lazy: /^(java|type)script$/i.test(language) };
  },
  judge: (evidence) => {
    const {
      operations,
      trouble,
      samples,
      answers = {},
      again = null,
      fresh,
      reference,
      opaque,
      unknownRuntime,
    } = evidence;
    const { collected = true, lazy = false } = evidence;
    if (opaque !== null) return notApplicable(opaque);
    if (operations.length === 0) return undecided(trouble ?? 'no request could be repeated with success');
    const refused = notServed(answers);
    if (refused !== null) return undecided(refused);
    const requests = samples.at(-1)?.requests ?? 0;
    if (requests < leastRequests)
      return undecided(`only ${count(requests, 'request')} were answered within the time; ${leastRequests} are needed`);
    const over = requests - (samples[0]?.requests ?? 0);
    if (over === 0) return undecided('no request was answered with success after the warm-up');
    const more = grown(samples);
    const told = `${more < 0 ? 'it shrank' : 'it grew'} by ${mebibytes(Math.abs(more))} over the last ${over} of ${requests} requests`;
    const growth = growthOf(samples);
    if (growth === null)
      return isSuspicious(samples) && (samples.length <= rounds.enough || mayGoOn(samples))
        ? undecided(`${told}, and there was no time to see whether it stops`)
        : judged([], told);
    if (unknownRuntime === true)
      return undecided(
        `${told}, and what runs it is not known: some runtimes take their heap from the system in advance`,
      );
    const goesOn = again === null ? true : growsOn(growth, again);
    if (goesOn === null)
      return undecided(`${told}, and there was no time to see whether it grows as well when addresses come again`);
    if (hasStopped(growth, { again, fresh }))
      return judged([], `${told}, and no more afterwards, of new addresses either`);
    const theirs = reference === null ? null : latelyGrowing(reference);
    if (reference !== null && theirs !== null && growth.value < theirs * timesReference)
      return reference.length < samples.length
        ? undecided(`${told}; the reference grew as well, and there was no time to see whether it stops`)
        : judged([], `${told}, much as the reference does`);
    if (!goesOn)
      return undecided(
        `${told}, and no more when the same addresses came again: it keeps something for each address, and whether it lets go of it later was not seen`,
      );
    if (lazy && !collected)
      return undecided(
        `${told}, and did not stop; its heap may grow like that until the runtime tidies it up, which it could not be asked to do here`,
      );
    return judged(
      [
        {
          key: 'grows',
          title: `Its memory grew by ${mebibytes(more)} over ${over} requests, ${(growth.value / 1024).toFixed(1)} KiB for each, and did not stop`,
          detail: `After ${samples[0]?.requests} requests to warm up, the resident memory of all its processes was read after every ${perRound} requests, which read the same few things again${lazy ? '; each time after its runtime had thrown away what nothing refers to' : ''}.${again === null ? '' : ` It grew on in ${count(again.length - 1, 'round')} of addresses that had been asked for before.`} Of ${samples.length - 1} rounds, the least of each quarter was above the least of the quarter before, at the end as at the beginning. What grows with every request ends with the process: in production after days, at night.`,
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

/** Whether it grew no more of addresses that came again, and at last of new ones neither. */
function hasStopped(growth: Estimate, { again, fresh }: Partial<Pick<WatchedMemory, 'again' | 'fresh'>>): boolean {
  // A collector gives back in leaps: some rounds without growth say nothing of new addresses.
  const isOver = (later: readonly Sample[] | null | undefined, last: number): boolean =>
    later !== undefined && later !== null && growsOn(growth, later, last) === false;
  return isOver(again, rounds.first) && isOver(fresh, rounds.enough);
}

async function watchReference(context: ProbeContext, number: number): Promise<readonly Sample[] | null> {
  const against = await context.reference();
  if ('unavailable' in against) return null;
  const { samples } = await watchedMemory(context, against.instance, number);
  return samples.length === 0 ? null : samples;
}

function mebibytes(bytes: number): string {
  return `${(bytes / 1024 / 1024).toFixed(1)} MiB`;
}
