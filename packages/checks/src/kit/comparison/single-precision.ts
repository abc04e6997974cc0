import { type Contract, isJsonObject } from '@assay/contract';
import { bodySchema, plainSchema, propertySchema } from '../requests/body-schema.ts';
import type { Difference } from './compare.ts';

/**
 * Whether a number is the same as far as `format: float` goes, which is what the contract says of it: 24 bits, some seven digits.
 * @param inside where it stands in the body, without what the body is wrapped in
 */
export function isSameSingle(
  contract: Contract,
  operation: string | undefined,
  inside: string,
  { sent, back }: Pick<Difference, 'sent' | 'back'>,
): boolean {
  if (typeof sent !== 'number' || typeof back !== 'number' || !isSame(sent, back)) return false;
  const asked = contract.operations.find(({ id }) => id === operation);
  return asked !== undefined && schemaAt(contract, bodySchema(contract, asked), inside)?.['format'] === 'float';
}

/** Some write all digits of the double that it was made of, others the few that tell it apart: the last of them may be rounded either way. */
function isSame(sent: number, back: number): boolean {
  return Math.abs(Math.fround(sent) - Math.fround(back)) <= Math.abs(Math.fround(sent)) * 2 ** -23;
}

function schemaAt(contract: Contract, object: ReturnType<typeof bodySchema>, pointer: string) {
  return pointer
    .split('/')
    .slice(1)
    .reduce<ReturnType<typeof bodySchema>>((at, name) => {
      const items = /^\d+$/.test(name) ? at?.['items'] : undefined;
      return isJsonObject(items) ? plainSchema(contract, items) : propertySchema(contract, at, name);
    }, object);
}
