import {
  type Contract,
  type ContractShape,
  credentialFields,
  type Exchange,
  findResponse,
  isEntrance,
  isJsonObject,
  type Json,
  type Operation,
  propertiesOf,
  resolved,
} from '@assay/contract';

const deepest = 5;
/** What is about people and how they are known. */
const accountWords =
  /(^|[/_-])(users?|accounts?|members?|customers?|clients?|staff|employees?|admins?|students?|teachers?|patients?|people|persons?|me|profiles?|auth|log-?in|sign-?(in|up)|register|sessions?|password)($|[/_-])/i;

const verbs = /^(create|add|new|save|update|edit|bulk|batch|import|invite)$/i;

/**
 * Whether what an operation takes may be a secret of somebody's account: nothing that is made for others, such as the passcode of a meeting. A name with a password
 * alone may be an entry that a password manager keeps to show it again, below a customer's account too (`/clients/{id}/logins`).
 */
export function isOfAccount(operation: Operation, contract: Contract, signIn: ContractShape['signIn'] = null): boolean {
  const isWayIn =
    isEntrance(operation, contract) || [signIn?.signUp?.operation, signIn?.login?.operation].includes(operation.id);
  const last = operation.path.split('/').findLast((segment) => !segment.includes('{') && !verbs.test(segment));
  return accountWords.test(last ?? '') || (isWayIn && credentialFields(operation, contract.definitions) !== null);
}

/** Whether an address is somebody's account, or anything below one. */
export function isBelowAccounts({ path }: Pick<Operation, 'path'>): boolean {
  return accountWords.test(path);
}

/** Whether the contract says that such an answer shows a property of that name. */
export function showsOnPurpose(contract: Contract, { operation: id, response }: Exchange, name: string): boolean {
  const operation = contract.operations.find((one) => one.id === id);
  if (operation === undefined || response === undefined) return false;
  const content = findResponse(operation, response.status)?.content ?? [];
  return content.some(({ schema }) => has(schema, 0));

  function has(schema: Json | undefined, depth: number): boolean {
    const object = resolved(schema, contract.definitions);
    if (object === null || depth > deepest) return false;
    const members = [...propertiesOf(schema, contract.definitions)];
    return (
      members.some(([key, member]) => key === name && !isWriteOnly(member)) ||
      [object['items'], ...members.map(([, member]) => member)].some((inside) => has(inside, depth + 1))
    );
  }

  function isWriteOnly(member: Json): boolean {
    return [member, resolved(member, contract.definitions)].some(
      (one) => isJsonObject(one) && one['writeOnly'] === true,
    );
  }
}
