import { jsonKey } from '../validate/json-key.ts';
import type { Json } from '../vocabulary/json.ts';
import type { Draft } from './alternative.ts';
import { CannotMake } from './cannot-make.ts';
import type { Facet } from './facet.ts';
import { mostParts } from './limits.ts';
import type { Making, Node, NodeGraph } from './node.ts';
import { seededSource } from './source.ts';

/** The longest array that is made where the schema sets no bound. */
const longest = 12;
const longestBounded = 120;
const doubleTries = 30;

export function arrayMaker(facet: Facet, graph: NodeGraph): Draft | null {
  const positions = Math.max(0, ...facet.arrays.map((rule) => rule.positions.length));
  const nodes: (Node | null)[] = [];
  for (let index = 0; index <= positions; index++) {
    nodes.push(graph.all(facet.arrays.map((rule) => rule.positions[index] ?? rule.items ?? true)));
  }
  const item = (index: number): Node | null => nodes[Math.min(index, positions)] ?? null;
  const end = nodes.indexOf(null);
  const reach =
    facet.closed && facet.arrays.every((rule) => rule.items === undefined)
      ? positions
      : end === -1
        ? Number.POSITIVE_INFINITY
        : end;
  const most = Math.min(facet.maxItems, reach);
  const contained = facet.contains.flatMap(({ schema, least }) => {
    const node = graph.all([schema, ...facet.arrays.map((rule) => rule.items ?? true)]);
    return node === null ? [] : Array.from({ length: Math.min(least, mostParts + 1) }, () => node);
  });
  const least = Math.max(
    facet.minItems,
    contained.length === 0 ? 0 : Math.min(positions, most) + contained.length <= most ? contained.length : 0,
  );
  if (least > most || least > mostParts) return null;

  /** The items from which on nothing can be made any more. */
  const makable = () => {
    for (let index = 0; index <= positions; index++)
      if (!Number.isFinite(item(index)?.height ?? Number.POSITIVE_INFINITY)) return index;
    return Number.POSITIVE_INFINITY;
  };

  const heightNow = () => {
    let height = 0;
    for (let index = 0; index < Math.min(least, positions + 1); index++)
      height = Math.max(height, (item(index)?.height ?? Number.POSITIVE_INFINITY) + 1);
    for (const node of contained) height = Math.max(height, node.height + 1);
    return height;
  };

  const make = (making: Making, depth: number): Json => {
    let reachable = Math.min(most, makable());
    for (let index = 0; index <= positions; index++) {
      const node = item(index);
      if (node !== null && node.height > depth - 1) reachable = Math.min(reachable, Math.max(index, least));
    }
    const count = chooseCount(making, least, Math.max(least, reachable), facet.minItems);
    const items: Json[] = [];
    const keys = new Set<string>();
    for (let index = 0; index < count; index++) {
      const node = index >= count - contained.length ? (contained[count - 1 - index] ?? item(index)) : item(index);
      if (node === null) break;
      const value = facet.unique ? makeOther(node, making, depth - 1, keys) : node.make(making, depth - 1);
      if (value === undefined) break;
      items.push(value);
    }
    if (items.length < least) throw new CannotMake('enough different items');
    return items;
  };
  return { alternative: { facet, type: 'array', make, members: new Map(), item }, heightNow };
}

function chooseCount({ source, wild, room, steady }: Making, least: number, most: number, minItems: number): number {
  if (steady) return source.chance(1) ? Math.min(most, Math.max(least, 1)) : least;
  if (room <= 0 || most === least) return least;
  if (!wild) return source.int(Math.min(most, Math.max(least, 1)), Math.min(most, Math.max(least, minItems) + 2));
  const roof = Math.min(most, Math.max(longest, least));
  switch (source.int(0, 7)) {
    case 0:
      return least;
    case 1:
      return most <= longestBounded && room > 60 ? most : roof;
    default:
      return source.int(least, Math.min(roof, least + 4));
  }
}

/** A value that is not among those before; undefined when none came up. */
function makeOther(node: Node, making: Making, depth: number, keys: Set<string>): Json | undefined {
  for (let attempt = 0; attempt < doubleTries; attempt++) {
    const value = node.make(
      making.steady && attempt + keys.size > 0 ? { ...making, source: seededSource(attempt + keys.size) } : making,
      depth,
    );
    const key = jsonKey(value);
    if (!keys.has(key)) {
      keys.add(key);
      return value;
    }
  }
  return undefined;
}
