import type { Contract, Operation } from '../vocabulary/operation.ts';
import { credentialContent } from './credential-fields.ts';
import { wordsOf } from './nouns.ts';
import { segmentsOf } from './path-segments.ts';
import { propertiesOf } from './schema-view.ts';
import { idWords, lastWords } from './sign-in-words.ts';

const comesIn = /\b(log ?in|sign ?in|sign ?up)\b/;
/** People do so with what they are known by; devices and guests of an event do so as well. */
const makesKnown = /\b(register|registration|authenticate)\b/;
const credential =
  /\b(pass(word|wd|code|phrase)?|pwd|pin|otp|e ?mail|phone|mobile|user ?name|login|credentials?|id token)\b/;
/** For who forgot their password, waits for a message, or whose token is no longer good. */
const comesBack =
  /\b(forgot|forgotten|reset|recover|recovery|verify|verification|confirm|confirmation|resend|refresh|activate|activation)\b/;
const ofPeople = /\b(auth|accounts?|users?|tokens?|jwt|sessions?|code)\b/;

/**
 * Whether an operation is a way in: whoever needs it cannot be signed in yet. Told by its words, whatever its security says: many documents
 * have one rule for all operations, and no exception for these.
 */
export function isEntrance(operation: Operation, { definitions }: Contract): boolean {
  if (operation.roles.length > 0 || isOnThing(operation)) return false;
  const words = [lastWords(operation), idWords(operation)];
  if (operation.method === 'GET') return isFromMail(operation);
  if (operation.method !== 'POST') return false;
  if (words.some((text) => comesIn.test(text))) return true;
  const content = credentialContent(operation);
  const members = content === null ? [] : [...propertiesOf(content.schema, definitions).keys()];
  const names = members.map((name) => wordsOf(name).join(' '));
  if (words.some((text) => makesKnown.test(text)))
    return names.length === 0 || names.some((name) => credential.test(name));
  const about = [wordsOf(operation.path).join(' '), idWords(operation), ...names];
  return (
    words.some((text) => comesBack.test(text)) && about.some((text) => credential.test(text) || ofPeople.test(text))
  );
}

const proof = /^((verification|confirmation|activation|reset|email) )?(token|code|key|hash|otp)$/;

/** Whether it is what a link in a message to somebody leads to, with what proves who got it. Lists have tokens and codes too, to page and to sort by. */
function isFromMail(operation: Operation): boolean {
  if (!comesBack.test(lastWords(operation))) return false;
  const proofs = operation.parameters
    .filter(({ in: where, required }) => where === 'path' || (where === 'query' && required))
    .map(({ name }) => wordsOf(name).join(' '))
    .filter((name) => proof.test(name));
  const about = [
    wordsOf(operation.path).join(' '),
    idWords(operation),
    ...proofs.filter((name) => name.endsWith('token')),
  ];
  return proofs.length > 0 && about.some((text) => credential.test(text) || ofPeople.test(text));
}

/** Whether it speaks of a thing that its path names first, such as whose account is verified: only what stands last may be a token. */
function isOnThing({ path }: Operation): boolean {
  const kinds = segmentsOf(path).map(({ kind }) => kind);
  return kinds.slice(0, kinds.lastIndexOf('fixed')).some((kind) => kind !== 'fixed');
}
