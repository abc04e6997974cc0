import { appendToken } from '../openapi/source/pointer.ts';
import { idProperty } from '../shape/identity.ts';
import { wordsOf } from '../shape/nouns.ts';
import { type Definitions, isScalar, propertiesOf, resolved } from '../shape/schema-view.ts';
import { isJsonObject, type Json, type JsonObject } from '../vocabulary/json.ts';
import type { Parameter, Schema } from '../vocabulary/operation.ts';
import type { SoapEffect, XmlMember, XmlType } from '../vocabulary/soap.ts';
import type { ReadType } from './type-reader.ts';

/** What of a message is the thing it speaks of, and what names or filters it. */
export interface Payload {
  /** The way from the message's element down to the value that the schema describes. */
  readonly path: readonly string[];
  /** Null: nothing is left but the parameters. */
  readonly schema: Schema | null;
  readonly parameters: readonly Parameter[];
}

type Types = Readonly<Record<string, XmlType>>;

/** Wrappers in wrappers: `createOrderResponse`, `return`, `order`. */
const deepest = 3;

/** What a response tells: members that hold nothing but one other are passed over, so that `{order: {id}}` and `{id}` read alike. */
export function readAnswer(read: ReadType, definitions: Definitions, types: Types): Payload {
  return { ...unwrapped(read, definitions, types), parameters: [] };
}

/**
 * What a request says. The id of the thing that is read, changed or removed becomes a path parameter, and what filters a list query
 * parameters: an operation over SOAP then looks as it would over REST.
 */
export function readQuestion(
  read: ReadType,
  effect: SoapEffect,
  noun: string,
  definitions: Definitions,
  types: Types,
): Payload {
  const whole = unwrapped(read, definitions, types);
  const places = whole.path.length === 0 ? [whole] : [{ ...read, path: [] as readonly string[] }, whole];
  for (const place of places) {
    const object = resolved(place.schema, definitions);
    const hoisted = object === null || Array.isArray(object.anyOf) ? [] : hoistedOf(object, effect, noun, definitions);
    if (object === null || hoisted.length === 0) continue;
    const names = hoisted.map(({ name }) => name);
    const parameters = hoisted.map((parameter) => ({
      ...parameter,
      pointer: appendToken(place.path.reduce(appendToken, ''), parameter.name),
    }));
    const left = without(object, names);
    if (Object.keys(isJsonObject(left.properties) ? left.properties : {}).length === 0)
      return { path: place.path, schema: null, parameters };
    const inner = unwrapped({ schema: left, type: less(place.type, names, types) }, definitions, types);
    return { path: [...place.path, ...inner.path], schema: inner.schema, parameters };
  }
  return { path: whole.path, schema: whole.schema, parameters: [] };
}

type Parameterless = Omit<Parameter, 'pointer'>;

function hoistedOf(
  object: JsonObject,
  effect: SoapEffect,
  noun: string,
  definitions: Definitions,
): readonly Parameterless[] {
  const required = new Set(Array.isArray(object.required) ? (object.required as readonly Json[]) : []);
  const scalars = [...propertiesOf(object, definitions)].filter(
    ([, schema]) => isScalar(schema, definitions) || isTruth(schema, definitions),
  );
  if (effect === 'list')
    return scalars.map(([name, schema]) => {
      const names = required.has(name) && ['id', 'uuid', 'guid'].includes(wordsOf(name).at(-1) ?? '');
      return parameter(name, schema, names ? 'path' : 'query', required.has(name));
    });
  if (effect !== 'read' && effect !== 'update' && effect !== 'remove') return [];
  const id = idProperty(object, noun, null, definitions) ?? numberOf(scalars, noun);
  const schema = scalars.find(([name]) => name === id)?.[1];
  return id === null || schema === undefined ? [] : [parameter(id, schema, 'path', true)];
}

/** `orderNumber`, `orderCode`: what names a thing where nothing is called an id. */
function numberOf(scalars: readonly (readonly [string, Schema])[], noun: string): string | null {
  const own = wordsOf(noun).join(' ');
  const named = scalars.filter(([name]) => {
    const words = wordsOf(name);
    return /^(?:number|no|nr|code|key|ref|reference)$/.test(words.at(-1) ?? '') && words.slice(0, -1).join(' ') === own;
  });
  return named.length === 1 ? (named[0]?.[0] ?? null) : null;
}

function isTruth(schema: Schema, definitions: Definitions): boolean {
  const object = resolved(schema, definitions);
  return object?.type === 'boolean' || Array.isArray(object?.enum);
}

function parameter(name: string, schema: Schema, place: 'path' | 'query', required: boolean): Parameterless {
  return {
    name,
    in: place,
    required,
    schema,
    style: place === 'path' ? 'simple' : 'form',
    explode: place === 'query',
    examples: [],
    description: '',
  };
}

function unwrapped(
  read: ReadType,
  definitions: Definitions,
  types: Types,
): { readonly path: readonly string[]; readonly schema: Schema; readonly type: XmlType } {
  const path: string[] = [];
  let { schema, type } = read;
  while (path.length < deepest) {
    const member = onlyMember(type, types);
    const inner = member === null ? undefined : propertiesOf(schema, definitions).get(member.property);
    if (member === null || inner === undefined || membersOf(member.type, types) === null) break;
    path.push(member.property);
    schema = withoutNull(inner);
    ({ type } = member);
  }
  return { path, schema, type };
}

function onlyMember(type: XmlType, types: Types): XmlMember | null {
  const members = membersOf(type, types);
  const [only] = members ?? [];
  return only !== undefined && members?.length === 1 && only.place === 'element' && !only.repeats ? only : null;
}

/** The members of an element of that type; null when it holds a text, or anything. */
export function membersOf(type: XmlType, types: Types): readonly XmlMember[] | null {
  if (type.kind === 'members') return type.members;
  const target = type.kind === 'ref' ? types[type.name] : undefined;
  return target === undefined ? null : membersOf(target, types);
}

function withoutNull(schema: Schema): Schema {
  if (!isJsonObject(schema) || !Array.isArray(schema.anyOf)) return schema;
  const others = schema.anyOf.filter((branch: Json) => !(isJsonObject(branch) && branch.type === 'null'));
  const [only] = others;
  return others.length === 1 && isJsonObject(only) ? only : schema;
}

function without(object: JsonObject, names: readonly string[]): JsonObject {
  const kept = (name: string) => !names.includes(name);
  const properties = isJsonObject(object.properties) ? object.properties : {};
  const required = Array.isArray(object.required)
    ? object.required.filter((name: Json) => typeof name === 'string' && kept(name))
    : [];
  const { required: _, ...rest } = object;
  return {
    ...rest,
    properties: Object.fromEntries(Object.entries(properties).filter(([name]) => kept(name))),
    ...(required.length === 0 ? {} : { required }),
  };
}

function less(type: XmlType, names: readonly string[], types: Types): XmlType {
  return {
    kind: 'members',
    members: (membersOf(type, types) ?? []).filter(({ property }) => !names.includes(property)),
  };
}
