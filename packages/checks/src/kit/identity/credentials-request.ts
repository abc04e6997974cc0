import {
  type Contract,
  createValidator,
  encodeRequest,
  isJsonObject,
  type Json,
  type Operation,
  type RequestCase,
  type RequestSpec,
  valueAt,
} from '@assay/contract';
import { stringPlaces } from '../requests/json-body.ts';
import { pinned } from '../requests/pin.ts';
import type { CredentialsStep } from './sign-in-plan.ts';

/** Somebody who is to have an account. */
export interface Person {
  readonly email: string;
  readonly username: string;
  readonly password: string;
}

/** Values to try for a field, in this order, where its schema does not take the first. */
interface Choices {
  readonly emails: readonly string[];
  readonly usernames: readonly string[];
  readonly passwords: readonly string[];
}

/** @param word occurs nowhere else in the run. */
export function choicesFor(word: string): Choices {
  const short = word.slice(-8);
  return {
    emails: [`${word}@example.com`, `${short}@example.com`, `${short}@ex.io`],
    usernames: [
      word,
      short,
      `User${short}`,
      word.replaceAll(/\d/g, (digit) => 'ghijklmnop'[Number(digit)] ?? 'g'),
      `+1415${digits(word)}`,
    ],
    passwords: [
      `Quiet-Harbour7!${word}`,
      `Qh7!${short}xY`,
      `Qh7!${short.slice(-4)}`,
      `Qh7${short}xY`,
      `${digits(word)}`,
    ],
  };
}

function digits(word: string): string {
  return String(
    Array.from(word).reduce((sum, character) => (sum * 31 + character.charCodeAt(0)) % 9_000_000, 7) + 1_000_000,
  );
}

const isPassword = /pass(word|wd|phrase)?|pwd/i;
const isEmail = /e-?mail/i;
const isUsername = /(^|_)(user_?name|login|handle|nick_?name|account_?name|screen_?name)$/i;

/** A request that makes an account, and who will have it. `base` gives what else it needs. */
export function signUpRequest(
  contract: Contract,
  { operation, fields, template }: CredentialsStep,
  base: RequestCase,
  word: string,
): { readonly spec: RequestSpec; readonly person: Person; readonly names: readonly string[] } {
  const choices = choicesFor(word);
  const person = {
    email: choices.emails[0] ?? '',
    username: choices.usernames[0] ?? '',
    password: choices.passwords[0] ?? '',
  };
  if (template !== null) {
    const request = withBody(operation, base, filled(template, person));
    return { spec: encodeRequest(operation, request), person, names: namesIn(template, person) };
  }
  const isValid = validity(contract, operation, base);
  const take = (request: RequestCase, pointer: string, values: readonly string[]): RequestCase =>
    values.map((value) => pinned(request, `body:${pointer}`, value)).find(isValid) ?? request;
  let request = fields === null ? base : withMember(withMember(base, fields.login), fields.password);
  // One password for the field and its confirmation.
  for (const place of placesIn(request)) {
    const name = place.split('/').at(-1) ?? '';
    const isLogin = place === fields?.login;
    if (isPassword.test(name) || place === fields?.password) request = take(request, place, choices.passwords);
    else if (isEmail.test(name)) request = take(request, place, choices.emails);
    else if (isUsername.test(name)) request = take(request, place, choices.usernames);
    else if (isLogin) request = take(request, place, [...choices.usernames, ...choices.emails]);
  }
  const body = request.body?.value as Json;
  const at = (pointer: string | undefined): string =>
    String((pointer === undefined ? undefined : valueAt(body, pointer)) ?? '');
  const names = [
    at(fields?.login),
    ...placesIn(request).flatMap((place) =>
      isEmail.test(place) || isUsername.test(place.split('/').at(-1) ?? '') ? [at(place)] : [],
    ),
  ];
  return {
    spec: encodeRequest(operation, request),
    person: { ...person, password: at(fields?.password) },
    names: [...new Set(names)].filter((name) => name !== ''),
  };
}

/** A request that signs somebody in by one of their names. */
export function loginRequest(
  contract: Contract,
  { operation, fields, template }: CredentialsStep,
  base: RequestCase,
  login: string,
  password: string,
): RequestSpec {
  if (template !== null)
    return encodeRequest(
      operation,
      withBody(operation, base, filled(template, { email: login, username: login, password })),
    );
  const isValid = validity(contract, operation, base);
  let request = base;
  const body = request.body?.value as Json | undefined;
  // What need not be there could only speak against it: a scope, a device, a second factor. What the credentials stand in stays.
  const homes = [fields?.login, fields?.password].map((pointer) => pointer?.split('/')[1]);
  for (const name of isJsonObject(body) ? Object.keys(body) : []) {
    if (homes.includes(name)) continue;
    const { [name]: _, ...rest } = (request.body?.value ?? {}) as Readonly<Record<string, Json>>;
    const less = request.body === undefined ? request : { ...request, body: { ...request.body, value: rest } };
    if (name !== 'grant_type' && isValid(less)) request = less;
  }
  request = pinned(pinned(request, `body:${fields?.login ?? ''}`, login), `body:${fields?.password ?? ''}`, password);
  const wantsGrant = operation.requestBody?.content.some(
    ({ mediaType, schema }) => mediaType === request.body?.mediaType && JSON.stringify(schema).includes('grant_type'),
  );
  return encodeRequest(operation, wantsGrant === true ? pinned(request, 'body:/grant_type', 'password') : request);
}

function validity(contract: Contract, operation: Operation, like: RequestCase): (request: RequestCase) => boolean {
  const schema =
    operation.requestBody?.content.find(({ mediaType }) => mediaType === like.body?.mediaType)?.schema ?? true;
  const validator = createValidator(contract);
  return ({ body }) => body !== undefined && validator.isValid(schema, body.value as Json, 'request');
}

function placesIn({ body }: RequestCase): readonly string[] {
  return body === undefined || typeof body.value === 'string' ? [] : stringPlaces(body.value as Json);
}

/** A member that may be left out is put in, since somebody will have to sign in by it. */
function withMember(request: RequestCase, pointer: string): RequestCase {
  const value = request.body?.value as Json | undefined;
  return value !== undefined && valueAt(value, pointer) === undefined
    ? pinned(request, `body:${pointer}`, '')
    : request;
}

function withBody(operation: Operation, base: RequestCase, value: Json): RequestCase {
  const mediaType = base.body?.mediaType ?? operation.requestBody?.content[0]?.mediaType ?? 'application/json';
  return { ...base, body: { mediaType, value } };
}

/** The template with each `$email`, `$username` and `$password` replaced. */
function filled(template: Json, person: Person): Json {
  if (typeof template === 'string')
    return template.replaceAll(/\$(email|username|password)\b/g, (_, name: keyof Person) => person[name]);
  if (Array.isArray(template)) return template.map((item: Json) => filled(item, person));
  if (!isJsonObject(template)) return template;
  return Object.fromEntries(Object.entries(template).map(([name, value]) => [name, filled(value, person)]));
}

function namesIn(template: Json, { email, username }: Person): readonly string[] {
  const text = JSON.stringify(template);
  return [...(text.includes('$email') ? [email] : []), ...(text.includes('$username') ? [username] : [])];
}
