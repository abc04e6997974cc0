import type { CredentialsOperation, SignIn, TokenPlace } from '../vocabulary/identity.ts';
import type { Contract, Operation, SecurityScheme } from '../vocabulary/operation.ts';
import { type CredentialFields, credentialFields, type LoginField } from './credential-fields.ts';
import { successes } from './schema-view.ts';
import { namesPeople, purposeInWords } from './sign-in-words.ts';
import { tokenPlaceOf } from './token-place.ts';

interface Candidate {
  readonly operation: Operation;
  readonly fields: CredentialFields;
  readonly token: TokenPlace | null;
}

/**
 * How people sign up and in: a POST that nobody has to be signed in for, with a password and a name to go with it. Where no such is open, one rule holds
 * for all operations and the exceptions were forgotten: what is called a login or a sign-up is one all the same. Null where the contract shows no way for certain.
 */
export function findSignIn(contract: Contract): SignIn | null {
  const candidates = contract.operations.flatMap((operation) => candidateOf(operation, contract) ?? []);
  const useful = candidates.filter((candidate) => purposeOf(candidate) !== null);
  // Where something is open, a sign-up that is not may be for those who make accounts for others.
  const signUps = openFirst(useful).filter((candidate) => purposeOf(candidate) === 'sign-up');
  const logins = openFirst(useful.filter((candidate) => purposeOf(candidate) === 'login'));
  const signUp = bestOf(signUps);
  const asked = schemesOf(contract.operations);
  if (asked.size === 0) return unsaid(signUp, bestOf(logins));
  // What only an entrance asks for is what a generator writes where nobody said anything.
  const elsewhere = schemesOf(
    contract.operations.filter((each) => !useful.some(({ operation }) => operation === each)),
  );
  const used = elsewhere.size > 0 ? elsewhere : asked;
  const schemes = contract.securitySchemes.filter(({ name }) => used.has(name));
  if (schemes.length === 0) return null;
  // What is a login by its words is one also where nothing is said of its answer: the token is then looked for in what comes.
  const unsaidAnswers = logins.filter(({ operation }) =>
    successes(operation).every(({ content }) => content.length === 0),
  );
  const login =
    bestOf(logins.filter(({ token }) => servedBy(token, schemes) !== null)) ??
    bestOf(unsaidAnswers.map((candidate) => ({ ...candidate, token: { kind: 'undescribed' as const } })));
  const source = login ?? signUp;
  const served = source === null ? null : servedBy(source.token, schemes);
  if (source !== null && served !== null) {
    return {
      signUp: signUp === null ? null : credentialsOf(signUp, login),
      login: login === null ? null : credentialsOf(login, signUp),
      ...served,
    };
  }
  const basic = schemes.filter(({ type, scheme }) => type === 'http' && scheme === 'basic');
  return signUp === null || basic.length === 0
    ? null
    : {
        signUp: credentialsOf(signUp, null),
        login: null,
        token: { kind: 'credentials' },
        schemes: basic.map(({ name }) => name),
      };
}

/** Those that are open; where none is, all: a login is one by its words also where the document forgets to open it. */
function openFirst(candidates: readonly Candidate[]): readonly Candidate[] {
  const open = candidates.filter(({ operation }) => isOpen(operation));
  return open.length > 0 ? open : candidates;
}

function schemesOf(operations: readonly Operation[]): ReadonlySet<string> {
  return new Set(operations.flatMap(({ security }) => security.flat()));
}

/**
 * A contract that has a sign-up and a login, and does not say what they are for: many documents that code is annotated with leave out who may
 * ask. What the login gives is looked for in its answer.
 */
function unsaid(signUp: Candidate | null, login: Candidate | null): SignIn | null {
  return signUp === null || login === null
    ? null
    : {
        signUp: credentialsOf(signUp, login),
        login: credentialsOf(login, signUp),
        token: login.token ?? { kind: 'undescribed' },
        schemes: [],
      };
}

/** Null for what takes no name and password from whoever asks. */
function candidateOf(operation: Operation, { definitions }: Contract): Candidate | null {
  if (operation.method !== 'POST' || operation.path.includes('{') || operation.roles.length > 0) return null;
  const fields = credentialFields(operation, definitions);
  return fields === null ? null : { operation, fields, token: tokenPlaceOf(operation, definitions) };
}

function isOpen({ security }: Operation): boolean {
  return security.length === 0 || security.some((alternative) => alternative.length === 0);
}

/** Told by its words; else, where it is open, by what it answers. Null when neither is certain. */
function purposeOf({ operation, fields, token }: Candidate): 'login' | 'sign-up' | null {
  const words = purposeInWords(operation);
  if (words !== null || !isOpen(operation)) return words === 'other' ? null : words;
  if (namesPeople(operation)) return 'sign-up';
  const creates = successes(operation).some(({ status }) => status === '201');
  if (creates && token === null) return 'sign-up';
  return !creates && token?.kind === 'pointer' && fields.members <= 3 ? 'login' : null;
}

/** Whether an operation is a login: what it refuses speaks of the person, not of the form of the request. */
export function isLogin(operation: Operation, contract: Contract): boolean {
  const candidate = candidateOf(operation, contract);
  return candidate !== null && purposeOf(candidate) === 'login';
}

/** A token that the contract describes tells more than one it does not; an administrator's entrance is for few; the shorter path is the plainer. */
function bestOf(candidates: readonly Candidate[]): Candidate | null {
  const cost = ({ operation, token }: Candidate): number =>
    (/\b(admin|staff|internal|debug|legacy)\b/i.test(operation.path) ? 1000 : 0) +
    (operation.deprecated ? 500 : 0) +
    (token === null ? 200 : token.kind === 'undescribed' ? 100 : 0) +
    operation.path.length;
  return candidates.toSorted((a, b) => cost(a) - cost(b))[0] ?? null;
}

/** The schemes that a token from there can serve, and how it is got; null when there are none. */
function servedBy(
  token: TokenPlace | null,
  schemes: readonly SecurityScheme[],
): Pick<SignIn, 'token' | 'schemes'> | null {
  const bearers = schemes.filter(
    ({ type, scheme }) => (type === 'http' && scheme !== 'basic') || type === 'oauth2' || type === 'openIdConnect',
  );
  const keys = schemes.filter(({ type, in: where }) => type === 'apiKey' && where !== 'cookie');
  const cookies = schemes.filter(({ type, in: where }) => type === 'apiKey' && where === 'cookie');
  // Where there is a bearer token, a key beside it is another one, which no login gives.
  const takers = bearers.length > 0 ? bearers : keys;
  if (token !== null && takers.length > 0 && (token.kind !== 'undescribed' || cookies.length === 0))
    return { token, schemes: takers.map(({ name }) => name) };
  return cookies.length > 0 ? { token: { kind: 'cookie' }, schemes: cookies.map(({ name }) => name) } : null;
}

/** The login name of two operations is the same thing: whatever both take. */
function credentialsOf({ operation, fields }: Candidate, other: Candidate | null): CredentialsOperation {
  const shared = fields.logins.find(({ rank }) => other?.fields.logins.some((login) => login.rank === rank) === true);
  const [first] = fields.logins;
  const chosen: LoginField | undefined = shared ?? first;
  return { operation: operation.id, login: chosen?.pointer ?? '', password: fields.password };
}
