import { bodyText, type Evidence, type Exchange, type Statement } from '@assay/contract';
import { paint } from '../terminal/paint.ts';
import { oneLine, visible } from '../terminal/visible.ts';
import { columnsOf, wrap } from '../terminal/width.ts';
import { historyLines } from './history.ts';
import { interleavingLines } from './interleaving.ts';
import { count } from '../terminal/count.ts';

/** How much of a body and how many statements or log lines a terminal shows; the page has all. */
const limits = { body: 600, statements: 12, lines: 15, statement: 1200, parameters: 300 } as const;

/** One piece of evidence as lines for a terminal, with control characters made visible. */
export function evidenceLines(evidence: Evidence, stream: NodeJS.WriteStream): string[] {
  const bar = paint(stream, 'dim', '  │ ');
  const note =
    'note' in evidence && evidence.note !== undefined
      ? [`${bar}${paint(stream, 'italic', `${oneLine(evidence.note)}:`)}`]
      : [];
  switch (evidence.kind) {
    case 'exchange':
      return [...note, ...exchangeLines(evidence.exchange, stream).map((line) => bar + line)];
    case 'statements':
      return [...note, ...statementLines(evidence.statements, stream).map((line) => bar + line)];
    case 'log':
      return [...note, ...evidence.lines.slice(-limits.lines).map((line) => bar + visible(line))];
    case 'raw':
      return [
        ...note,
        `${bar}→ ${visible(evidence.sent.slice(0, limits.body))}`,
        `${bar}← ${visible(evidence.received.slice(0, limits.body)) || 'nothing'}`,
      ];
    case 'value':
      return [
        ...note,
        ...(evidence.expected === undefined
          ? []
          : [
              `${bar}${oneLine(evidence.label)}, expected: ${visible(JSON.stringify(evidence.expected).slice(0, limits.body))}`,
            ]),
        `${bar}${oneLine(evidence.label)}${evidence.expected === undefined ? '' : ', actual'}: ${visible(JSON.stringify(evidence.actual).slice(0, limits.body))}`,
      ];
    case 'interleaving':
      return [...note, ...interleavingLines(evidence, stream).map((line) => bar + line)];
    case 'history':
      return [...note, ...historyLines(evidence, stream).map((line) => bar + line)];
    case 'plan':
      return [
        `${bar}${paint(stream, 'italic', oneLine(evidence.title))}`,
        ...planLines('before', evidence.before, stream).map((line) => bar + line),
        ...planLines('after', evidence.after, stream).map((line) => bar + line),
      ];
    case 'note':
      return [bar + visible(evidence.text)];
    default:
      return evidence satisfies never;
  }
}

function exchangeLines(exchange: Exchange, stream: NodeJS.WriteStream): string[] {
  const { request, response } = exchange;
  const sent = request.headers.filter(([name]) => /^(content-type|if-|idempotency-key|authorization)/i.test(name));
  const lines = [
    `${paint(stream, 'cyan', '→')} ${request.method} ${visible(request.target)}`,
    ...sent.map(([name, value]) => `  ${name}: ${visible(value)}`),
  ];
  if (request.body !== undefined) lines.push(...bodyLines(bodyText(request.body)));
  if (response === undefined)
    return [...lines, `${paint(stream, 'red', '←')} ${oneLine(exchange.error?.message ?? 'no answer')}`];
  const told = response.headers.filter(([name]) => /^(content-type|location|etag|allow|link|retry-after)$/i.test(name));
  const colour = response.status >= 500 ? 'red' : 'magenta';
  lines.push(
    `${paint(stream, colour, '←')} ${response.status} ${visible(response.reason)}`,
    ...told.map(([name, value]) => `  ${name}: ${visible(value)}`),
  );
  return [...lines, ...bodyLines(bodyText(response.body))];
}

function bodyLines(text: string): string[] {
  if (text === '') return [];
  return shortened(text, limits.body)
    .split('\n')
    .slice(0, limits.lines)
    .map((line) => `  ${visible(line)}`);
}

function statementLines(statements: readonly Statement[], stream: NodeJS.WriteStream): string[] {
  const lines = statements.slice(0, limits.statements).flatMap((statement) => statementText(statement, stream));
  if (statements.length > limits.statements) lines.push(`… and ${statements.length - limits.statements} more`);
  return lines;
}

/** The statement broken at spaces below its mark; what became of it in a line of its own. */
function statementText({ text, parameters, rows, error }: Statement, stream: NodeJS.WriteStream): readonly string[] {
  const indent = '    ';
  const folded = shortened(visible(text.replaceAll(/\s+/g, ' ')), limits.statement);
  const [first = '', ...rest] = wrap(folded, columnsOf(stream) - indent.length, indent).split('\n');
  const values =
    parameters.length === 0 ? '' : `[${parameters.map((value) => visible(JSON.stringify(value))).join(', ')}]`;
  const became = [shortened(visible(values), limits.parameters), rows === null ? '' : count(rows, 'row')]
    .filter((word) => word !== '')
    .join('  ');
  return [
    `${paint(stream, 'yellow', 'sql')} ${first.slice(indent.length)}`,
    ...rest,
    ...(became === '' ? [] : [`${indent}${paint(stream, 'dim', became)}`]),
    ...(error === undefined
      ? []
      : [`${indent}${paint(stream, 'red', visible(`${error.code}: ${error.message.split('\n')[0]}`))}`]),
  ];
}

function planLines(when: string, plan: string, stream: NodeJS.WriteStream): readonly string[] {
  const lines = plan.split('\n').slice(0, limits.lines);
  return [paint(stream, 'yellow', when), ...lines.map((line) => `  ${visible(line)}`)];
}

function shortened(text: string, length: number): string {
  return text.length > length ? `${text.slice(0, length)} … (${text.length} characters)` : text;
}
