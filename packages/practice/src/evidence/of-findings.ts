import type { Evidence, Finding, Report } from '@assay/contract';
import { chosen, type Generator } from './evidence-question.ts';

type Kind<K> = Extract<Evidence, { readonly kind: K }>;

function found<K extends Evidence['kind']>(
  report: Report,
  kind: K,
): readonly { readonly finding: Finding; readonly evidence: Kind<K> }[] {
  return report.checks.flatMap(({ findings }) =>
    findings.flatMap((finding) =>
      finding.evidence.flatMap((evidence) => (isKind(evidence, kind) ? [{ finding, evidence }] : [])),
    ),
  );
}

function isKind<K extends Evidence['kind']>(evidence: Evidence, kind: K): evidence is Kind<K> {
  return evidence.kind === kind;
}

const scanned = /(?:Parallel )?Seq Scan on (?:\w+\.)?(\w+)/;
const tables = /\b(?:from|join|into|update)\s+(?:only\s+)?"?([a-z_][\w]*)"?/gi;

/** Which table a plan reads whole. */
export const scannedTable: Generator = ({ report, recording }, draw) => {
  const [first] = found(report, 'plan').filter(({ evidence }) => scanned.test(evidence.before));
  const table = scanned.exec(first?.evidence.before ?? '')?.[1];
  if (first === undefined || table === undefined) return null;
  const others = recording.statements.flatMap(({ text }) => [...text.matchAll(tables)].map(([, name = '']) => name));
  return chosen(draw, table, [...others, 'none: every table is read through an index'], {
    prompt: 'Here is the plan of one of your statements. Which table does it read from the first row to the last?',
    exhibit: first.evidence.before,
    why: first.finding.title,
    exchanges: [],
  });
};

const nodes = /(Seq Scan|Index Only Scan|Index Scan|Bitmap Heap Scan)/;

/** What an index changes in a plan. */
export const planChange: Generator = ({ report }, draw) => {
  const changed = found(report, 'plan').flatMap(({ finding, evidence }) => {
    const before = nodes.exec(evidence.before)?.[1];
    const after = nodes.exec(evidence.after)?.[1];
    return before === undefined || after === undefined || before === after
      ? []
      : [{ finding, evidence, before, after }];
  });
  const [first] = changed;
  if (first === undefined) return null;
  const options = ['Seq Scan', 'Index Scan', 'Index Only Scan', 'Bitmap Heap Scan'];
  return chosen(
    draw,
    first.after,
    options.filter((option) => option !== first.before),
    {
      prompt: `The statement below runs with a ${first.before}. With the index that is missing, what does its plan begin to read the table with?`,
      exhibit: `${first.evidence.title}\n\n${first.evidence.before}`,
      why: `With the index: ${
        first.evidence.after
          .split('\n')
          .find((line) => line.includes(first.after))
          ?.trim() ?? first.after
      }`,
      exchanges: [],
    },
  );
};

/** Which two requests ran into each other. */
export const interleavedRequests: Generator = ({ report, recording }, draw) => {
  const [first] = found(report, 'interleaving').filter(({ evidence }) => evidence.lanes.length === 2);
  if (first === undefined) return null;
  const pair = (requests: readonly string[]): string => [...requests].toSorted().join('   and   ');
  const right = pair(first.evidence.lanes.map(({ request }) => request));
  const lines = [...new Set(recording.exchanges.map(({ request }) => `${request.method} ${request.target}`))].slice(
    0,
    200,
  );
  const others = Array.from({ length: 12 }, () => pair([draw.pick(lines), draw.pick(lines)]));
  const steps = first.evidence.steps.map(
    ({ kind, text, result }) =>
      `${kind.padEnd(9)} ${kind === 'sent' ? '(a request)' : text.replaceAll(/\s+/g, ' ')}${result === undefined ? '' : `   -- ${result}`}`,
  );
  return chosen(draw, right, others, {
    prompt:
      'Two requests of this run ran into each other; here is what happened, without saying whose it was. Which two were they?',
    exhibit: steps.join('\n'),
    why: first.finding.title,
    exchanges: [],
  });
};

/** Which claim a finding refutes. */
export const brokenClaim: Generator = ({ report }, draw) => {
  const failed = report.checks.filter(({ status }) => status === 'failed');
  const [check] = draw.shuffled(failed);
  const finding = check?.findings[0];
  if (check === undefined || finding === undefined) return null;
  return chosen(
    draw,
    check.claim,
    report.checks.filter(({ id, status }) => id !== check.id && status !== 'failed').map(({ claim }) => claim),
    {
      prompt: 'This was found in your backend. Which claim does it refute?',
      exhibit: finding.title,
      why: `${check.id}: ${check.claim}.`,
      exchanges: [],
    },
  );
};
