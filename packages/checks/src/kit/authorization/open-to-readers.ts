import { isJsonObject, type Json, type Operation } from '@assay/contract';
import type { Made } from '../setup/made.ts';
import { innermost } from './same-thing.ts';

const isAbout = /^(visibility|privacy|access|scope)$/i;
const openValue = /^(public|unlisted|link|everyone|anyone)$/i;
const closedValue = /^(private|secret|restricted|draft)$/i;
const openFlag = /^(is_?)?(public|shared|published)$/i;
const closedFlag = /^(is_?)?private$/i;

/** Whoever is of a team, or "anyone else", is not everybody; nor is everything public that has a public id. */
const everybody = new RegExp(
  [
    String.raw`\b(?:(?:any|every) ?(?:one|body)|any (?:(?:signed|logged)[- ]in |authenticated |registered )?(?:user|person|account)|all users)\b(?! (?:in|of|from|within|else|but|who (?:is|are) (?!signed|logged)))`,
    String.raw`\b(?:who|whoever|people|those|users) (?:with|has|have|knows?) (?:the|its|a) link\b`,
    String.raw`\bpublic(?:ly)?\b(?![- ](?:ids?|keys?|identifiers?|names?|urls?|slugs?|apis?|facing|interface|endpoints?|internet|address(?:es)?)\b)`,
  ].join('|'),
  'i',
);
/** "Nobody but its owner", "not public", "anybody else is refused" open nothing. */
const turnsAway =
  /\b(not|never|no|nobody|cannot|\w+n[’']t|except|unless|others?|only|refused?|forbidden|private|40[134])\b/i;

/**
 * Whether whoever is signed in may read a thing by its id: so it says of itself, or, where it says nothing, so do the words of one of the operations.
 * @param read the thing as its owner reads it, which tells more than how it was made
 */
export function isOpenToReaders(
  operations: readonly Pick<Operation, 'summary' | 'description'>[],
  { body, sent }: Pick<Made, 'body' | 'sent'>,
  read: unknown,
): boolean {
  const said = [read, body, sent].map(saysOfItself).find((one) => one !== null);
  if (said !== undefined) return said === 'open';
  return operations
    .flatMap(({ summary, description }) => [summary, description])
    .flatMap((text) => text.split(/[.;!](?:\s|$)|[\r\n]+/))
    .some((sentence) => everybody.test(sentence) && !turnsAway.test(sentence));
}

/** A draft that will be public is closed. */
function saysOfItself(value: unknown): 'open' | 'closed' | null {
  const inside = innermost(value);
  const marks = isJsonObject(inside) ? Object.entries(inside).map(markOf) : [];
  return marks.find((one) => one === 'closed') ?? marks.find((one) => one === 'open') ?? null;
}

function markOf([name, value]: readonly [string, Json]): 'open' | 'closed' | null {
  if (typeof value === 'string') {
    if (closedValue.test(value)) return 'closed';
    return isAbout.test(name) && openValue.test(value) ? 'open' : null;
  }
  if (typeof value !== 'boolean') return null;
  if (closedFlag.test(name)) return value ? 'closed' : 'open';
  if (!openFlag.test(name)) return null;
  // What is shared with nobody in particular may be everybody's.
  return value ? 'open' : /shared/i.test(name) ? null : 'closed';
}
