/** Deeper, or longer once it is indented, text stays as it is: each level is two blanks in each line, and a body is nested as deep as its backend likes. */
const deepest = 60;
const longest = 2_000_000;

/**
 * JSON with line breaks and indentation, every token as it was: numbers keep their digits, members their order, and doubled names stay. Null when
 * it is no JSON, or more of it than is read.
 */
export function prettyJson(text: string): string | null {
  try {
    JSON.parse(text);
  } catch {
    return null;
  }
  const out: string[] = [];
  let depth = 0;
  let length = 0;
  const put = (...pieces: readonly string[]): void => {
    for (const piece of pieces) {
      out.push(piece);
      length += piece.length;
    }
  };
  const line = (): string => `\n${'  '.repeat(depth)}`;
  // Strings, brackets, and everything else between white space, commas and colons.
  const tokens = text.match(/"(?:[^"\\]|\\.)*"|[[\]{},:]|[^\s[\]{},:"]+/g) ?? [];
  for (const [index, token] of tokens.entries()) {
    const next = tokens[index + 1];
    if (token === '{' || token === '[') {
      const empty = next === '}' || next === ']';
      depth += 1;
      if (depth > deepest) return null;
      put(token, empty ? '' : line());
    } else if (token === '}' || token === ']') {
      depth -= 1;
      const before = tokens[index - 1];
      put(before === '{' || before === '[' ? '' : line(), token);
    } else if (token === ',') put(token, line());
    else if (token === ':') put(': ');
    else put(token);
    if (length > longest) return null;
  }
  return out.join('');
}
