import type { JsonObject } from '../vocabulary/json.ts';
import type { Contract, Schema } from '../vocabulary/operation.ts';
import type { LocatedResource } from './resources.ts';
import { resolved } from './schema-view.ts';

/** Names of numbers that count and never refer, whatever the resources are called. */
const counts =
  /^(?:page|limit|offset|size|skip|take|count|order|position|rank|year|month|day|number|index|level|version)s?$/i;

/** Tells whether a value can be the id of a resource, for names such as `category` that say what they refer to, and not that they do. */
export class IdTypes {
  readonly #contract: Contract;

  constructor(contract: Contract) {
    this.#contract = contract;
  }

  /** Whether both are integers, or both UUIDs, so that a field named like the resource holds its id. */
  isIdOf({ resource, noun }: LocatedResource, schema: Schema): boolean {
    if (resource.create === null || counts.test(noun)) return false;
    const own = this.#idSchema(
      resource.read ?? resource.remove ?? resource.replace ?? resource.patch,
      resource.idParameter,
    );
    const value = resolved(schema, this.#contract.definitions);
    if (own === null || value === null || value.enum !== undefined) return false;
    return isInteger(own) ? isInteger(value) : own.format === 'uuid' && value.format === 'uuid';
  }

  #idSchema(operationId: string | null, parameter: string | null): JsonObject | null {
    const operation = this.#contract.operations.find(({ id }) => id === operationId);
    const found = operation?.parameters.find((each) => each.in === 'path' && each.name === parameter);
    return found === undefined ? null : resolved(found.schema, this.#contract.definitions);
  }
}

function isInteger({ type }: JsonObject): boolean {
  return type === 'integer' || (Array.isArray(type) && type.includes('integer') && !type.includes('string'));
}
