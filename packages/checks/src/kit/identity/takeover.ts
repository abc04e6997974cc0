import {
  type Exchange,
  type Identity,
  type Json,
  type Operation,
  type ProbeContext,
  type RequestSpec,
} from '@assay/contract';
import { pinned } from '../requests/pin.ts';
import { isSecret, secretInputs } from '../requests/secret-inputs.ts';
import { isSuccess } from '../words.ts';
import { letsIn } from './lets-in.ts';
import { loginWith } from './login-with.ts';

/** A password that somebody else set, and how its owner was let in by it, and no longer by their own. */
export interface Takeover {
  readonly exchange: Exchange;
  readonly signedIn: Exchange;
  readonly turnedAway: Exchange;
}

/**
 * Has somebody set the password of another one's account, and signs in as its owner by it. Null when that does not succeed, or the operation asks for no
 * password, or for the one that only its owner knows.
 * @param request of the operation, on the owner's account
 */
export async function takenOver(
  context: ProbeContext,
  operation: Operation,
  request: RequestSpec,
  owner: Identity,
  other: Identity,
): Promise<Takeover | null> {
  const inputs = secretInputs(context.contract).filter(
    (input) => input.operation.id === operation.id && isSecret(input),
  );
  if (inputs.length === 0 || inputs.some(({ name }) => /old|current/i.test(name))) return null;
  const password = context.random.unique('Zz9!taken');
  const body = inputs.reduce<Json | null>((value, { place }) => withValue(value, place, password), jsonOf(request));
  if (body === null) return null;
  const { backend } = context;
  const exchange = await backend.send({ ...request, body: JSON.stringify(body), as: other });
  if (!isSuccess(exchange)) return null;
  const [theirs, own] = [loginWith(context, owner, password), loginWith(context, owner, owner.password)];
  if (theirs === null || own === null) return null;
  const signedIn = await backend.send(theirs);
  const turnedAway = await backend.send(own);
  return isSuccess(signedIn) && letsIn(signedIn) && !(isSuccess(turnedAway) && letsIn(turnedAway))
    ? { exchange, signedIn, turnedAway }
    : null;
}

function jsonOf({ body }: RequestSpec): Json | null {
  try {
    return typeof body === 'string' ? (JSON.parse(body) as Json) : null;
  } catch {
    return null;
  }
}

function withValue(value: Json | null, place: string, password: string): Json | null {
  const bare = { operation: '', path: {}, query: {}, headers: {}, cookies: {} };
  const changed = pinned({ ...bare, body: { mediaType: 'application/json', value } }, place, password);
  return (changed.body?.value ?? null) as Json | null;
}
