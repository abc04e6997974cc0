import { isJsonObject, type Json, type JsonObject } from '../vocabulary/json.ts';
import type { Schema } from '../vocabulary/operation.ts';
import type { XmlName } from '../vocabulary/soap.ts';
import { soapEncodingNamespace, xsdNamespace } from '../xml/names.ts';
import { own } from '../vocabulary/own.ts';
import { attribute, childrenOf, elementsOf } from '../xml/xml-element.ts';
import type { Components } from './components.ts';
import { numbersOf } from './patterned-numbers.ts';
import { builtInTypes, facetOf, patternOf, type SimpleType } from './simple-types.ts';
import { Unreadable } from './unreadable.ts';
import { keyOf, type Located, referenceOf } from './xml-source.ts';

/** Reads simple types: those of XML Schema itself, and what is derived from them by restriction, list and union. */
export class SimpleTypeReader {
  readonly #components: Components;
  readonly #known = new Map<string, SimpleType>();
  readonly #reading = new Set<string>();

  constructor(components: Components) {
    this.#components = components;
  }

  /** A built-in or a global simple type; null for a name that is no simple type. */
  named(name: XmlName): SimpleType | null {
    if (name.namespace === xsdNamespace || name.namespace === soapEncodingNamespace)
      return own(builtInTypes, name.local) ?? null;
    const isRedefined = this.#reading.has(keyOf(name)) && this.#components.redefined('type', name) !== undefined;
    const key = `${keyOf(name)}${isRedefined ? ' redefined' : ''}`;
    const known = this.#known.get(key);
    if (known !== undefined) return known;
    const component = isRedefined
      ? this.#components.redefined('type', name)
      : this.#components.schemaComponent('type', name);
    if (component === undefined || component.element.name !== 'simpleType') return null;
    if (this.#reading.has(key)) throw new Unreadable(component, `the type ${name.local} is derived from itself`);
    this.#reading.add(key);
    try {
      const read = this.declared(component);
      this.#known.set(key, read);
      return read;
    } finally {
      this.#reading.delete(key);
    }
  }

  /** What an `xs:simpleType` element says. */
  declared(located: Located): SimpleType {
    const { source, element } = located;
    const [restriction] = childrenOf(element, xsdNamespace, 'restriction');
    const [list] = childrenOf(element, xsdNamespace, 'list');
    const [union] = childrenOf(element, xsdNamespace, 'union');
    if (restriction !== undefined) return this.restricted({ source, element: restriction });
    if (list !== undefined) {
      const item = this.#base({ source, element: list }, 'itemType');
      const apart = item.text === 'string' ? { allOf: [item.schema, { pattern: '^[^ \\t\\r\\n]+$' }] } : item.schema;
      return { schema: { type: 'array', items: apart, minItems: 1, maxItems: 5 }, text: 'list' };
    }
    if (union !== undefined) return this.#union({ source, element: union });
    throw new Unreadable(located, 'the simple type says neither restriction, list nor union');
  }

  /** What an `xs:restriction` of a simple type leaves of its base. */
  restricted(located: Located, given?: SimpleType): SimpleType {
    const base = given ?? this.#base(located, 'base');
    const facets = childrenOf(located.element, xsdNamespace);
    const values = facets
      .filter(({ name }) => name === 'enumeration')
      .map((facet) => valueOf(attribute(facet, 'value') ?? '', base));
    if (values.length > 0) return { schema: { enum: values }, text: base.text };
    const added = facets.flatMap((facet): JsonObject[] => {
      const facts = facetOf(base, facet.name, attribute(facet, 'value') ?? '');
      return facts === null ? [] : [facts];
    });
    const digits = Number(
      facets.map((facet) => (facet.name === 'totalDigits' ? attribute(facet, 'value') : undefined)).find(Boolean) ?? 0,
    );
    const patterns = facets
      .filter(({ name }) => name === 'pattern')
      .map((facet) => patternOf(attribute(facet, 'value') ?? ''));
    if (base.text === 'string' && patterns.length > 0 && !patterns.includes(null))
      added.push({
        pattern:
          patterns.length === 1 ? (patterns[0] ?? '') : `^(?:${patterns.map((each) => each?.slice(1, -1)).join('|')})$`,
      });
    if (base.text === 'number' && digits > 0 && digits <= 15) added.push(bounds(digits, base.schema, added));
    const isBuiltIn = Object.values(builtInTypes).includes(base);
    const schema = narrowed(isBuiltIn ? lessPattern(base.schema, added) : base.schema, added);
    const [pattern] = patterns;
    const numbers = base.text === 'number' && typeof pattern === 'string' ? numbersOf(pattern, schema) : [];
    return { schema: numbers.length > 0 ? { enum: numbers } : schema, text: base.text };
  }

  /** The type that an attribute names, or that stands in place. */
  #base(located: Located, name: string): SimpleType {
    const reference = referenceOf(located.element, name);
    if (reference === undefined) {
      const [inPlace] = childrenOf(located.element, xsdNamespace, 'simpleType');
      if (inPlace === undefined) throw new Unreadable(located, `${located.element.name} names no type`);
      return this.declared({ source: located.source, element: inPlace });
    }
    const found = reference === null ? null : this.named(reference);
    if (found !== null) return found;
    throw new Unreadable(located, `there is no simple type \`${attribute(located.element, name) ?? ''}\``);
  }

  #union(located: Located): SimpleType {
    const { source, element } = located;
    const names = (attribute(element, 'memberTypes') ?? '').split(/\s+/).filter((name) => name !== '');
    const members = [
      ...names.map((name) =>
        this.#base(
          { source, element: { ...element, attributes: [{ name: 'base', namespace: '', value: name }] } },
          'base',
        ),
      ),
      ...elementsOf(element)
        .filter((child) => child.name === 'simpleType')
        .map((child) => this.declared({ source, element: child })),
    ];
    const [first] = members;
    if (first === undefined) throw new Unreadable(located, 'the union has no members');
    const alike = members.every(({ text }) => text === first.text);
    return { schema: { anyOf: members.map(({ schema }) => schema) }, text: alike ? first.text : 'string' };
  }
}

/** The schema of what is `fixed` to one value. A list of several is left to the validator. */
export function fixedTo(fixed: string, schema: Schema, type: Pick<SimpleType, 'text'>): Schema {
  return type.text === 'list' ? schema : { enum: [valueOf(fixed, type)] };
}

function valueOf(text: string, { text: read }: Pick<SimpleType, 'text'>): Json {
  if (read === 'number' && Number.isFinite(Number(text))) return Number(text);
  return read === 'boolean' ? text === 'true' || text === '1' : text;
}

/** The base's schema with more conditions: beside its own where it has none of that kind, the narrower of two bounds, else together with it. */
/** Two patterns at once are hard to fulfil by chance: what a pattern of one's own says of a token is mostly enough. */
function lessPattern(base: SimpleType['schema'], added: readonly JsonObject[]): SimpleType['schema'] {
  if (!isJsonObject(base) || !added.some((each) => each.pattern !== undefined)) return base;
  const { pattern: _, ...rest } = base;
  return rest;
}

function narrowed(base: SimpleType['schema'], added: readonly JsonObject[]): SimpleType['schema'] {
  if (!isJsonObject(base) || base.anyOf !== undefined || base.enum !== undefined)
    return added.length === 0 ? base : { allOf: [base, ...added] };
  const result: Record<string, Json> = { ...base };
  const others: JsonObject[] = [];
  for (const [name, value] of added.flatMap((each) => Object.entries(each))) {
    const before = result[name];
    if (before === undefined || name === 'multipleOf') result[name] = value;
    else if (name === 'minItems' || name === 'maxItems') result[name] = value;
    else if (name === 'minimum' || name === 'minLength') result[name] = Math.max(Number(before), Number(value));
    else if (name === 'maximum' || name === 'maxLength') result[name] = Math.min(Number(before), Number(value));
    else others.push({ [name]: value });
  }
  return others.length === 0 ? result : { ...result, allOf: others };
}

/** `totalDigits`: so many digits in all, of which the fraction takes its share. */
function bounds(digits: number, base: SimpleType['schema'], added: readonly JsonObject[]): JsonObject {
  const object = isJsonObject(base) ? base : {};
  const said = added.map(({ multipleOf }) => multipleOf).find((each) => typeof each === 'number');
  const inherited = object.multipleOf === builtInStep ? 0.01 : object.multipleOf;
  const step = object.type === 'integer' ? 1 : Number(said ?? inherited ?? 0.01);
  const fraction = step === 1 ? 0 : Math.min(digits, Math.round(-Math.log10(step)));
  const most = Number(((10 ** digits - 1) / 10 ** fraction).toFixed(fraction));
  return { minimum: -most, maximum: most, multipleOf: step };
}

const builtInStep = 0.0001;
