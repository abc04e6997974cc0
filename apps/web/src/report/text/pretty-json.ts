/**
 * JSON with line breaks and indentation, every token as it was: numbers keep their digits, members their order, and doubled names stay. Null when
 * it is no JSON.
 */
export function prettyJson(text: string): string | null {
  try {
    JSON.parse(text);
  } catch {
    return null;
  }
  const out: string[] = [];
  let depth = 0;
  const line = (): string => `\n${'  '.repeat(depth)}`;
  // Strings, brackets, and everything else between white space, commas and colons.
  const tokens = text.match(/"(?:[^"\\]|\\.)*"|[[\]{},:]|[^\s[\]{},:"]+/g) ?? [];
  tokens.forEach((token, index) => {
    const next = tokens[index + 1];
    if (token === '{' || token === '[') {
      const empty = next === '}' || next === ']';
      depth += 1;
      out.push(token, empty ? '' : line());
    } else if (token === '}' || token === ']') {
      depth -= 1;
      const before = tokens[index - 1];
      out.push(before === '{' || before === '[' ? '' : line(), token);
    } else if (token === ',') out.push(token, line());
    else if (token === ':') out.push(': ');
    else out.push(token);
  });
  return out.join('');
}
