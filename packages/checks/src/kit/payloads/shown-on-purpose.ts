import {
  type Contract,
  credentialFields,
  type Exchange,
  findResponse,
  isJsonObject,
  type Json,
  type Operation,
  propertiesOf,
  resolved,
} from '@assay/contract';

const deepest = 5;
/** Paths that are about people and how they are known. */
const accountWords =
  /(^|[/_-])(users?|accounts?|members?|customers?|people|me|profiles?|auth|log-?in|sign-?(in|up)|register|sessions?|password)($|[/_-])/i;

/** Whether what an operation takes may be a secret of somebody's account: nothing that is made for others, such as the passcode of a meeting. */
export function isOfAccount(operation: Operation, contract: Contract): boolean {
  return accountWords.test(operation.path) || credentialFields(operation, contract.definitions) !== null;
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
