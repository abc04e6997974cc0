import { bodyText, type Evidence, type Exchange, type Statement } from '@assay/contract';
import { paint } from '../terminal/paint.ts';

/** How much of a body and how many statements or log lines a terminal shows; the page has all. */
const limits = { body: 600, statements: 12, lines: 15 } as const;

/** One piece of evidence as lines for a terminal, with control characters made visible. */
export function evidenceLines(evidence: Evidence, stream: NodeJS.WriteStream): string[] {
  const bar = paint(stream, 'dim', '  │ ');
  const note =
    'note' in evidence && evidence.note !== undefined ? [`${bar}${paint(stream, 'italic', `${evidence.note}:`)}`] : [];
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
          : [`${bar}${evidence.label}, expected: ${visible(JSON.stringify(evidence.expected).slice(0, limits.body))}`]),
        `${bar}${evidence.label}${evidence.expected === undefined ? '' : ', actual'}: ${visible(JSON.stringify(evidence.actual).slice(0, limits.body))}`,
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
    return [...lines, `${paint(stream, 'red', '←')} ${exchange.error?.message ?? 'no answer'}`];
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
  const short = text.length > limits.body ? `${text.slice(0, limits.body)} … (${text.length} characters)` : text;
  return short
    .split('\n')
    .slice(0, limits.lines)
    .map((line) => `  ${visible(line)}`);
}

function statementLines(statements: readonly Statement[], stream: NodeJS.WriteStream): string[] {
  const lines = statements.slice(0, limits.statements).map((statement) => {
    const parameters =
      statement.parameters.length > 0
        ? paint(stream, 'dim', `  [${statement.parameters.map((value) => JSON.stringify(value)).join(', ')}]`)
        : '';
    const rows = statement.rows === null ? '' : paint(stream, 'dim', `  ${statement.rows} rows`);
    return `${paint(stream, 'yellow', 'sql')} ${visible(statement.text.replaceAll(/\s+/g, ' ').slice(0, 400))}${parameters}${rows}`;
  });
  if (statements.length > limits.statements) lines.push(`… and ${statements.length - limits.statements} more`);
  return lines;
}

/** Control characters, including terminal escapes, as their pictures: what a backend says must not drive the terminal. */
export function visible(text: string): string {
  return text.replaceAll(
    /[\u0000-\u0008\u000b-\u001f\u007f-\u009f\u200e\u200f\u202a-\u202e\u2066-\u2069]/g,
    (character) => {
      const code = character.charCodeAt(0);
      return code < 0x20 ? String.fromCharCode(0x2400 + code) : `\\u{${code.toString(16)}}`;
    },
  );
}
