import {
  bodyJson,
  type Contract,
  encodeRequest,
  type Exchange,
  type Identity,
  isEntrance,
  isJsonObject,
  type Json,
  type Operation,
  type ProbeContext,
} from '@assay/contract';
import type { Planter } from '../payloads/plant.ts';
import { pinned } from '../requests/pin.ts';
import { isSecret } from '../requests/secret-inputs.ts';
import { type TextInput, textInputs } from '../requests/text-inputs.ts';
import { isSuccess } from '../words.ts';
import { letsIn } from './lets-in.ts';
import { loginWith } from './login-with.ts';
import { signUpOf } from './sign-up-again.ts';

/** An operation for who forgot their password, and where its request names the account, the password and what proves whose it is. */
export interface ResetOperation {
  readonly operation: Operation;
  readonly account: TextInput | null;
  readonly passwords: readonly TextInput[];
  readonly token: TextInput | null;
}

/** How somebody came into another one's account, and its owner no longer does. */
export interface ResetByStranger {
  /** The answer that told the token; null where none was asked for. */
  readonly told: Exchange | null;
  readonly exchange: Exchange;
  readonly signedIn: Exchange;
  readonly turnedAway: Exchange;
}

const forgetful = /forg[oe]t|reset|recover|lost/i;
const accountName = /^(user[-_]?)?(e?[-_]?mail([-_]?address)?|name|login|identifier|account)$/i;
const tokenName = /token|code|otp|key|hash/i;
const mostTokens = 4;
/** Some wait for a mail server that is not there. Milliseconds. */
const patienceMs = 8_000;

/** The ways back in for who forgot their password: those that are asked for one take no password, and those that set it do. */
export function resetOperations(contract: Contract): readonly ResetOperation[] {
  return contract.operations
    .filter(
      (one) =>
        one.method === 'POST' && [one.id, one.path].some((text) => forgetful.test(text)) && isEntrance(one, contract),
    )
    .map((operation) => {
      const inputs = textInputs({ ...contract, operations: [operation] });
      const passwords = inputs.filter(isSecret);
      const others = inputs.filter((input) => !passwords.includes(input));
      return {
        operation,
        passwords,
        account: others.find(({ name }) => accountName.test(name)) ?? null,
        token: others.find(({ name }) => tokenName.test(name)) ?? null,
      };
    })
    .filter(({ passwords }) => passwords.every(({ name }) => !/old|current/i.test(name)));
}

/** What somebody is known by to such an operation; null when that cannot be told. */
export function knownAs(context: ProbeContext, { name }: TextInput, person: Identity): string | null {
  if (!/mail/i.test(name) || person.login.includes('@')) return person.login;
  const signUp = signUpOf(context, person);
  const sent = signUp === null ? undefined : bodyJson(signUp.request.body);
  const address = isJsonObject(sent)
    ? Object.values(sent).find((value) => /^[^@\s]+@[^@\s]+$/.test(String(value)))
    : null;
  return typeof address === 'string' ? address : null;
}

/** Another name that begins and ends alike, for answers that show a part of it (`a***z@example.com`). Null when it is too short for that. */
export function unlike(name: string): string | null {
  const [word = '', ...domain] = name.split('@');
  if (word.length < 6) return null;
  const third = Math.floor(word.length / 3);
  const turned = (letter: string): string =>
    /\d/.test(letter) ? String(9 - Number(letter)) : /[a-z]/.test(letter) ? shifted(letter) : letter;
  const middle = Array.from(word.slice(third, -third), turned).join('');
  const other = word.slice(0, third) + middle + word.slice(-third);
  return other === word ? null : [other, ...domain].join('@');
}

function shifted(letter: string): string {
  return String.fromCharCode(97 + ((letter.charCodeAt(0) - 97 + 13) % 26));
}

/** The request for another password, for whoever is known by that name, from nobody in particular. Null when it cannot be made. */
export async function askForReset(
  { backend, signal }: ProbeContext,
  planter: Planter,
  { operation }: ResetOperation,
  { place }: TextInput,
  name: string,
): Promise<Exchange | null> {
  const request = await planter.ordinary(operation, place);
  if (request === null) return null;
  const spec = { ...encodeRequest(operation, pinned(request, place, name)), as: null };
  return backend.send(spec, { timeoutMs: patienceMs, signal });
}

/** Sets somebody's password with what an answer told, or with nothing. Null when it does not let in, or the old one still does. */
export async function resetBy(
  context: ProbeContext,
  planter: Planter,
  { operation, account, passwords, token }: ResetOperation,
  owner: Identity,
  told: Exchange | null,
): Promise<ResetByStranger | null> {
  const { backend, signal } = context;
  const name = account === null ? null : knownAs(context, account, owner);
  if (passwords.length === 0 || signUpOf(context, owner) === null || (token === null && name === null)) return null;
  if ((token === null) !== (told === null)) return null;
  const texts =
    told === null ? [null] : tokensIn(bodyJson(told.response?.body) as Json | undefined).slice(0, mostTokens);
  for (const text of texts) {
    const password = context.random.unique('Zz9!taken');
    const request = await planter.ordinary(operation, token?.place ?? account?.place ?? null);
    if (request === null || signal.aborted) return null;
    const places: readonly (readonly [TextInput | null, string | null])[] = [
      [account, name],
      [token, text],
      ...passwords.map((input) => [input, password] as const),
    ];
    const filled = places.reduce(
      (changed, [input, value]) => (input === null || value === null ? changed : pinned(changed, input.place, value)),
      request,
    );
    const exchange = await backend.send({ ...encodeRequest(operation, filled), as: null }, { signal });
    const [theirs, own] = [loginWith(context, owner, password), loginWith(context, owner, owner.password)];
    if (!isSuccess(exchange) || theirs === null || own === null) continue;
    const signedIn = await backend.send(theirs);
    const turnedAway = await backend.send(own);
    const found = { told, exchange, signedIn, turnedAway };
    if (isTakenOver(found)) return found;
  }
  return null;
}

export function isTakenOver({ signedIn, turnedAway }: ResetByStranger): boolean {
  return isSuccess(signedIn) && letsIn(signedIn) && !(isSuccess(turnedAway) && letsIn(turnedAway));
}

/** What may be a token in an answer: by what it is called, or in a link. */
function tokensIn(value: Json | undefined, name = ''): readonly string[] {
  if (Array.isArray(value)) return value.flatMap((item: Json) => tokensIn(item, name));
  if (isJsonObject(value)) return Object.entries(value).flatMap(([key, member]) => tokensIn(member, key));
  const text = typeof value === 'string' || typeof value === 'number' ? String(value) : '';
  if (URL.canParse(text) && /^https?:/.test(text)) {
    const { searchParams, pathname } = new URL(text);
    return [...searchParams.values(), pathname.split('/').at(-1) ?? ''].filter((part) => part.length >= 4);
  }
  return text.length >= 4 && !/\s/.test(text) && tokenName.test(name) ? [text] : [];
}
