/**
 * Flags that hold from where they stand to the end of their group, as Java, PCRE, Go and .NET have them, as groups of their own: `(a(?i)b|c)` is
 * `(a(?i:b)|(?i:c))`. ECMAScript has no other.
 */
export function scopeFlags(pattern: string): string {
  // The flags that are open in each group around the present place.
  const groups: string[][] = [[]];
  let result = '';
  let inClass = false;
  for (let at = 0; at < pattern.length; at += 1) {
    const character = pattern[at] ?? '';
    const open = groups.at(-1) ?? [];
    if (character === '\\') {
      result += pattern.slice(at, at + 2);
      at += 1;
      continue;
    }
    const flags = inClass ? null : /^\(\?([imsu]*(?:-[imsu]+)?)\)/.exec(pattern.slice(at));
    if (flags !== null) {
      const opening = `(?${(flags[1] ?? '').replaceAll('u', '')}:`;
      open.push(opening);
      result += opening;
      at += flags[0].length - 1;
    } else if (inClass) {
      inClass = character !== ']';
      result += character;
    } else if (character === '[') {
      inClass = true;
      result += character;
    } else if (character === '(') {
      groups.push([]);
      result += character;
    } else if (character === ')') {
      result += `${')'.repeat(open.length)})`;
      if (groups.length > 1) groups.pop();
    } else if (character === '|') result += `${')'.repeat(open.length)}|${open.join('')}`;
    else result += character;
  }
  return result + ')'.repeat(groups.flat().length);
}
