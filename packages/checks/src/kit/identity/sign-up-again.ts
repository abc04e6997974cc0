import { type Exchange, type Identity, isLogin, type ProbeContext, type RequestSpec } from '@assay/contract';
import { rewrittenBody } from './rewritten-body.ts';

/**
 * The sign-up of somebody as another one would send it: a name that nobody has, and the password given. Null when that cannot be told from
 * the request.
 */
export function signUpAgain(context: ProbeContext, identity: Identity, password: string): RequestSpec | null {
  const signUp = signUpOf(context, identity);
  const word = identity.login.split('@')[0] ?? '';
  if (signUp === null || word.length < 4) return null;
  const other = context.random.unique('twin').padEnd(word.length, '0').slice(-word.length);
  let [passwords, names] = [0, 0];
  const body = rewrittenBody(signUp.request, (text) => {
    if (text === identity.password) passwords += 1;
    else if (text.includes(word)) names += 1;
    return text === identity.password ? password : text.replaceAll(word, other);
  });
  const { method, target, headers } = signUp.request;
  if (body === null || passwords === 0 || names === 0) return null;
  return {
    method,
    target,
    headers,
    body,
    as: null,
    ...(signUp.operation === undefined ? {} : { operation: signUp.operation }),
  };
}

/** How somebody signed up; null for who had an account before. */
export function signUpOf({ shape }: Pick<ProbeContext, 'shape'>, { exchanges }: Identity): Exchange | null {
  const login = shape.signIn?.login?.operation;
  return exchanges.find(({ operation }) => login === undefined || operation !== login) ?? null;
}

/** Whether somebody is new, and not one of those whom the settings name. */
export function isSignedUp({ shape }: Pick<ProbeContext, 'shape'>, { exchanges }: Identity): boolean {
  return exchanges.some(({ operation }) => operation !== undefined && operation === shape.signIn?.signUp?.operation);
}

/** Whether people sign up themselves, by what the settings name, though the contract does not tell. */
export async function signsUp(context: ProbeContext): Promise<boolean> {
  const usual = await context.identities.usual(context.backend);
  const id = usual !== null && 'token' in usual ? signUpOf(context, usual)?.operation : undefined;
  const operation = context.contract.operations.find((one) => one.id === id);
  return operation !== undefined && !isLogin(operation, context.contract);
}
