const compiled = new Map<string, RegExp | null>();

/**
 * A schema's `pattern` as a regular expression: with the Unicode flag as JSON Schema asks, without it where only that can be read
 * (`[\w-\.]` is common in the wild), null where neither can. Never anchored, as JSON Schema says.
 */
export function compilePattern(pattern: string): RegExp | null {
  const known = compiled.get(pattern);
  if (known !== undefined) return known;
  const expression = tryFlags(pattern, 'u') ?? tryFlags(pattern, '');
  compiled.set(pattern, expression);
  return expression;
}

function tryFlags(pattern: string, flags: string): RegExp | null {
  try {
    return new RegExp(pattern, flags);
  } catch {
    return null;
  }
}
