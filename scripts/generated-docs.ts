/** The parts of the documentation that are written from tables of the code, so that they cannot go stale. */
import type { CheckDescription, FaultNames } from '@assay/contract';
import { faults, skillNames } from '@assay/contract';
import { areas, registry } from '@assay/checks';
import { launchChecks } from '../packages/prove/src/launch-checks.ts';

interface Described extends Omit<CheckDescription, 'needs' | 'instance'> {
  readonly needs: CheckDescription['needs'];
  readonly instance: CheckDescription['instance'] | null;
}

/** Every check that has a page, in the order of the reports. */
export const described: readonly Described[] = [
  ...launchChecks.map((check) => ({ ...check, names: {}, needs: [], instance: null })),
  ...[...registry].sort((a, b) => areas.indexOf(areaOf(a.id)) - areas.indexOf(areaOf(b.id))),
];

/** The text with the part between the markers of this name replaced. Throws when it has no such markers. */
export function withGenerated(text: string, name: string, content: string): string {
  const [begin, end] = [`<!-- generated: ${name} -->\n`, '<!-- end of generated -->'];
  const from = text.indexOf(begin);
  const to = text.indexOf(end, from);
  if (from < 0 || to < 0) throw new Error(`there is no part marked "generated: ${name}"`);
  return text.slice(0, from + begin.length) + content + text.slice(to);
}

/** The head of a check's page: its id, its claim, and what the registry says of it. */
export function checkHead(check: Described): string {
  const facts = [
    skillNames[check.skill],
    `severity ${check.severity}`,
    ...linkedNames(check.names),
    ...instanceWords(check),
  ];
  return `# ${check.id}\n\n**${check.claim}.**\n\n${facts.join(' · ')}\n\n`;
}

/** The table of all checks. */
export function checkIndex(): string {
  const rows = described.map(
    (check) => `| [${check.id}](${check.id}.md) | ${check.claim} | ${skillNames[check.skill]} | ${check.severity} |`,
  );
  return `| check | claim | skill | severity |\n| --- | --- | --- | --- |\n${rows.join('\n')}\n`;
}

/** The table of all faults. */
export function faultTable(): string {
  const statuses = { usage: 2, surroundings: 3 } as const;
  const rows = Object.entries(faults).map(
    ([code, { kind, fix }]) => `| \`${code}\` | ${kind} | ${statuses[kind]} | ${fix} |`,
  );
  return `| code | what is wrong | exit status | what to do |\n| --- | --- | --- | --- |\n${rows.join('\n')}\n`;
}

function areaOf(id: string): string {
  return id.split('/')[0] ?? '';
}

function linkedNames({ cwe, owasp, wfc }: FaultNames): readonly string[] {
  return [
    ...(cwe === undefined ? [] : [`[${cwe}](https://cwe.mitre.org/data/definitions/${cwe.replace('CWE-', '')}.html)`]),
    ...(owasp === undefined ? [] : [`[OWASP ${owasp}](https://owasp.org/API-Security/editions/2023/en/0x11-t10/)`]),
    ...(wfc === undefined ? [] : [`[WFC ${wfc}](https://github.com/WebFuzzing/Commons/blob/master/faults.md)`]),
  ];
}

function instanceWords({ instance, needs }: Described): readonly string[] {
  return [
    ...(instance === null ? [] : [instance === 'own' ? 'an instance of its own' : 'the shared instance']),
    ...(needs.includes('wire') ? ['needs the wire'] : []),
  ];
}
