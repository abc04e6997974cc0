import { credentialFields, isLogin, type Operation, type ProbeContext } from '@assay/contract';

/** An operation that gives somebody an account, beside the one by which people sign up themselves. */
export interface AccountMaker {
  readonly operation: Operation;
  /** JSON Pointer to the password in its body. */
  readonly password: string;
}

/**
 * What is made there are people. Other accounts may be of another service, whose password the backend has to know: of a mail server, a bank, a database.
 */
const people =
  /^(?:users?|members?|customers?|staff|employees?|admins|administrators|students?|teachers?|patients?|people|persons?|(?:register|sign-?up)(?:[-_]\w+)?)$/i;
const verbs = /^(?:create|add|new|save)$/i;

/** Operations that take a name and a password for somebody who is to have an account here. */
export function accountMakers({ contract, shape }: Pick<ProbeContext, 'contract' | 'shape'>): readonly AccountMaker[] {
  const known = [shape.signIn?.signUp?.operation, shape.signIn?.login?.operation];
  return contract.operations.flatMap((operation) => {
    const { id, method, path } = operation;
    if (method !== 'POST' || path.includes('{') || known.includes(id) || isLogin(operation, contract)) return [];
    const last = path.split('/').findLast((segment) => segment !== '' && !verbs.test(segment));
    const fields = people.test(last ?? '') ? credentialFields(operation, contract.definitions) : null;
    return fields === null ? [] : [{ operation, password: fields.password }];
  });
}
