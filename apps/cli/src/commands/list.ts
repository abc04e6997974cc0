import { getReport, listChallenges, listRuns, listStacks, loadChallenge, openHome, planChecks } from '@assay/prove';
import { Command } from 'commander';
import { paint } from '../terminal/paint.ts';
import { jsonText, oneLine } from '../terminal/visible.ts';

export function listCommand(): Command {
  return new Command('list')
    .description('List the challenges, the checks, or the runs that are kept')
    .option('--checks', 'every check of the catalogue with its claim')
    .option('--runs', 'the runs that are kept, the newest first')
    .option('--json', 'for a machine')
    .action(async (options: { readonly checks?: boolean; readonly runs?: boolean; readonly json?: boolean }) => {
      const rows = options.checks ? checkRows() : options.runs ? runRows() : await challengeRows();
      if (options.json) process.stdout.write(`${jsonText(rows, 2)}\n`);
      else
        for (const [name, ...texts] of rows.map(Object.values))
          process.stdout.write(
            `${paint(process.stdout, 'bold', String(name))}\n${texts.flatMap((text) => (text === '' ? [] : [`    ${String(text)}\n`])).join('')}`,
          );
    });
}

function checkRows(): readonly Record<string, string>[] {
  return planChecks(null, []).map(({ id, claim }) => ({ id, claim }));
}

function runRows(): readonly Record<string, string>[] {
  const { runs } = openHome(process.env);
  return listRuns(runs).map((run) => ({ run, ...toldOf(runs, run), show: `assay show ${run}` }));
}

/** What a run judged, and what came of it. */
function toldOf(runs: string, run: string): Readonly<Record<string, string>> {
  try {
    const { backend, verdict, reason } = getReport(runs, run);
    return { backend: oneLine(backend.path), verdict, reason: oneLine(reason) };
  } catch {
    return { backend: '', verdict: 'undecided', reason: 'It was cut off before it began.' };
  }
}

async function challengeRows(): Promise<readonly Record<string, string>[]> {
  const challenges = await Promise.all(listChallenges().map((slug) => loadChallenge(slug)));
  return challenges.map((challenge) => ({
    slug: challenge.slug,
    summary: `${challenge.title}, level ${challenge.level}. ${challenge.summary}`,
    stacks: listStacks(challenge, 'starters').join(', '),
  }));
}
