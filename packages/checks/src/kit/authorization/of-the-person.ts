import {
  bodyText,
  type Exchange,
  type Identity,
  type Operation,
  type ProbeContext,
  type RequestSpec,
} from '@assay/contract';
import { isGranted } from '../answers/granted.ts';
import { isDenied } from '../answers/is-denied.ts';
import { sameBody } from '../answers/same-body.ts';
import { ownAccount } from '../identity/own-account.ts';

const address = /^[^\s@]+@[^\s@]+$/;

type Reader = Identity | { readonly unavailable: string };

/** Somebody else who reads what is found open: the same for all of it, since only some are named, and who signs up may be held back. */
export function oneReader({
  backend,
  identities,
}: Pick<ProbeContext, 'backend' | 'identities'>): () => Promise<Reader> {
  let reader: Promise<Reader> | null = null;
  return () => (reader ??= identities.another(backend));
}

/**
 * Whether an answer that nobody in particular was given holds something of a person: it is about whoever asks, has the owner's address in it, or is
 * what the owner reads and somebody else does not. What a public page shows is none of these. Null where there is nobody else to tell.
 */
export async function isOfThePerson(
  { backend }: Pick<ProbeContext, 'backend'>,
  operation: Operation,
  request: RequestSpec,
  {
    open,
    owner,
    sender,
    reader,
  }: {
    readonly open: Exchange;
    readonly owner: Exchange | null;
    readonly sender: Identity | null;
    readonly reader: () => Promise<Reader>;
  },
): Promise<boolean | null> {
  if (operation.roles.length > 0 || ownAccount.test(operation.path)) return true;
  const text = open.response === undefined ? '' : bodyText(open.response.body);
  if (sender !== null && addressesOf(sender).some((one) => text.includes(one))) return true;
  if (owner === null || !isGranted(owner)) return false;
  const other = await reader();
  if ('unavailable' in other) return null;
  const theirs = await backend.send({ ...request, as: other });
  if (isDenied(theirs)) return true;
  if (!isGranted(theirs) || !sameBody(open, owner) || sameBody(theirs, owner)) return false;
  // What has become another meanwhile, as a page with the time on it does, tells of nobody.
  return sameBody(await backend.send(request), owner);
}

function addressesOf({ login, profile }: Identity): readonly string[] {
  const told = [...JSON.stringify(profile ?? null).matchAll(/"([^"\\]*)"/g)].map(([, text = '']) => text);
  return [login, ...told].filter((text) => address.test(text));
}
