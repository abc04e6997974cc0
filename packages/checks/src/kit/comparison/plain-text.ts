/** Space as any language has it: Python counts the separators U+001C to U+001F among it, and Laravel whatever is invisible. */
const invisible = /^[\s\u001c-\u001f\u0085\p{Cf}\u034f\u115f\u1160\u17b4\u17b5\u2065\u2800\u3164\uffa0]$/u;

/** What is left of a text when what backends change on purpose is taken away. */
export function plain(text: string): string {
  return trimmed(text.normalize('NFC')).replaceAll(/\s+/g, ' ').toLowerCase();
}

/** Character by character from either end: an expression that looks for the end of a text takes the square of its length. */
function trimmed(text: string): string {
  let [start, end] = [0, text.length];
  while (start < end && invisible.test(characterAt(text, start))) start += characterAt(text, start).length;
  while (end > start && invisible.test(characterBefore(text, end))) end -= characterBefore(text, end).length;
  return text.slice(start, end);
}

function characterAt(text: string, index: number): string {
  return String.fromCodePoint(text.codePointAt(index) ?? 0);
}

/** Two halves of one character are looked at together. */
function characterBefore(text: string, end: number): string {
  const isPair = end > 1 && (text.codePointAt(end - 2) ?? 0) > 0xffff;
  return characterAt(text, isPair ? end - 2 : end - 1);
}
