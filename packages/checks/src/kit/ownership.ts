import type { Operation } from '@assay/contract';

/** What a contract says where things belong to somebody. "Only authors may" speaks of a role; "only the author may" does not. */
const ownWords =
  /\b(own|owns|owned|owners?|(the|its|their) (author|creator)|belongs?|yours?|someone else|somebody else|another user|other users?|others)\b/i;

/** Whether the contract has 403 for this operation, and says that it is for what is somebody else's. */
export function forbidsOthers(operation: Operation): boolean {
  const forbidden = operation.responses.find(({ status }) => status === '403');
  return (
    forbidden !== undefined &&
    [forbidden.description, operation.summary, operation.description].some((text) => ownWords.test(text))
  );
}

/** Lists that are about whoever asks: what is missing from theirs may still be public. */
export function isPersonal(operation: Operation): boolean {
  return /(^|\/)(me|my|mine|self|feed|favou?rites?|following|current|dashboard|timeline|inbox|history)(\/|$)/i.test(
    operation.path,
  );
}
