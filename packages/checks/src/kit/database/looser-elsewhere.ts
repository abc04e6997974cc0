import type { Contract, ContractShape, JsonObject, Operation } from '@assay/contract';
import { answerSchema, bodySchema, isNullable, propertySchema } from '../requests/body-schema.ts';
import { operationOf } from '../requests/cases.ts';
import type { Rule } from './rules.ts';

/**
 * Whether the contract lets a property have elsewhere what breaks a rule of its creation: an order begins with one copy at least, and its
 * stock may come to be 0. Then it is a rule of creating, and none of the column. What changes a thing allows what it does not forbid; what
 * shows one must say so.
 */
export function isLooserElsewhere(
  contract: Contract,
  { resources }: ContractShape,
  create: string,
  rule: Rule,
): boolean {
  const operations = (ids: readonly (string | null)[]): readonly Operation[] =>
    ids.flatMap((id) => (id === null ? [] : [operationOf(contract, id)]));
  return resources
    .filter((resource) => resource.create === create)
    .some(({ read, replace, patch }) => {
      const taken = operations([replace, patch]).map((operation) => bodySchema(contract, operation));
      const shown = operations([create, read, replace, patch]).map((operation) => answerSchema(contract, operation));
      return (
        taken.some((body) => allows(propertySchema(contract, body, rule.property), rule, false)) ||
        shown.some((answer) => allows(propertySchema(contract, answer, rule.property), rule, true))
      );
    });
}

function allows(schema: JsonObject | null, { kind, value }: Rule, mustSay: boolean): boolean {
  if (schema === null) return false;
  if (kind === 'required') return isNullable(schema);
  if (typeof value !== 'number' || (kind !== 'minimum' && kind !== 'maximum')) return false;
  const types = [schema['type']].flat();
  if (!types.includes('integer') && !types.includes('number')) return false;
  const limits =
    kind === 'minimum'
      ? [limit(schema['minimum'], (least) => least <= value), limit(schema['exclusiveMinimum'], (edge) => edge < value)]
      : [limit(schema['maximum'], (most) => most >= value), limit(schema['exclusiveMaximum'], (edge) => edge > value)];
  const said = limits.filter((each) => each !== null);
  return said.length === 0 ? !mustSay : said.every(Boolean);
}

function limit(bound: unknown, allowed: (bound: number) => boolean): boolean | null {
  return typeof bound === 'number' ? allowed(bound) : null;
}
