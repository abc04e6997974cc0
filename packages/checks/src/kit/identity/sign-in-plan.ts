import {
  type Contract,
  type ContractShape,
  credentialFields,
  type CredentialsOperation,
  Fault,
  type IdentitySettings,
  type IdentityStep,
  type Json,
  type JsonObject,
  type KnownUser,
  type Operation,
  type SecurityScheme,
  type SignIn,
  type TokenPlace,
  tokenPlaceOf,
  valueAt,
} from '@assay/contract';
import { stringPlaces } from '../requests/json-body.ts';

/** One step of becoming a user: the operation, and where name and password go. One of `fields` and `template` is there. */
export interface CredentialsStep {
  readonly operation: Operation;
  readonly fields: CredentialsOperation | null;
  /** The body as the settings give it, with `$email`, `$username` and `$password` in it. */
  readonly template: JsonObject | null;
}

export interface SignInPlan {
  readonly signUp: CredentialsStep | null;
  readonly login: CredentialsStep | null;
  readonly token: TokenPlace;
  readonly schemes: readonly SecurityScheme[];
  readonly users: readonly KnownUser[];
}

const bearer: SecurityScheme = { name: 'bearer', type: 'http', scheme: 'bearer', in: null, parameter: null };

/**
 * How people become known: as the settings say, and as the contract's shape shows where they are silent. Null where neither shows a way.
 * Throws the fault `bad-settings` for an operation that the contract does not have.
 */
export function signInPlan(
  contract: Contract,
  shape: ContractShape,
  settings: IdentitySettings | null,
): SignInPlan | null {
  const asked = new Set(contract.operations.flatMap(({ security }) => security.flat()));
  const used = contract.securitySchemes.filter(({ name }) => asked.has(name));
  const { signIn } = shape;
  const named = {
    signUp: stepNamed(contract, 'register', settings?.register ?? null),
    login: stepNamed(contract, 'login', settings?.login ?? null),
  };
  const signUp = named.signUp ?? shapedStep(contract, signIn?.signUp ?? null);
  const login = named.login ?? shapedStep(contract, signIn?.login ?? null);
  const users = settings?.users ?? [];
  const basic = used.filter(({ type, scheme }) => type === 'http' && scheme === 'basic');
  if (login === null && basic.length > 0 && basic.length === used.length)
    return signUp === null && users.length === 0
      ? null
      : { signUp, login: null, token: { kind: 'credentials' }, schemes: basic, users };
  const source = login ?? signUp;
  if (source === null || (used.length === 0 && settings === null && signIn === null)) return null;
  const told = (named.login === null ? settings?.register?.token : settings?.login?.token) ?? null;
  const cookies = used.filter(({ type, in: where }) => type === 'apiKey' && where === 'cookie');
  const token: TokenPlace =
    told !== null
      ? { kind: 'pointer', pointer: pointerOf(told) }
      : source.operation.id === (signIn?.login ?? signIn?.signUp)?.operation
        ? (signIn?.token ?? { kind: 'undescribed' })
        : (tokenPlaceOf(source.operation, contract.definitions) ??
          (cookies.length > 0 ? { kind: 'cookie' } : { kind: 'undescribed' }));
  const schemes = signIn === null ? used : used.filter(({ name }) => signIn.schemes.includes(name));
  return { signUp, login, token, schemes: schemes.length === 0 ? [bearer] : schemes, users };
}

/** The plan as the shape of a contract tells it. Null when a body of the settings does not show where name and password stand. */
export function signInOf({ signUp, login, token, schemes }: SignInPlan): SignIn | null {
  const fieldsIn = (step: CredentialsStep | null): CredentialsOperation | null => {
    if (step === null || step.fields !== null) return step?.fields ?? null;
    const name = placeOf(step.template ?? {}, /^\$(email|username)$/);
    const password = placeOf(step.template ?? {}, /^\$password$/);
    return name === null || password === null ? null : { operation: step.operation.id, login: name, password };
  };
  const [up, into] = [fieldsIn(signUp), fieldsIn(login)];
  return up === null && into === null
    ? null
    : { signUp: up, login: into, token, schemes: schemes.map(({ name }) => name) };
}

function placeOf(template: Json, pattern: RegExp): string | null {
  return stringPlaces(template).find((place) => pattern.test(String(valueAt(template, place)))) ?? null;
}

function stepNamed(contract: Contract, key: string, step: IdentityStep | null): CredentialsStep | null {
  if (step === null) return null;
  const operation = contract.operations.find(
    ({ id, method, path }) => id === step.operation || `${method} ${path}` === step.operation,
  );
  if (operation === undefined) {
    const posts = contract.operations.filter(({ method }) => method === 'POST').map(({ id }) => id);
    throw new Fault(
      'bad-settings',
      `identities.${key} names the operation ${step.operation}, which the contract does not have; its POST operations are ${posts.join(', ')}.`,
    );
  }
  if (step.body !== null) return { operation, fields: null, template: step.body };
  const fields = credentialFields(operation, contract.definitions);
  const [first] = fields?.logins ?? [];
  if (fields === null || first === undefined)
    throw new Fault(
      'bad-settings',
      `identities.${key} needs a \`body\`: where login name and password stand in the request of ${operation.id} cannot be told.`,
    );
  return {
    operation,
    fields: { operation: operation.id, login: first.pointer, password: fields.password },
    template: null,
  };
}

function shapedStep(contract: Contract, fields: CredentialsOperation | null): CredentialsStep | null {
  const operation = contract.operations.find(({ id }) => id === fields?.operation);
  return operation === undefined || fields === null ? null : { operation, fields, template: null };
}

/** `$.data.token`, `$['data']["token"]` and `$.tokens[0]` as JSON Pointers. */
function pointerOf(path: string): string {
  return [...path.matchAll(/\.([^.[\]]+)|\[(?:'([^']*)'|"([^"]*)"|(\d+))\]/g)]
    .map(([, dotted, single, double, index]) => dotted ?? single ?? double ?? index ?? '')
    .map((token) => `/${token.replaceAll('~', '~0').replaceAll('/', '~1')}`)
    .join('');
}
