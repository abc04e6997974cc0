/** Columns to write in: the terminal's (80 when it does not say), within what reads well; 100 when there is no terminal. */
export function columnsOf(stream: NodeJS.WriteStream): number {
  return Math.max(40, Math.min(stream.isTTY ? stream.columns || 80 : 100, 120));
}

/** Breaks text at spaces so that no line is longer than `columns`, each with `indent` in front. Words longer than that stay whole. */
export function wrap(text: string, columns: number, indent = ''): string {
  return text
    .split('\n')
    .map((paragraph) => {
      const lines: string[] = [];
      let line = '';
      for (const word of paragraph.split(' ')) {
        if (line !== '' && line.length + 1 + word.length > columns - indent.length) {
          lines.push(line);
          line = word;
        } else line = line === '' ? word : `${line} ${word}`;
      }
      lines.push(line);
      return lines.map((one) => (one === '' ? '' : indent + one)).join('\n');
    })
    .join('\n');
}

/** Breaks the lines that are too long, and leaves the others as they are, such as those of a program's output. */
export function wrapLong(text: string, columns: number): string {
  return text
    .split('\n')
    .map((line) => (line.length <= columns ? line : wrap(line, columns)))
    .join('\n');
}
