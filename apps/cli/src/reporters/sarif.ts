import { createHash } from 'node:crypto';
import { existsSync } from 'node:fs';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import { type Finding, type Report, type Severity, skillNames } from '@assay/contract';
import { jsonText } from '../terminal/visible.ts';
import type { Outputs, Reporter } from './reporter.ts';
import { helpOf } from './sarif-help.ts';
import { unfinished } from './unfinished.ts';

const levels: Readonly<Record<Severity, 'error' | 'warning' | 'note'>> = {
  critical: 'error',
  high: 'error',
  medium: 'warning',
  low: 'note',
};
/** CVSS-like numbers by which code hosts sort. */
const ranks: Readonly<Record<Severity, string>> = { critical: '9.5', high: '8.0', medium: '5.5', low: '3.0' };

/** SARIF 2.1.0, for code hosts and editors. A finding stands at the contract, since no line of the backend is known, or else at its folder. */
export function sarifReporter(outputs: Outputs): Reporter {
  return { on: () => undefined, end: (report) => outputs.result.write(`${jsonText(sarif(report), 2)}\n`) };
}

export function sarif(report: Report): object {
  const rules = report.checks.map((check) => ({
    id: check.id,
    name: check.id.replaceAll(/(?:^|[/-])(\w)/g, (_, letter: string) => letter.toUpperCase()),
    shortDescription: { text: `${check.claim}.` },
    fullDescription: {
      text: `${check.claim}. A check of the area ${check.area}; it counts toward ${skillNames[check.skill]}.`,
    },
    help: helpOf(check.id),
    defaultConfiguration: { level: levels[check.severity] },
    properties: { tags: [check.area, check.skill], 'security-severity': ranks[check.severity] },
  }));
  const notifications = undecided(report);
  return {
    $schema: 'https://json.schemastore.org/sarif-2.1.0.json',
    version: '2.1.0',
    runs: [
      {
        tool: { driver: { name: 'Assay', semanticVersion: report.tool.version, rules } },
        automationDetails: { id: categoryOf(report) },
        invocations: [
          {
            executionSuccessful: notifications.length === 0,
            startTimeUtc: report.startedAt,
            ...(notifications.length === 0 ? {} : { toolExecutionNotifications: notifications }),
          },
        ],
        results: report.checks.flatMap((check, index) =>
          check.findings.map((finding) => result(finding, check.id, index, report)),
        ),
      },
    ],
  };
}

/** Code hosts keep results by this, and replace those of before: each backend of a repository has its own. */
function categoryOf({ challenge, backend }: Report): string {
  const folder = placeInRepository(path.resolve(backend.path)).split(path.sep).filter(Boolean).map(encodeURIComponent);
  return ['assay', challenge ?? 'own', ...folder, ''].join('/');
}

/** The folder as it is called from the root of its repository; one in none by its name. */
function placeInRepository(folder: string): string {
  for (let above = folder; ; above = path.dirname(above)) {
    if (existsSync(path.join(above, '.git'))) return path.relative(above, folder);
    if (above === path.dirname(above)) return path.basename(folder);
  }
}

/** What the results say nothing of: each check that was not decided, and the run where it was cut off. */
function undecided(report: Report): readonly object[] {
  const why = unfinished(report);
  return [
    ...(why === null ? [] : [{ level: 'error', message: { text: why } }]),
    ...report.checks.flatMap(({ id, status, reason }, index) =>
      status === 'undecided'
        ? [{ level: 'error', message: { text: `${id}: ${reason}` }, associatedRule: { id, index } }]
        : [],
    ),
  ];
}

/** GitHub tells findings apart by this one alone, and would make it from the line, which is the same for all of them. */
function lineHash({ fingerprint }: Finding): string {
  return `${createHash('sha256').update(fingerprint).digest('hex').slice(0, 16)}:1`;
}

function result(finding: Finding, rule: string, ruleIndex: number, report: Report): object {
  return {
    ruleId: rule,
    ruleIndex,
    level: levels[finding.severity],
    message: { text: `${finding.title}\n\n${finding.detail}\n\nFix: ${finding.fix}\n\nAgain: ${finding.replay}` },
    locations: [
      {
        physicalLocation: {
          artifactLocation: { uri: placeOf(report) },
          region: { startLine: 1 },
        },
        ...(finding.operation === undefined
          ? {}
          : { logicalLocations: [{ fullyQualifiedName: finding.operation, kind: 'function' }] }),
      },
    ],
    partialFingerprints: { 'assay/v1': finding.fingerprint, primaryLocationLineHash: lineHash(finding) },
    ...(isCompared(report) ? { baselineState: finding.known === true ? 'unchanged' : 'new' } : {}),
    properties: { id: finding.id, severity: finding.severity, ...finding.names },
  };
}

/** Whether there was a baseline that has any of it. */
function isCompared({ checks }: Report): boolean {
  return checks.some(({ findings }) => findings.some(({ known }) => known === true));
}

/** Relative to where the command was given, as code hosts find a file in the repository; elsewhere as it is. */
function placeOf({ contract, backend }: Report): string {
  // One that the backend serves lies in no repository.
  const file = path.isAbsolute(contract.source) ? contract.source : backend.path;
  const relative = path.relative(process.cwd(), file);
  if (relative.startsWith('..') || path.isAbsolute(relative)) return pathToFileURL(file).href;
  return relative === '' ? '.' : relative.split(path.sep).map(encodeURIComponent).join('/');
}
