import path from 'node:path';
import { pathToFileURL } from 'node:url';
import type { Finding, Report, Severity } from '@assay/contract';
import { jsonText } from '../terminal/visible.ts';
import type { Outputs, Reporter } from './reporter.ts';

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
    defaultConfiguration: { level: levels[check.severity] },
    properties: { tags: [check.area, check.skill], 'security-severity': ranks[check.severity] },
  }));
  return {
    $schema: 'https://json.schemastore.org/sarif-2.1.0.json',
    version: '2.1.0',
    runs: [
      {
        tool: { driver: { name: 'Assay', semanticVersion: report.tool.version, rules } },
        automationDetails: { id: `assay/${report.challenge ?? 'own'}/` },
        invocations: [
          {
            executionSuccessful: report.verdict !== 'undecided',
            startTimeUtc: report.startedAt,
            ...(report.verdict === 'undecided'
              ? { toolExecutionNotifications: [{ level: 'error', message: { text: report.reason } }] }
              : {}),
          },
        ],
        results: report.checks.flatMap((check, index) =>
          check.findings.map((finding) => result(finding, check.id, index, report)),
        ),
      },
    ],
  };
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
    partialFingerprints: { 'assay/v1': finding.fingerprint },
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
