import {
  type CheckResult,
  type Finding,
  type Report,
  severities,
  sharedCauses,
  skillNames,
  skills,
} from '@assay/contract';
import { handbookPage } from '../handbook.ts';
import { paint } from '../terminal/paint.ts';
import { columnsOf, wrap } from '../terminal/width.ts';
import { oneLine, visible } from '../terminal/visible.ts';
import { evidenceLines } from './evidence.ts';
import { progressReporter } from './progress.ts';
import { isKnown, knownFindings, newFindings } from './known.ts';
import type { Outputs, Reporter } from './reporter.ts';
import { count } from '../terminal/count.ts';

/** How many findings are told in full; the others get a line each. */
const told = 12;

/** For a person: live progress on standard error, then the verdict on standard output, by skill, the worst finding first. */
export function prettyReporter(outputs: Outputs): Reporter {
  const progress = progressReporter(outputs.progress);
  return {
    on: progress.on,
    stop: progress.stop,
    end: (report) => {
      progress.stop();
      outputs.result.write(prettyReport(report, outputs.result));
    },
  };
}

/** The report as text for a terminal. */
export function prettyReport(report: Report, stream: NodeJS.WriteStream): string {
  return [
    headline(report, stream),
    ...skillLines(report, stream),
    ...findingLines(report, stream),
    verdictLines(report, stream),
    '',
  ].join('\n');
}

function headline(report: Report, stream: NodeJS.WriteStream): string {
  const { language, framework, runtime } = report.backend.stack;
  const stack = `${[framework, language].filter((word) => word !== null).join(', ')}${runtime === null ? '' : ` on ${runtime}`}`;
  const against = report.challenge === null ? report.contract.source : `challenge ${report.challenge}`;
  return `\n${paint(stream, 'bold', oneLine(report.backend.path))}\n${paint(stream, 'dim', [stack, against, `seed ${report.seed}`, ...sandboxWords(report)].map(oneLine).join(' · '))}`;
}

/** Nothing when the run ended before it came to that. */
function sandboxWords(report: Report): string[] {
  if (report.sandbox.kind === 'bubblewrap') return ['in a sandbox'];
  return report.checks.length === 0 ? [] : ['without a sandbox'];
}

const marks = { passed: '✔', failed: '✘', undecided: '?', 'not-applicable': '–' } as const;
const colours = { passed: 'green', failed: 'red', undecided: 'yellow', 'not-applicable': 'dim' } as const;

function skillLines(report: Report, stream: NodeJS.WriteStream): string[] {
  const lines: string[] = [];
  const shared = sharedCauses(report.checks);
  const causes = new Map(shared.flatMap(({ cause, checks }) => checks.map((id) => [id, cause] as const)));
  for (const skill of skills) {
    const checks = report.checks.filter((check) => check.skill === skill && check.status !== 'not-applicable');
    if (checks.length === 0) continue;
    const { passed } = report.skills[skill];
    lines.push('', paint(stream, 'bold', `${skillNames[skill]}  ${passed}/${checks.length}`));
    lines.push(...checks.map((check) => checkLine(check, causes.get(check.id) ?? null, stream)));
  }
  for (const { reason, checks } of shared) {
    const columns = columnsOf(stream);
    lines.push(
      '',
      paint(
        stream,
        'yellow',
        wrap(`? ${count(checks.length, 'check')} undecided for one cause: ${oneLine(reason)}`, columns),
      ),
      paint(stream, 'dim', wrap(checks.join(', '), columns, '  ')),
    );
  }
  const skipped = report.checks.filter((check) => check.status === 'not-applicable');
  if (skipped.length > 0) {
    lines.push(
      '',
      paint(
        stream,
        'dim',
        wrap(`Not applicable here: ${skipped.map((check) => check.id).join(', ')}.`, columnsOf(stream)),
      ),
    );
  }
  return lines;
}

/** @param shared what others are undecided for as well, which is told below once for all of them */
function checkLine(check: CheckResult, shared: string | null, stream: NodeJS.WriteStream): string {
  const fails = check.status === 'failed' && !isKnown(check);
  const mark = paint(
    stream,
    fails || check.status !== 'failed' ? colours[check.status] : 'yellow',
    marks[check.status],
  );
  const note =
    check.status === 'failed'
      ? check.findings.map(({ id, known }) => (known === true ? `${id} (known)` : id)).join(', ')
      : oneLine(shared === null ? check.reason : `${shared}, see below`);
  const claim = fails ? paint(stream, 'bold', check.claim) : check.claim;
  const told = paint(stream, fails ? 'red' : 'dim', note);
  // One line where it fits, so that the findings stay near the top.
  const fits = `  x ${check.claim} ${check.id} · ${note}`.length <= columnsOf(stream);
  return `  ${mark} ${claim} ${paint(stream, 'dim', check.id)}${fits ? paint(stream, 'dim', ' · ') : '\n      '}${told}`;
}

function findingLines(report: Report, stream: NodeJS.WriteStream): string[] {
  const findings = worstFirst(report.checks);
  const lines: string[] = [];
  const explained = new Set<string>();
  for (const { finding, check } of findings.slice(0, told)) {
    lines.push('', findingText(finding, check.id, stream, !explained.has(check.id)));
    explained.add(check.id);
  }
  const rest = findings.slice(told);
  if (rest.length > 0) {
    lines.push('', paint(stream, 'bold', `… and ${rest.length} more`));
    lines.push(...rest.map(titleLine));
  }
  const known = report.checks.flatMap((check) => knownFindings(check).map((finding) => ({ finding, check })));
  if (known.length > 0) lines.push('', paint(stream, 'bold', 'Known to the baseline'), ...known.map(titleLine));
  return lines;
}

interface Found {
  readonly finding: Finding;
  readonly check: CheckResult;
}

function titleLine({ finding, check }: Found): string {
  return `  ${finding.id}  ${check.id}: ${oneLine(finding.title)}`;
}

/** All findings that are not known already, the worst first. */
function worstFirst(checks: readonly CheckResult[]): readonly Found[] {
  return checks
    .flatMap((check) => newFindings(check).map((finding) => ({ finding, check })))
    .sort((a, b) => severities.indexOf(a.finding.severity) - severities.indexOf(b.finding.severity));
}

const severityColours = { critical: 'red', high: 'red', medium: 'yellow', low: 'cyan' } as const;

/**
 * A finding told in full.
 *
 * @param explain whether its check's page is named: once is enough where several findings of it are told. A scenario has none.
 */
export function findingText(finding: Finding, check: string, stream: NodeJS.WriteStream, explain = true): string {
  const columns = columnsOf(stream);
  const names = [finding.names?.cwe, finding.names?.owasp, finding.names?.wfc].filter((name) => name !== undefined);
  const tags = [check, ...names].join(' · ');
  return [
    `${paint(stream, [severityColours[finding.severity], 'bold'], `${finding.id} ${finding.severity.toUpperCase()}`)}  ${paint(stream, 'dim', tags)}`,
    paint(stream, 'bold', wrap(oneLine(finding.title), columns)),
    wrap(visible(finding.detail), columns, '  '),
    ...finding.evidence.flatMap((piece) => evidenceLines(piece, stream)),
    // Painted afterwards: what a terminal does not show must not count when lines are broken.
    wrap(`Fix: ${visible(finding.fix)}`, columns, '  ').replace('Fix:', paint(stream, 'green', 'Fix:')),
    ...(explain && handbookPage(check) !== null ? [paint(stream, 'dim', `  More: assay explain ${check}`)] : []),
    `  ${paint(stream, 'cyan', 'Again:')} ${finding.replay}`,
  ].join('\n');
}

function verdictLines(report: Report, stream: NodeJS.WriteStream): string {
  const colour = report.verdict === 'passed' ? 'green' : report.verdict === 'failed' ? 'red' : 'yellow';
  const { exchanges, statements } = report.traffic;
  const seconds = (report.durations.total / 1000).toFixed(1);
  return [
    '',
    `${paint(stream, [colour, 'bold'], report.verdict.toUpperCase())}  ${visible(report.reason)}`,
    paint(
      stream,
      'dim',
      `${count(exchanges, 'request')}, ${count(statements, 'statement')}, ${seconds} s. The whole record: assay show ${report.run}`,
    ),
  ].join('\n');
}
