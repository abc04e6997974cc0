import type { CheckResult, Finding, Report } from '@assay/contract';
import { bodyText } from '@assay/contract';
import { visible } from '../terminal/visible.ts';
import { isKnown, knownFindings, newFindings } from './known.ts';
import type { Outputs, Reporter } from './reporter.ts';
import { unfinished } from './unfinished.ts';

/**
 * JUnit XML as CI servers read it: a suite for each area, a case for each check. Undecided is an error; not applicable is skipped, and so is what
 * failed with nothing but what the baseline has too: a CI server calls a run with any failure a failed one.
 */
export function junitReporter(outputs: Outputs): Reporter {
  return { on: () => undefined, end: (report) => outputs.result.write(junit(report)) };
}

export function junit(report: Report): string {
  const areas = [...new Set(report.checks.map((check) => check.area))];
  const suites = areas.map((area) =>
    suite(
      area,
      report.checks.filter((check) => check.area === area),
      report,
    ),
  );
  const why = unfinished(report);
  if (why !== null) suites.unshift(undecided(report, why));
  const seconds = (report.durations.total / 1000).toFixed(3);
  return `<?xml version="1.0" encoding="UTF-8"?>\n<testsuites name="assay" ${counts(report.checks, why === null ? 0 : 1)} time="${seconds}">\n${suites.join('')}</testsuites>\n`;
}

function suite(area: string, checks: readonly CheckResult[], report: Report): string {
  return `  <testsuite name="${escape(area)}" ${counts(checks)} timestamp="${report.startedAt.slice(0, 19)}">\n${checks.map(testCase).join('')}  </testsuite>\n`;
}

function undecided(report: Report, why: string): string {
  return `  <testsuite name="run" ${counts([], 1)} timestamp="${report.startedAt.slice(0, 19)}">\n    <testcase classname="run" name="run/verdict" time="0.000"><error message="${escape(why)}"/></testcase>\n  </testsuite>\n`;
}

/** @param others cases that stand for no check, each of them an error */
function counts(checks: readonly CheckResult[], others = 0): string {
  const number = (status: CheckResult['status']): number => checks.filter((check) => check.status === status).length;
  const known = checks.filter(isKnown).length;
  return `tests="${checks.length + others}" failures="${number('failed') - known}" errors="${number('undecided') + others}" skipped="${number('not-applicable') + known}"`;
}

function testCase(check: CheckResult): string {
  const open = `    <testcase classname="${escape(check.area)}" name="${escape(check.id)}" time="${(check.durationMs / 1000).toFixed(3)}"`;
  switch (check.status) {
    case 'passed':
      return `${open}/>\n`;
    case 'not-applicable':
      return `${open}><skipped message="${escape(check.reason)}"/></testcase>\n`;
    case 'undecided':
      return `${open}><error message="${escape(check.reason)}"/></testcase>\n`;
    case 'failed':
      if (isKnown(check))
        return `${open}><skipped message="${escape(`known to the baseline: ${titles(knownFindings(check))}`)}"/></testcase>\n`;
      // JUnit has room for one failure in a case; the others follow in its text.
      return `${open}><failure type="${check.severity}" message="${escape(titles(newFindings(check)))}">${escape(story(check))}</failure></testcase>\n`;
    default:
      return check.status satisfies never;
  }
}

function titles(findings: readonly Finding[]): string {
  return findings.map(({ title }) => title).join('; ');
}

function story(check: CheckResult): string {
  return newFindings(check)
    .map((finding) => {
      const exchanges = finding.evidence.flatMap((piece) =>
        piece.kind === 'exchange'
          ? [
              `> ${piece.exchange.request.method} ${piece.exchange.request.target}\n< ${piece.exchange.response?.status ?? piece.exchange.error?.kind} ${bodyText(piece.exchange.response?.body).slice(0, 500)}`,
            ]
          : [],
      );
      return [
        `${finding.id} ${finding.title}`,
        finding.detail,
        ...exchanges,
        `Fix: ${finding.fix}`,
        `Again: ${finding.replay}`,
      ].join('\n');
    })
    .join('\n\n');
}

/** Control characters as their pictures, and without what XML 1.0 cannot hold at all. */
function escape(text: string): string {
  return visible(text.toWellFormed())
    .replaceAll(/[\ufffe\uffff]/g, '')
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;')
    .replaceAll('"', '&quot;');
}
