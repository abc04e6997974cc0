import { jsonKey } from '../validate/json-key.ts';
import { isJsonObject, type Json } from '../vocabulary/json.ts';
import type { Schema } from '../vocabulary/operation.ts';
import type { Facet } from './facet.ts';

/**
 * Whether a property that a facet requires can be nothing: it is forbidden, or one rule lists what another excludes. Conditions about the same property
 * (`if: {properties: {kind: {const: a}}}`) come out so in most of their combinations. False says nothing.
 */
export function isContradictory({ required, objects }: Facet): boolean {
  return required.some((name) => {
    const rules = objects.flatMap(({ properties }) => (Object.hasOwn(properties, name) ? [properties[name]] : []));
    return rules.includes(false) || leavesNothing(rules.filter((rule) => isJsonObject(rule)));
  });
}

function leavesNothing(rules: readonly Exclude<Schema, boolean>[]): boolean {
  const lists = rules.map(listed).filter((list) => list !== null);
  const [first, ...others] = lists;
  if (first === undefined) return false;
  const excluded = new Set(
    rules.flatMap(({ not }) => (isJsonObject(not) && Object.keys(not).length === 1 ? (listed(not) ?? []) : [])),
  );
  return first.every((value) => excluded.has(value) || others.some((list) => !list.includes(value)));
}

function listed(schema: { readonly [keyword: string]: Json }): readonly string[] | null {
  if (schema.const !== undefined) return [jsonKey(schema.const)];
  return Array.isArray(schema.enum) ? schema.enum.map(jsonKey) : null;
}
