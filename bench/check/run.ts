/**
 * A full judgement of `todo/express`, after its build is cached: how long it takes, when the first finding of each of its mutants shows, and what
 * Assay itself uses beside the backend and PostgreSQL.
 *   scripts/with-node bench/check/run.ts [--json] [--rounds N] [--challenge SLUG] [--whole] [--mutants N] [--report-only]
 * Of `todo` the checks are those of the first release, of any other challenge, or with `--whole`, all there are. Every figure is the median of its rounds.
 */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { parseArgs } from 'node:util';
import { median } from '../median.ts';
import { atMost, below, NotMeasured, type Promised, promiseOptions, settle, settleWithout } from '../promises.ts';
import { judge, type Round } from './judge.ts';
import { type Flawed, flawedOf, whyUnmeasured } from './flawed.ts';
import { chooseMutants, makeMutant } from './mutants.ts';

const { values } = parseArgs({
  options: {
    ...promiseOptions,
    json: { type: 'boolean', default: false },
    rounds: { type: 'string', default: '3' },
    challenge: { type: 'string', default: 'todo' },
    whole: { type: 'boolean', default: false },
    mutants: { type: 'string' },
  },
});
const root = path.resolve(import.meta.dirname, '../..');
const rounds = Number(values.rounds);
const name = `${values.challenge}/express`;
const isFirstRelease = values.challenge === 'todo' && !values.whole;
/** The checks of the first release; empty for all. */
const only = !isFirstRelease
  ? []
  : [
      'contract',
      'http',
      'data/round-trip',
      'data/update-is-visible',
      'data/delete-is-final',
      'queries/no-n-plus-one',
      'queries/bounded-result',
      'security/sql-injection',
      'security/error-detail',
      'resilience/acknowledged-writes-survive-kill',
      'resilience/malformed-http',
    ];
/** Seconds for a whole judgement, where that is promised. */
const promisedSeconds = isFirstRelease ? 20 : values.challenge === 'ledger' ? 75 : null;

const home = mkdtempSync(path.join(tmpdir(), 'assay-bench-'));
const scratch = mkdtempSync(path.join(tmpdir(), 'assay-bench-mutants-'));
const reference = path.join(root, 'challenges', values.challenge, 'backends/express');
const surroundings = { challenge: values.challenge, home };
try {
  // Builds, and starts PostgreSQL for the first time.
  const built = await judge(reference, { ...surroundings, only: ['contract/no-server-error'] });
  if (built.verdict === 'none') throw new NotMeasured(`${name} was not judged: ${built.said}`);
  const results: Round[] = [];
  for (let round = 0; round < rounds; round += 1) results.push(await judge(reference, { ...surroundings, only }));
  const chosen = await chooseMutants(
    values.challenge,
    'express',
    only,
    values.mutants === undefined ? undefined : Number(values.mutants),
  );
  const flawed: Flawed[] = [];
  for (const mutant of chosen.mutants) {
    const folder = makeMutant(reference, mutant, scratch);
    const each: Round[] = [];
    for (let round = 0; round < rounds; round += 1) each.push(await judge(folder, { ...surroundings, only }));
    flawed.push(flawedOf(mutant.id, each));
  }
  const measured = flawed.filter((each) => whyUnmeasured(each) === null);
  const missed = measured.filter(({ rounds: each }) => each.some(({ verdict }) => verdict === 'passed'));
  const bySpeed = measured
    .filter(({ firstFindingSeconds }) => Number.isFinite(firstFindingSeconds))
    .toSorted((a, b) => a.firstFindingSeconds - b.firstFindingSeconds);
  const slowest = bySpeed.at(-1);
  const of = (figure: 'totalSeconds' | 'assayCpuSeconds' | 'othersCpuSeconds'): number =>
    median(results.map((round) => round[figure]));
  const summary = {
    challenge: values.challenge,
    rounds,
    totalSeconds: of('totalSeconds'),
    firstFinding: {
      mutants: bySpeed.length,
      medianSeconds: median(bySpeed.map(({ firstFindingSeconds }) => firstFindingSeconds)),
      slowest: slowest === undefined ? null : { mutant: slowest.mutant, seconds: slowest.firstFindingSeconds },
      notJudged: flawed.length - measured.length,
      notFound: missed.map(({ mutant }) => mutant),
      /** Mutants that only other checks catch. */
      leftOut: chosen.all - chosen.within,
    },
    assayCpuSeconds: of('assayCpuSeconds'),
    othersCpuSeconds: of('othersCpuSeconds'),
    assayCpuOverBackendAndPostgres: median(results.map((round) => round.assayCpuSeconds / round.othersCpuSeconds)),
    assayPeakMegabytes: Math.max(...results.map((round) => round.assayPeakMegabytes)),
    mainPeakMegabytes: Math.max(...results.map((round) => round.mainPeakMegabytes)),
  };
  const { firstFinding } = summary;
  process.stdout.write(
    values.json
      ? `${JSON.stringify({ ...summary, results, flawed }, null, 2)}\n`
      : [
          `${name}: ${results.map(({ verdict }) => verdict).join(', ')} in ${summary.totalSeconds.toFixed(1)} s (medians of ${rounds} rounds)`,
          ...(slowest === undefined
            ? []
            : [
                `first finding of ${bySpeed.length} mutants: median ${firstFinding.medianSeconds.toFixed(1)} s, the slowest ${slowest.firstFindingSeconds.toFixed(1)} s (${slowest.mutant})`,
              ]),
          ...(flawed.length === 0
            ? []
            : [
                `${flawed.length} of ${chosen.all} mutants tried, ${firstFinding.leftOut} left to other checks; ${firstFinding.notJudged} not judged, ${missed.length} not caught in every round`,
              ]),
          `CPU: Assay ${summary.assayCpuSeconds.toFixed(1)} s, backend and PostgreSQL ${summary.othersCpuSeconds.toFixed(1)} s, ratio ${summary.assayCpuOverBackendAndPostgres.toFixed(2)}`,
          `memory of Assay: at most ${summary.assayPeakMegabytes.toFixed(0)} MB, of which the main process ${summary.mainPeakMegabytes.toFixed(0)} MB`,
          '',
        ].join('\n'),
  );
  const promises: Promised[] = [
    ...(promisedSeconds === null
      ? []
      : [atMost(`a judgement of ${name}, median`, summary.totalSeconds, promisedSeconds, 's')]),
    below("CPU time of Assay over the backend's and PostgreSQL's, median", summary.assayCpuOverBackendAndPostgres, 1),
    atMost('memory of Assay at its peak', summary.assayPeakMegabytes, 300, 'MB'),
    atMost(`judgements that failed ${name}`, results.filter(({ verdict }) => verdict === 'failed').length, 0),
    ...(isFirstRelease && flawed.length > 0
      ? [
          atMost(
            `the first finding of ${slowest?.mutant ?? 'any mutant'}, the slowest`,
            slowest?.firstFindingSeconds ?? Number.NaN,
            5,
            's',
          ),
        ]
      : []),
    ...(flawed.length > 0
      ? [atMost(`mutants not caught in every round (${firstFinding.notFound.join(', ')})`, missed.length, 0)]
      : []),
  ];
  settle(promises, [
    ...results.flatMap(({ verdict, said }) =>
      verdict === 'none'
        ? [`a round of ${name} was not judged: ${said}`]
        : verdict === 'undecided'
          ? [`a judgement of ${name} came out undecided`]
          : [],
    ),
    ...flawed.flatMap((each) => whyUnmeasured(each) ?? []),
  ]);
} catch (error) {
  settleWithout(error);
} finally {
  rmSync(home, { recursive: true, force: true });
  rmSync(scratch, { recursive: true, force: true });
}
