import { paint } from './paint.ts';
import { columnsOf, wrap } from './width.ts';

/**
 * The Markdown that the pages of the checks use, as text for a terminal: headings, paragraphs, lists, code, emphasis and links. Not a
 * parser for all of Markdown.
 */
export function markdownText(source: string, stream: NodeJS.WriteStream): string {
  const columns = columnsOf(stream);
  return blocksOf(source)
    .map((block) => blockText(block, stream, columns))
    .join('\n\n')
    .concat('\n');
}

/** One entry of a list: its mark, and its text with code and emphasis, broken so that every line stands below the first. */
export function entryText(mark: string, text: string, stream: NodeJS.WriteStream): string {
  const indent = ' '.repeat(mark.length);
  return `${mark}${inline(wrap(text, columnsOf(stream), indent).trimStart(), stream)}\n`;
}

/** Parts at blank lines, but keeps fenced code whole; HTML comments are left out. */
function blocksOf(source: string): readonly string[] {
  const parts = source.replaceAll(/<!--.*?-->\n?/gs, '').split(/^(```[\s\S]*?^```)$/m);
  return parts
    .flatMap((part) => (part.startsWith('```') ? [part] : part.split(/\n{2,}/)))
    .map((block) => block.replace(/^\n+|\s+$/g, ''))
    .filter((block) => block !== '');
}

function blockText(block: string, stream: NodeJS.WriteStream, columns: number): string {
  const [, marks, heading] = /^(#{1,6}) (.*)$/.exec(block) ?? [];
  if (heading !== undefined)
    return paint(stream, marks === '#' ? ['bold', 'underline'] : marks === '##' ? ['bold', 'cyan'] : 'bold', heading);
  if (block.startsWith('```')) return codeText(block.split('\n').slice(1, -1), stream);
  if (block.startsWith('    '))
    return codeText(
      block.split('\n').map((line) => line.slice(4)),
      stream,
    );
  if (block.startsWith('|'))
    return inline(
      block
        .split('\n')
        .filter((line) => !/^\|[\s|:-]+\|$/.test(line))
        .join('\n'),
      stream,
    );
  if (/^(?:[-*]|\d+\.) /.test(block))
    return inline(
      listItems(block)
        .map((item) => listItem(item, columns))
        .join('\n'),
      stream,
    );
  return inline(wrap(paragraph(block), columns), stream);
}

/** What an example says of itself stands out; the code stays as it is. */
function codeText(lines: readonly string[], stream: NodeJS.WriteStream): string {
  return lines
    .map((line) => {
      if (/^\s*(?:\/\/|#) Fails\b/.test(line)) return paint(stream, 'red', `  ${line}`);
      if (/^\s*(?:\/\/|#) Passes\b/.test(line)) return paint(stream, 'green', `  ${line}`);
      return line === '' ? '' : `  ${line}`;
    })
    .join('\n');
}

function listItems(block: string): readonly string[] {
  return block.split(/\n(?=(?:[-*]|\d+\.) )/);
}

function listItem(item: string, columns: number): string {
  const [, mark = '-', content = ''] = /^([-*]|\d+\.) ([\s\S]*)$/.exec(item) ?? [];
  const sign = /^[-*]$/.test(mark) ? '•' : mark;
  const indent = ' '.repeat(sign.length + 1);
  return `${sign} ${wrap(paragraph(content), columns, indent).slice(indent.length)}`;
}

/** One line, with the address of a link only where it leads out of the documentation. */
function paragraph(text: string): string {
  return text
    .replaceAll(/\s*\n\s*/g, ' ')
    .replaceAll(/\[([^\]]+)\]\(([^)]+)\)/g, (_, words: string, address: string) =>
      /^https?:/.test(address) ? `${words} <${address}>` : words,
    );
}

/** Code and emphasis in colour; without colours code keeps its marks, so that it can be told from the words around it. */
function inline(text: string, stream: NodeJS.WriteStream): string {
  return text
    .replaceAll(/`([^`]+)`/g, (whole, code: string) => {
      const painted = paint(stream, 'cyan', code);
      return painted === code ? whole : painted;
    })
    .replaceAll(/\*\*([^*]+)\*\*/g, (_, words: string) => paint(stream, 'bold', words))
    .replaceAll(/(?<![\w*])\*([^*\s][^*]*)\*(?![\w*])/g, (_, words: string) => paint(stream, 'italic', words));
}
