import type { OpenQuestion, Shown, ShownTable } from '@assay/practice';
import { entryText, markdownText } from '../terminal/markdown.ts';
import { paint } from '../terminal/paint.ts';
import { oneLine, visible } from '../terminal/visible.ts';
import { columnsOf, wrap } from '../terminal/width.ts';

const out = process.stdout;

/** The question as it stands in the terminal. */
export function shownText({ question, shown }: OpenQuestion, place: string): string {
  const head = `${paint(out, 'bold', oneLine(question.title))}\n${paint(out, 'dim', `${place}${question.topic}, level ${question.level}, ${question.kind}`)}`;
  const prompt = shown.form === 'evidence' ? `${question.prompt}\n\n${shown.prompt}` : question.prompt;
  return `\n${head}\n\n${markdownText(visible(prompt), out)}${besideText(shown)}\n`;
}

function besideText(shown: Shown): string {
  switch (shown.form) {
    case 'text':
      return '';
    case 'options':
      return `\n${shown.options.map((option, index) => entryText(`  ${letter(index)}  `, visible(option), out)).join('')}`;
    case 'order':
      return `\n${shown.items.map((item, index) => entryText(`  ${index + 1}  `, visible(item), out)).join('')}`;
    case 'statement':
      return `\n${indented(shown.schema)}\n${shown.tables.map(tableText).join('')}\n${tableText({ ...shown.expected, name: 'The result on this data' })}`;
    case 'request':
      return shown.exchanges.map((exchange) => `\n${indented(exchange)}`).join('');
    case 'outcome':
      return `\n${shown.language === 'sql' ? hanging(shown.code) : indented(shown.code)}`;
    case 'program':
      return `\n${indented(shown.code)}`;
    case 'files':
      return Object.entries(shown.files)
        .map(([name, text]) => `\n${paint(out, 'bold', name)}\n${indented(text)}`)
        .join('');
    case 'line':
      return `\n${paint(out, 'bold', shown.file)}\n${visible(shown.code)
        .split('\n')
        .map((line, index) => `${paint(out, 'dim', String(index + shown.firstLine).padStart(4))}  ${line}\n`)
        .join('')}`;
    case 'evidence':
      return `\n${hanging(shown.exhibit)}\n${(shown.options ?? []).map((option, index) => entryText(`  ${letter(index)}  `, visible(option), out)).join('')}`;
  }
  return shown satisfies never;
}

export function letter(index: number): string {
  return String.fromCodePoint(97 + index);
}

/** Statements and requests are long: what does not fit goes on below, further in. */
function hanging(text: string): string {
  const lines = visible(text).trimEnd().split('\n');
  return lines
    .map((line) =>
      line.length + 4 <= columnsOf(out) ? `    ${line}\n` : `    ${wrap(line, columnsOf(out), '      ').trimStart()}\n`,
    )
    .join('');
}

function indented(text: string): string {
  return text === ''
    ? ''
    : `${visible(text)
        .trimEnd()
        .split('\n')
        .map((line) => `    ${line}`)
        .join('\n')}\n`;
}

function tableText({ name, columns, rows, more }: ShownTable): string {
  const cells = [columns, ...rows.map((row) => row.map((value) => oneLine(value ?? 'NULL')))];
  const widths = columns.map((_, column) => Math.min(40, Math.max(...cells.map((row) => row[column]?.length ?? 0))));
  const lines = cells.map((row) =>
    `    ${row.map((value, column) => value.padEnd(widths[column] ?? 0)).join('  ')}`.trimEnd(),
  );
  return `  ${paint(out, 'bold', name)}\n${lines.join('\n')}\n${more === 0 ? '' : `    ${paint(out, 'dim', `and ${more} more`)}\n`}`;
}

/** How an answer is given, in a line. */
export function howToAnswer(shown: Shown): string {
  switch (shown.form) {
    case 'options':
      return shown.several ? 'Letters of all that are right, such as a c' : 'A letter';
    case 'order':
      return 'The numbers in the right order';
    case 'line':
      return 'The number of the line, or none';
    case 'evidence':
      return shown.options === null ? 'A number' : 'A letter';
    case 'outcome':
      return 'What comes out; an empty line ends it';
    case 'statement':
      return 'One statement; a semicolon at the end of a line ends it';
    case 'text':
      return 'Your answer; a line with a single . ends it';
    case 'request':
      return 'The request; a line with a single . ends it';
    case 'program':
      return 'The program mended, or @file; a line with a single . ends it; :edit opens your editor';
    case 'files':
      return ':edit opens the files in your editor; or @folder';
  }
  return shown satisfies never;
}
