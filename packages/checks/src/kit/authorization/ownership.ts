import { isSameNoun, type Operation, type Resource } from '@assay/contract';

/** What a refusal says where things belong to somebody. "Only authors may" speaks of a role; "only the author may" does not. */
const inRefusal =
  /\b(own|owns|owned|owner|only (?:the |its |their )?(?:author|creator)|not (?:the|its|their) (?:author|creator)|belongs? to (?:another|someone|somebody|you)|(?:someone|somebody) else|(?:another|other) users?)\b/gi;
/** What an operation says of itself: "change the author" may be about what is changed. */
const inSummary = /\b(own|only (?:by |for |to )?(?:the|its|their) (?:owner|author|creator))\b/gi;

/** Whether the contract has 403 for this operation, and says that it is for what is somebody else's. */
export function forbidsOthers(operation: Operation, resources: readonly Pick<Resource, 'name'>[]): boolean {
  const forbidden = operation.responses.find(({ status }) => status === '403');
  if (forbidden === undefined) return false;
  const names = resources.map(({ name }) => name.split('/').at(-1) ?? '');
  // Where owners or authors are things of their own, whoever speaks of one may mean such a thing.
  const isThing = (words: string): boolean => {
    const [noun] = /owner|author|creator/i.exec(words) ?? [];
    return noun !== undefined && names.some((name) => isSameNoun(name, noun));
  };
  const speaks = (text: string | undefined, pattern: RegExp): boolean =>
    [...(text ?? '').matchAll(pattern)].some(([words]) => !isThing(words));
  return (
    speaks(forbidden.description, inRefusal) ||
    [operation.summary, operation.description].some((text) => speaks(text, inSummary))
  );
}

/** Lists that are about whoever asks: what is missing from theirs may still be public. */
export function isPersonal(operation: Operation): boolean {
  return /(^|\/)(me|my|mine|self|feed|favou?rites?|following|current|dashboard|timeline|inbox|history)(\/|$)/i.test(
    operation.path,
  );
}
