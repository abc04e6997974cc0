import type { Json } from '../vocabulary/json.ts';
import type { Schema } from '../vocabulary/operation.ts';
import { arrayMaker } from './make-array.ts';
import { CannotMake } from './cannot-make.ts';
import { jsonTypes } from './facet.ts';
import type { Facet, JsonType } from './facet.ts';
import { numberMaker } from './make-number.ts';
import { objectMaker } from './make-object.ts';
import { stringMaker } from './make-string.ts';
import type { Alternative, Making, Member, Node, NodeGraph } from './node.ts';

/** An alternative whose height is not known yet; `heightNow` tells it from what is known of its parts. */
export interface Draft {
  readonly alternative: Omit<Alternative, 'height'>;
  readonly heightNow: () => number;
}

const mostListed = 1000;
const noMembers: ReadonlyMap<string, Member> = new Map();
const noItem = (): Node | null => null;

/** The alternatives of a facet: one for each type it can have. */
export function alternativesOf(facet: Facet, graph: NodeGraph, schema: Schema): readonly Draft[] {
  if (facet.allowed !== null) return listed(facet, facet.allowed, graph, schema);
  return likelyTypes(facet).flatMap((type) => {
    const draft = draftOf(facet, type, graph);
    return draft === null ? [] : [draft];
  });
}

/** `enum` and `const`: the values that also fit everything else. */
function listed(facet: Facet, allowed: readonly Json[], graph: NodeGraph, schema: Schema): readonly Draft[] {
  const byType = new Map<JsonType, Json[]>();
  // Each is tested against all of the schema, and so against all others; a part of a very long list says as much.
  const some = allowed.filter((_, index) => (index * mostListed) % allowed.length < mostListed);
  for (const value of some) {
    const type =
      value === null
        ? 'null'
        : Array.isArray(value)
          ? 'array'
          : (typeof value as 'string' | 'number' | 'boolean' | 'object');
    if (facet.types.has(type)) byType.set(type, [...(byType.get(type) ?? []), value]);
  }
  let fitting: ReadonlyMap<JsonType, readonly Json[]> | undefined;
  // Only on first use: the schema's test may need definitions that are still being rewritten.
  const values = (type: JsonType): readonly Json[] => {
    fitting ??= new Map([...byType].map(([name, list]) => [name, list.filter(graph.test(schema))] as const));
    return fitting.get(type) ?? [];
  };
  return [...byType.keys()].map((type) => {
    const make = ({ source, alphabet }: Making) => {
      const usable = values(type).filter(
        (value) => typeof value !== 'string' || alphabet.fits(value) || (value === '' && !alphabet.nonEmpty),
      );
      if (usable.length === 0) throw new CannotMake('none of the values listed');
      return source.pick(usable.map((value) => [value] as const))[0];
    };
    return { alternative: { facet, type, make, members: noMembers, item: noItem }, heightNow: () => 0 };
  });
}

/** Where no type is stated, what the other keywords speak about; a schema with `properties` means an object. */
function likelyTypes(facet: Facet): readonly JsonType[] {
  if (facet.typed) return [...facet.types];
  const spokenOf: JsonType[] = [];
  if (facet.objects.length > 0 || facet.required.length > 0 || facet.minProperties > 0 || facet.naming.length > 0)
    spokenOf.push('object');
  if (facet.arrays.length > 0 || facet.contains.length > 0 || facet.minItems > 0 || facet.unique)
    spokenOf.push('array');
  const numeric =
    facet.minimum !== Number.NEGATIVE_INFINITY ||
    facet.maximum !== Number.POSITIVE_INFINITY ||
    facet.multiples.length > 0;
  if (
    numeric ||
    facet.exclusiveMinimum !== Number.NEGATIVE_INFINITY ||
    facet.exclusiveMaximum !== Number.POSITIVE_INFINITY
  )
    spokenOf.push('number');
  if (
    facet.patterns.length > 0 ||
    facet.minLength > 0 ||
    facet.maxLength !== Number.POSITIVE_INFINITY ||
    facet.formats.length > 0
  )
    spokenOf.push('string');
  const meant = spokenOf.filter((type) => facet.types.has(type));
  return meant.length > 0 ? meant : jsonTypes.filter((type) => facet.types.has(type));
}

function draftOf(facet: Facet, type: JsonType, graph: NodeGraph): Draft | null {
  const scalar = (make: ((making: Making) => Json) | null): Draft | null =>
    make === null ? null : { alternative: { facet, type, make, members: noMembers, item: noItem }, heightNow: () => 0 };
  switch (type) {
    case 'null':
      return scalar(() => null);
    case 'boolean':
      return scalar(({ source }) => source.chance(50));
    case 'number':
      return scalar(numberMaker(facet));
    case 'string':
      return scalar(stringMaker(facet));
    case 'array':
      return arrayMaker(facet, graph);
    case 'object':
      return objectMaker(facet, graph);
    default:
      return type satisfies never;
  }
}
