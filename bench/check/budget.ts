/**
 * What a short time finds: mutants of `ledger/express` judged by every check with `--budget 20`. How many of the checks that must catch them failed
 * in that time, and which checks it was long enough for: the worst that can be found is looked for first.
 *   scripts/with-node bench/check/budget.ts [--json] [--budget SECONDS] [--mutants N] [--challenge SLUG]
 */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { parseArgs } from 'node:util';
import { NotMeasured, settle, settleWithout } from '../promises.ts';
import { judge } from './judge.ts';
import { chooseMutants, makeMutant } from './mutants.ts';

const { values } = parseArgs({
  options: {
    json: { type: 'boolean', default: false },
    challenge: { type: 'string', default: 'ledger' },
    budget: { type: 'string', default: '20' },
    mutants: { type: 'string', default: '4' },
  },
});
const root = path.resolve(import.meta.dirname, '../..');
const home = mkdtempSync(path.join(tmpdir(), 'assay-bench-'));
const scratch = mkdtempSync(path.join(tmpdir(), 'assay-bench-mutants-'));
const reference = path.join(root, 'challenges', values.challenge, 'backends/express');
const surroundings = { challenge: values.challenge, home };

interface Told {
  readonly mutant: string;
  readonly named: readonly string[];
  readonly seen: readonly string[];
  readonly ran: readonly string[];
  readonly unreached: readonly string[];
  readonly firstFindingSeconds: number | null;
}

try {
  // Builds, and starts PostgreSQL for the first time.
  const built = await judge(reference, { ...surroundings, only: ['contract/no-server-error'] });
  if (built.verdict === 'none') throw new NotMeasured(`${values.challenge}/express was not judged: ${built.said}`);
  const { mutants } = await chooseMutants(values.challenge, 'express', [], Number(values.mutants));
  const told: Told[] = [];
  const lacking: string[] = [];
  for (const mutant of mutants) {
    const folder = makeMutant(reference, mutant, scratch);
    const round = await judge(folder, { ...surroundings, only: [], budgetSeconds: Number(values.budget) });
    if (round.verdict === 'none') {
      lacking.push(`the mutant ${mutant.id} was not judged: ${round.said}`);
      continue;
    }
    const { failed, ran, unreached, firstFindingSeconds } = round;
    const seen = mutant.caughtBy.filter((id) => failed.includes(id));
    told.push({ mutant: mutant.id, named: mutant.caughtBy, seen, ran, unreached, firstFindingSeconds });
  }
  if (told.length === 0) lacking.push('there was no mutant to judge');
  const sum = (of: (each: Told) => number): number => told.reduce((total, each) => total + of(each), 0);
  const named = sum((each) => each.named.length);
  const seen = sum((each) => each.seen.length);
  const result = { budgetSeconds: Number(values.budget), named, seen, told };
  process.stdout.write(
    values.json
      ? `${JSON.stringify(result, null, 2)}\n`
      : [
          ...told.flatMap((each) => [
            `${each.mutant}: ${each.seen.length} of the ${each.named.length} checks that must catch it failed${each.firstFindingSeconds === null ? '' : `, the first finding after ${each.firstFindingSeconds.toFixed(1)} s`}`,
            `  ${each.ran.length} checks ran, ${each.unreached.length} did not get to it: ${each.unreached.join(', ') || '–'}`,
          ]),
          `${seen} of ${named} named checks failed within ${values.budget} s, on ${told.length} mutants`,
          '',
        ].join('\n'),
  );
  if (lacking.length > 0) settle([], lacking);
} catch (error) {
  settleWithout(error);
} finally {
  rmSync(home, { recursive: true, force: true });
  rmSync(scratch, { recursive: true, force: true });
}
