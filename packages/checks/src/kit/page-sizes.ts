import type { Contract, Json, ListOperation } from '@assay/contract';
import { plainSchema } from './body-schema.ts';
import { operationOf } from './cases.ts';

/** Sizes of pages that the contract lets a client ask for, as near to the ones that are wanted as they come. */
export function pageSizes(
  contract: Contract,
  list: ListOperation,
  wanted: { readonly short: number; readonly long: number },
): { readonly short: number; readonly long: number } {
  const name = list.pagination?.limit ?? 'limit';
  const parameter = operationOf(contract, list.operation).parameters.find(
    (one) => one.in === 'query' && one.name === name,
  );
  const { minimum, exclusiveMinimum, maximum, enum: listed } = plainSchema(contract, parameter?.schema);
  const sizes = Array.isArray(listed) ? listed.filter((value: Json) => typeof value === 'number') : [];
  if (sizes.length > 0) return { short: Math.min(...sizes), long: Math.max(...sizes) };
  const least = Math.max(
    typeof minimum === 'number' ? minimum : 1,
    typeof exclusiveMinimum === 'number' ? exclusiveMinimum + 1 : 1,
  );
  const most = typeof maximum === 'number' ? maximum : Number.POSITIVE_INFINITY;
  const within = (size: number): number => Math.min(Math.max(size, Math.ceil(least)), Math.floor(most));
  return { short: within(wanted.short), long: within(wanted.long) };
}
