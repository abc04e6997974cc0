import { compilePattern } from '../validate/pattern.ts';
import type { Json } from '../vocabulary/json.ts';
import type { Schema } from '../vocabulary/operation.ts';
import { anyText } from './alphabet.ts';
import type { Draft } from './alternative.ts';
import { CannotMake } from './cannot-make.ts';
import type { Facet } from './facet.ts';
import { mostParts } from './limits.ts';
import type { Making, Member, Node, NodeGraph } from './node.ts';
import { seededSource } from './source.ts';
import { words } from './words.ts';

const nameTries = 30;

/** What all rules together say about a member of this name. */
function rulesFor(facet: Facet, name: string): readonly Schema[] {
  return facet.objects.flatMap((rule) => {
    const spoken: Schema[] = Object.hasOwn(rule.properties, name) ? [rule.properties[name] ?? true] : [];
    for (const [pattern, schema] of rule.patterns)
      if (compilePattern(pattern)?.test(name) === true) spoken.push(schema);
    return spoken.length > 0 ? spoken : rule.additional === undefined ? [] : [rule.additional];
  });
}

export function objectMaker(facet: Facet, graph: NodeGraph): Draft | null {
  if (facet.minProperties > facet.maxProperties || facet.required.length > facet.maxProperties) return null;
  if (facet.minProperties > mostParts) return null;
  const naming = facet.naming.length === 0 ? null : graph.all([{ type: 'string' }, ...facet.naming]);
  const fitsName = facet.naming.map((schema) => graph.test(schema));
  const hidden = new Set(facet.hidden);
  const members = new Map<string, Member>();
  const names = new Set([...facet.objects.flatMap((rule) => Object.keys(rule.properties)), ...facet.required]);
  for (const name of names) {
    const required = facet.required.includes(name);
    const node = hidden.has(name) || !fitsName.every((fits) => fits(name)) ? null : graph.all(rulesFor(facet, name));
    if (node !== null) members.set(name, { node, required });
    else if (required) return null;
  }
  const extra = extraMembers(facet, graph, naming, new Set([...names, ...hidden]));
  const needed = [...members.values()].filter(({ required }) => required);
  const dependent = new Map(facet.dependent);

  const heightNow = () => {
    let height = 0;
    for (const { node } of needed) height = Math.max(height, node.height + 1);
    if (facet.minProperties > needed.length) {
      const others = [...members.values()]
        .filter(({ required }) => !required)
        .map(({ node }) => node.height + 1)
        .sort((a, b) => a - b);
      const missing = facet.minProperties - needed.length;
      const last = missing <= others.length ? (others[missing - 1] ?? 0) : extra.height() + 1;
      height = Math.max(height, last);
    }
    return height;
  };

  const make = (making: Making, depth: number): Json => {
    const chosen = chooseMembers(making, depth);
    const out: [string, Json][] = [];
    for (const [name, { node }] of members) if (chosen.has(name)) out.push([name, node.make(making, depth - 1)]);
    const wanted = extra.wanted(making, depth, members.size);
    const least = facet.minProperties - out.length;
    const most = Math.min(facet.maxProperties - out.length, Math.max(least, wanted));
    const taken = new Set<string>();
    for (let tries = 0; taken.size < most && tries < most + nameTries; tries++) {
      const entry = extra.make(
        making.steady && tries > 0 ? { ...making, source: seededSource(tries) } : making,
        depth,
        taken,
      );
      if (entry === null) continue;
      taken.add(entry[0]);
      out.push(entry);
    }
    if (out.length < facet.minProperties) throw new CannotMake('enough properties');
    return Object.fromEntries(out);
  };

  const chooseMembers = (making: Making, depth: number): ReadonlySet<string> => {
    const { source, wild, steady } = making;
    const chosen = new Set<string>();
    const take = (name: string): void => {
      if (chosen.has(name) || !members.has(name)) return;
      chosen.add(name);
      for (const other of dependent.get(name) ?? []) take(other);
    };
    for (const [name, { required }] of members) if (required) take(name);
    const percent = wild && !steady ? source.pick([50, 100, 0, 25]) : 75;
    const optional = [...members].filter(([name, { node }]) => !chosen.has(name) && node.height <= depth - 1);
    for (const [name] of optional) {
      if (chosen.size >= facet.maxProperties || making.room <= 0) break;
      if (source.chance(percent)) take(name);
    }
    for (const [name] of optional) if (chosen.size < facet.minProperties) take(name);
    return chosen;
  };

  return { alternative: { facet, type: 'object', make, members, item: () => null }, heightNow };
}

/** Members whose names the schema does not list: of `patternProperties`, of `additionalProperties`, or merely not forbidden. */
function extraMembers(facet: Facet, graph: NodeGraph, naming: Node | null, known: ReadonlySet<string>) {
  const patterns = facet.objects.flatMap((rule) =>
    rule.patterns.filter(([, schema]) => schema !== false).map(([pattern]) => pattern),
  );
  const described = facet.objects.some((rule) => typeof rule.additional === 'object');
  const forbidden =
    facet.closed ||
    facet.objects.some((rule) => rule.additional === false) ||
    (facet.naming.length > 0 && naming === null);
  const nameNodes = patterns
    .map((pattern) => graph.all([{ type: 'string', minLength: 1, maxLength: 40, pattern }, ...facet.naming]))
    .filter((node) => node !== null);
  const nameNode = naming ?? graph.node(plainName);
  const additional = forbidden ? null : graph.all(facet.objects.map((rule) => rule.additional ?? true));

  const makeName = (making: Making): string => {
    const { source } = making;
    const usePattern = nameNodes.length > 0 && (forbidden || source.chance(50));
    const node = usePattern ? source.pick(nameNodes) : nameNode;
    if (node === nameNode && naming === null)
      return source.chance(50) ? `${source.pick(words)}${source.int(1, 99)}` : source.pick(words);
    const name = node.make({ ...making, wild: false, alphabet: anyText }, 0);
    return typeof name === 'string' ? name : '';
  };

  return {
    height: () =>
      forbidden
        ? nameNodes.length > 0
          ? 0
          : Number.POSITIVE_INFINITY
        : (additional?.height ?? Number.POSITIVE_INFINITY),
    /** How many to make, as far as nothing asks for more. */
    wanted: ({ source, wild, steady, room }: Making, depth: number, listed: number): number => {
      if (room <= 0 || depth < 1) return 0;
      if (steady) return 0;
      if (described || nameNodes.length > 0) return wild ? source.int(0, 3) : listed === 0 ? source.int(1, 2) : 0;
      // A free-form object: {} says little.
      return listed === 0 && wild && !forbidden ? source.int(0, 2) : 0;
    },
    make: (making: Making, depth: number, taken: ReadonlySet<string>): [string, Json] | null => {
      if (forbidden && nameNodes.length === 0) return null;
      const name = makeName(making);
      if (known.has(name) || taken.has(name) || name === '__proto__') return null;
      const node = graph.all(rulesFor(facet, name));
      if (node === null || !Number.isFinite(node.height)) return null;
      if (facet.closed && !patterns.some((pattern) => compilePattern(pattern)?.test(name) === true)) return null;
      return [name, node.make(making, depth - 1)];
    },
  };
}

const plainName = { type: 'string', minLength: 1, maxLength: 20 };
