import { isJsonObject } from '../vocabulary/json.ts';
import type { Json, JsonObject } from '../vocabulary/json.ts';
import type { Contract, Schema } from '../vocabulary/operation.ts';
import { lookUp } from './definitions.ts';
import { asSchemaMap, asSchemas } from './keywords.ts';

/**
 * The branches of a oneOf or anyOf with what the `discriminator` says about them made explicit: each named branch asks for the values of
 * the discriminating property that choose it. Branches without a name stay as they are.
 */
export function discriminatedBranches(
  contract: Contract,
  schema: JsonObject,
  branches: readonly Schema[],
): readonly Schema[] {
  const { discriminator } = schema;
  if (!isJsonObject(discriminator) || typeof discriminator.propertyName !== 'string') return branches;
  const property = discriminator.propertyName;
  const mapping = isJsonObject(discriminator.mapping) ? Object.entries(discriminator.mapping) : [];
  return branches.map((branch) => {
    if (typeof branch === 'boolean' || typeof branch.$ref !== 'string') return branch;
    const name = lastStep(branch.$ref);
    const mapped = mapping
      .filter(([, target]) => typeof target === 'string' && lastStep(target) === name)
      .map(([value]) => value);
    const values = mapped.length > 0 ? mapped : [name];
    const own = constantsOf(contract, branch, property, 0);
    // A branch that pins the property to other values says it better than the mapping does.
    if (own !== undefined && !values.some((value) => own.includes(value))) return branch;
    return { allOf: [branch, { properties: { [property]: { enum: values } }, required: [property] }] };
  });
}

function lastStep(reference: string): string {
  const step = reference.slice(reference.lastIndexOf('/') + 1);
  return step.replace(/\.(?:json|ya?ml)$/, '');
}

function constantsOf(contract: Contract, schema: Schema, property: string, depth: number): readonly Json[] | undefined {
  if (typeof schema === 'boolean' || depth > 8) return undefined;
  const own = asSchemaMap(schema.properties)[property];
  if (own !== undefined && typeof own !== 'boolean') {
    if (own.const !== undefined) return [own.const];
    if (Array.isArray(own.enum)) return own.enum;
    const target = typeof own.$ref === 'string' ? lookUp(contract, own.$ref)?.schema : undefined;
    if (isJsonObject(target) && Array.isArray(target.enum)) return target.enum;
  }
  const target = typeof schema.$ref === 'string' ? lookUp(contract, schema.$ref)?.schema : undefined;
  for (const part of [...(target === undefined ? [] : [target]), ...asSchemas(schema.allOf)]) {
    const found = constantsOf(contract, part, property, depth + 1);
    if (found !== undefined) return found;
  }
  return undefined;
}
