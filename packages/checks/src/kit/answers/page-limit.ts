import type { Contract, Json, Operation } from '@assay/contract';
import { plainSchema } from '../requests/body-schema.ts';

/** The number nearest to the wanted one that the contract allows for a page's limit: many lists have a least, a greatest, or a choice of three. */
export function allowedLimit(contract: Contract, operation: Operation, name: string, wanted: number): number {
  const parameter = operation.parameters.find((one) => one.in === 'query' && one.name === name);
  const {
    enum: values,
    minimum,
    exclusiveMinimum,
    maximum,
    exclusiveMaximum,
  } = plainSchema(contract, parameter?.schema);
  if (Array.isArray(values)) {
    const numbers = values.map((value: Json) => Number(value)).filter((value) => Number.isInteger(value) && value > 0);
    const rising = numbers.toSorted((a, b) => a - b);
    return rising.find((value) => value >= wanted) ?? rising.at(-1) ?? wanted;
  }
  const bound = (value: unknown, otherwise: number): number => (typeof value === 'number' ? value : otherwise);
  const least = Math.max(bound(minimum, 1), bound(exclusiveMinimum, 0) + 1);
  const most = Math.min(bound(maximum, wanted), bound(exclusiveMaximum, wanted + 1) - 1);
  return Math.max(least, Math.min(most, wanted));
}
