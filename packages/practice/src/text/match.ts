import { stem } from './stem.ts';

const filler = new Set([
  'a',
  'an',
  'the',
  'of',
  'to',
  'in',
  'on',
  'and',
  'or',
  'is',
  'are',
  'be',
  'it',
  'its',
  'that',
  'this',
  'for',
  'with',
  'as',
  'by',
  'at',
]);

/** The stems of a text's words, sentence by sentence. */
export function sentencesOf(text: string): readonly ReadonlySet<string>[] {
  // A point inside of a number or a name (3.14, node.js) ends no sentence.
  return text.split(/[.!?;](?=\s|$)|\n\s*\n/).map((sentence) => new Set(wordsOf(sentence).map(stem)));
}

function wordsOf(text: string): readonly string[] {
  // `pg_stat_activity` is a word, and so are its parts; `--rollback` and `Node.js` are words without their signs.
  return [...text.matchAll(/[\p{Letter}\p{Number}_+#]+/gu)].flatMap(([word]) =>
    word.includes('_') ? [word, ...word.split('_').filter((part) => part !== '')] : [word],
  );
}

/** Whether the phrase stands in the text: all of its words in one sentence, in any form and order. `a|b` are two phrases. */
export function says(sentences: readonly ReadonlySet<string>[], phrase: string): boolean {
  return phrase.split('|').some((one) => {
    const wanted = wordsOf(one).filter((word) => !word.includes('_') || one.includes(word));
    const needed = wanted.filter((word) => !filler.has(word.toLowerCase()) || wanted.length === 1).map(stem);
    return (
      needed.length > 0 &&
      sentences.some((sentence) => needed.every((each) => sentence.has(each) || slipOf(each, sentence)))
    );
  });
}

/** A long word with one letter wrong, missing or too many is that word. */
function slipOf(wanted: string, sentence: ReadonlySet<string>): boolean {
  if (wanted.length < 7) return false;
  for (const word of sentence) if (Math.abs(word.length - wanted.length) <= 1 && isOneSlip(word, wanted)) return true;
  return false;
}

function isOneSlip(a: string, b: string): boolean {
  const [short, long] = a.length <= b.length ? [a, b] : [b, a];
  let at = 0;
  while (at < short.length && short[at] === long[at]) at += 1;
  return short.slice(short.length === long.length ? at + 1 : at) === long.slice(at + 1);
}

/** Which of the points the text makes, as far as words can tell. */
export function proposedPoints(
  text: string,
  points: readonly { readonly says: readonly string[] }[],
): readonly boolean[] {
  const sentences = sentencesOf(text);
  return points.map((point) => point.says.some((phrase) => says(sentences, phrase)));
}
