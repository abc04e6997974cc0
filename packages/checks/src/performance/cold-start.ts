import type { Check, Instance, ProbeContext } from '@assay/contract';
import { applies, doesNotApply, judged, notApplicable, undecided } from '../kit/judgement.ts';
import { median } from '../kit/load/statistics.ts';

/** A finding needs every start to be slower than this many times the slowest of the reference's, and a second more. */
const mostTimes = { alike: 3, other: 10 };
const graceMs = 1000;
const rounds = 3;
/** A slow pair of starts is not repeated as often. Milliseconds. */
const slowPairMs = 8000;

interface Evidence {
  /** Milliseconds from the start to the first answer; null when it did not start. */
  readonly own: readonly (number | null)[];
  readonly others: readonly (number | null)[];
  readonly reference: { readonly name: string; readonly alike: boolean } | null;
  readonly unavailable: string | null;
}

/** The backend answers about as soon after its start as the challenge's reference. */
export const check: Check<Evidence> = {
  id: 'performance/cold-start',
  claim: 'It answers at most three times as long after its start as the reference, and a second more',
  skill: 'frameworks',
  severity: 'low',
  names: { cwe: 'CWE-405' },
  needs: [],
  instance: 'own',
  alone: true,
  applies: (contract) => (contract.operations.length > 0 ? applies : doesNotApply('the contract has no operations')),
  probe: async (context) => {
    const against = await context.reference();
    const own: (number | null)[] = [];
    const others: (number | null)[] = [];
    for (let round = 0; round < rounds && !context.signal.aborted; round += 1) {
      const began = performance.now();
      context.progress(`start ${round + 1}`);
      own.push(await start(context, context.backend));
      if (!('unavailable' in against)) others.push(await start(context, against.instance));
      else if (round > 0) break;
      if (round > 0 && performance.now() - began > slowPairMs) break;
    }
    return {
      own,
      others,
      reference: 'unavailable' in against ? null : { name: against.name, alike: against.alike },
      unavailable: 'unavailable' in against ? against.unavailable : null,
    };
  },
  judge: ({ own, others, reference, unavailable }) => {
    const [mine, theirs] = [own.filter((ms) => ms !== null), others.filter((ms) => ms !== null)];
    const told = (times: readonly number[]): string => times.map((ms) => `${(ms / 1000).toFixed(2)} s`).join(', ');
    if (reference === null)
      return notApplicable(
        `${unavailable ?? 'there is no reference'}; from its start to its first answer it took ${told(mine)}`,
      );
    if (mine.length < 2 || theirs.length < 2 || mine.length < own.length)
      return undecided('it could not be started often enough to compare');
    const limitOf = (ms: number): number => ms * (reference.alike ? mostTimes.alike : mostTimes.other) + graceMs;
    const figures = `from its start to its first answer it took ${told(mine)}, the reference ${reference.name} ${told(theirs)}`;
    if (median(mine) <= limitOf(median(theirs))) return judged([], figures);
    if (Math.min(...mine) <= limitOf(Math.max(...theirs))) return undecided(`too close to tell: ${figures}`);
    return judged(
      [
        {
          key: 'slow start',
          title: `${figures.charAt(0).toUpperCase()}${figures.slice(1)}`,
          detail:
            'Both were killed and started again in turns, on a database that was there already. However long the start takes, that long nobody is served after a crash, and that much longer every deploy and every reaction to more load takes.',
          fix: 'Wait for what is needed and not for a time; do what is not needed for the first answer later, or once at build time; load only what is used.',
          evidence: [
            { kind: 'value', label: 'milliseconds', expected: theirs.map(Math.round), actual: mine.map(Math.round) },
          ],
        },
      ],
      '',
    );
  },
};

/** Kills it and starts it again, and asks for something. */
async function start(context: ProbeContext, instance: Instance): Promise<number | null> {
  await instance.kill();
  const began = performance.now();
  const outcome = await instance.start();
  if (!outcome.ready) return null;
  // Whatever comes back, an answer it is.
  const target = context.contract.operations.find(({ method, path }) => method === 'GET' && !path.includes('{'))?.path;
  const { response } = await instance.send({ method: 'GET', target: target ?? '/', as: null });
  return response === undefined ? null : performance.now() - began;
}
