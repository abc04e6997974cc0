import path from 'node:path';
import { type CheckStatus, Fault, type Finding, type Report } from '@assay/contract';
import { checkToReplay, getReport, openHome, prove, rejudge } from '@assay/prove';
import { Command } from 'commander';
import { exitStatus } from '../exit.ts';
import { interruptible } from '../interrupt.ts';
import { findingText } from '../reporters/pretty.ts';
import { progressReporter } from '../reporters/progress.ts';
import { gatherTroubles } from '../reporters/troubles.ts';
import { paint } from '../terminal/paint.ts';
import { oneLine } from '../terminal/visible.ts';
import { version } from '../version.ts';
import { lastRun } from './show.ts';

export function replayCommand(): Command {
  return new Command('replay')
    .description('See a finding again, against a freshly started backend')
    .argument('<finding>', 'its id in the last run (f-3), or in another: RUN/f-3')
    .option('--recorded', 'judge the recorded evidence again, without starting anything')
    .addHelpText(
      'after',
      '\nExamples:\n  assay replay f-3\n  assay replay 20260101-120000-4f2a9c/f-1\n\nExit status: 0 it is gone, 1 it is still there, 3 it could not be decided.',
    )
    .action(async (name: string, options: { readonly recorded?: boolean }) => {
      const home = openHome(process.env);
      const slash = name.lastIndexOf('/');
      const run = slash < 0 ? lastRun(home.runs) : name.slice(0, slash);
      const report = getReport(home.runs, run);
      const { finding, check } = findingOf(report, name.slice(slash + 1), run);
      if (options.recorded === true) {
        if (check.startsWith('launch/'))
          throw new Fault(
            'bad-usage',
            `No evidence is kept of ${check}: only a backend that is started shows it again.`,
            `Use \`assay replay ${name}\`, without --recorded.`,
          );
        const again = await rejudge(home.runs, report, check);
        tell(again.some((draft) => draft.key === finding.key) ? finding : null, finding, check, 'passed');
        return;
      }
      const progress = progressReporter(process.stderr);
      const troubles = gatherTroubles(process.stderr);
      const fresh = await interruptible((signal) =>
        prove(
          {
            folder: report.backend.path,
            challenge: report.challengeFolder ?? report.challenge,
            contract:
              report.challenge === null && path.isAbsolute(report.contract.source) ? report.contract.source : null,
            only: [checkToReplay(check, finding)],
            seed: report.seed,
            startTimeoutSeconds: report.startTimeoutSeconds ?? null,
            budgetSeconds: null,
            // One that was judged without a sandbox may do other things in one.
            sandbox: report.sandbox.kind === 'none' && check !== 'launch/starts' ? 'off' : 'auto',
            home,
            ownServer: process.env['DATABASE_URL'],
            version,
            known: new Set(),
            focus: finding.operation ?? null,
            transient: true,
            onTrouble: troubles.add,
            signal,
          },
          progress.on,
        ),
      ).finally(() => {
        progress.stop();
        troubles.tell();
      });
      // Only the check itself can say that it is gone: not one that never came to it because the backend does not start any more.
      const result = fresh.checks.find((one) => one.id === check);
      const again = result?.findings.find((one) => one.fingerprint === finding.fingerprint);
      tell(again ?? null, finding, check, result?.status ?? 'undecided', result?.reason ?? fresh.reason);
    });
}

function tell(again: Finding | null, before: Finding, check: string, status: CheckStatus, reason = ''): void {
  const out = process.stdout;
  if (again !== null) {
    out.write(
      `${findingText(again, check, out)}\n\n${paint(out, ['red', 'bold'], 'STILL THERE')}  ${before.fingerprint}\n`,
    );
    process.exitCode = exitStatus.failed;
  } else if (status === 'undecided' || status === 'not-applicable') {
    out.write(`${paint(out, ['yellow', 'bold'], 'UNDECIDED')}  ${before.fingerprint}\n${oneLine(reason)}\n`);
    process.exitCode = exitStatus.undecided;
  } else {
    out.write(`${paint(out, ['green', 'bold'], 'GONE')}  ${oneLine(before.title)}\n`);
    process.exitCode = exitStatus.passed;
  }
}

function findingOf(report: Report, id: string, run: string): { readonly finding: Finding; readonly check: string } {
  for (const check of report.checks) {
    const finding = check.findings.find((one) => one.id === id);
    if (finding !== undefined) return { finding, check: check.id };
  }
  const ids = report.checks.flatMap((check) => check.findings.map((finding) => finding.id));
  throw new Fault(
    'unknown-finding',
    `Run ${run} has no finding ${id}; ${ids.length === 0 ? 'it has none at all' : `it has ${ids.join(', ')}`}.`,
  );
}
