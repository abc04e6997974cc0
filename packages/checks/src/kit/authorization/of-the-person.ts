import {
  bodyJson,
  bodyText,
  type Exchange,
  type Identity,
  type Operation,
  type ProbeContext,
  type RequestSpec,
} from '@assay/contract';
import { isGranted } from '../answers/granted.ts';
import { isDenied } from '../answers/is-denied.ts';

const ownAccount = /\/(me|myself|self|(my|own|current)[-_]?(user|account|profile)|account|profile|user)\/?$/i;
const address = /^[^\s@]+@[^\s@]+$/;

/**
 * Whether an answer that nobody in particular was given holds something of a person: it is about whoever asks, has the owner's address in it, or is
 * what the owner reads and somebody else does not. What a public page shows is none of these.
 */
export async function isOfThePerson(
  { backend, identities }: ProbeContext,
  operation: Operation,
  request: RequestSpec,
  {
    open,
    owner,
    sender,
  }: { readonly open: Exchange; readonly owner: Exchange | null; readonly sender: Identity | null },
): Promise<boolean> {
  if (operation.roles.length > 0 || ownAccount.test(operation.path)) return true;
  const text = open.response === undefined ? '' : bodyText(open.response.body);
  if (sender !== null && addressesOf(sender).some((one) => text.includes(one))) return true;
  if (owner === null || !isGranted(owner)) return false;
  const other = await identities.another(backend);
  if ('unavailable' in other) return false;
  const theirs = await backend.send({ ...request, as: other });
  return isDenied(theirs) || (isGranted(theirs) && same(open, owner) && !same(theirs, owner));
}

function addressesOf({ login, profile }: Identity): readonly string[] {
  const told = [...JSON.stringify(profile ?? null).matchAll(/"([^"\\]*)"/g)].map(([, text = '']) => text);
  return [login, ...told].filter((text) => address.test(text));
}

function same(one: Exchange, other: Exchange): boolean {
  return JSON.stringify(bodyJson(one.response?.body)) === JSON.stringify(bodyJson(other.response?.body));
}
