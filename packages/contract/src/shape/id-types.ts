import { isUuidFormat } from '../validate/formats.ts';
import type { JsonObject } from '../vocabulary/json.ts';
import type { Contract, Schema } from '../vocabulary/operation.ts';
import type { LocatedResource } from './resources.ts';
import { definitionOf, propertiesOf, resolved, successSchema } from './schema-view.ts';

/** Names of numbers that count and never refer, whatever the resources are called. */
const counts =
  /^(?:page|limit|offset|size|skip|take|count|order|position|rank|year|month|day|number|index|level|version)s?$/i;

/** Tells whether a value can be the id of a resource, for names such as `category` that say what they refer to, and not that they do. */
export class IdTypes {
  readonly #contract: Contract;
  readonly #resources: readonly LocatedResource[];

  constructor(contract: Contract, resources: readonly LocatedResource[]) {
    this.#contract = contract;
    this.#resources = resources;
  }

  /**
   * The one resource whose id has the very schema of that value, by name (`$ref`) or by a pattern of its own: `from` and `to` of a transfer say
   * nothing by what they are called.
   */
  byShape(schema: Schema): LocatedResource | null {
    const wanted = shapeOf(schema, resolved(schema, this.#contract.definitions));
    if (wanted === null) return null;
    const alike = this.#resources.filter((located) => {
      const own = this.#idInPath(located);
      return (
        located.resource.create !== null &&
        own !== null &&
        shapeOf(own, resolved(own, this.#contract.definitions)) === wanted
      );
    });
    const [only, other] = alike;
    return only === undefined || other !== undefined ? null : only;
  }

  /** The one resource that is read as the very definition that the value is of: `type` of a pet is a `PetType`, whatever it is called. */
  byDefinition(schema: Schema): LocatedResource | null {
    const { definitions, operations } = this.#contract;
    const wanted = definitionOf(schema, definitions);
    if (wanted === null) return null;
    const alike = this.#resources.filter(({ resource }) => {
      const read = operations.find(({ id }) => id === resource.read);
      const answer = read === undefined ? null : successSchema(read);
      return resource.create !== null && answer !== null && definitionOf(answer, definitions) === wanted;
    });
    const [only, other] = alike;
    return only === undefined || other !== undefined ? null : only;
  }

  /** Whether both are integers, or both UUIDs, so that a field named like the resource holds its id. */
  isIdOf(located: LocatedResource, schema: Schema): boolean {
    const { resource, noun } = located;
    if (resource.create === null || counts.test(noun)) return false;
    const raw = this.#idInPath(located) ?? this.#idInAnswer(located);
    const own = raw === null ? null : resolved(raw, this.#contract.definitions);
    const value = resolved(schema, this.#contract.definitions);
    if (own === null || value === null || value.enum !== undefined) return false;
    return isInteger(own) ? isInteger(value) : isUuidFormat(own.format) && isUuidFormat(value.format);
  }

  #idInPath({ resource }: LocatedResource): Schema | null {
    const operationId = resource.read ?? resource.remove ?? resource.replace ?? resource.patch;
    const operation = this.#contract.operations.find(({ id }) => id === operationId);
    return (
      operation?.parameters.find((each) => each.in === 'path' && each.name === resource.idParameter)?.schema ?? null
    );
  }

  /** The id of what has no path of its own, as the answer to its creation has it. */
  #idInAnswer({ resource: { create, idPointer } }: LocatedResource): Schema | null {
    const operation = this.#contract.operations.find(({ id }) => id === create);
    let schema = operation === undefined || idPointer === null ? null : successSchema(operation);
    for (const name of (idPointer ?? '').split('/').slice(1))
      schema = schema === null ? null : (propertiesOf(schema, this.#contract.definitions).get(name) ?? null);
    return schema;
  }
}

/** What tells an id of one kind from every other text; null when nothing does. */
function shapeOf(schema: Schema, value: JsonObject | null): string | null {
  if (value === null || value.type !== 'string' || value.enum !== undefined) return null;
  if (typeof schema === 'object' && typeof schema['$ref'] === 'string') return schema['$ref'];
  return typeof value.pattern === 'string' && distinct.test(value.pattern) ? value.pattern : null;
}

/** Begins with letters and a separator (`ord_…`), or counts eight characters and more: what other texts do not have by chance. */
const distinct = /^\^(?:[A-Za-z]{1,8}[-_]|.*\{(?:[89]|\d\d)\}).*\$$/;

function isInteger({ type }: JsonObject): boolean {
  return type === 'integer' || (Array.isArray(type) && type.includes('integer') && !type.includes('string'));
}
