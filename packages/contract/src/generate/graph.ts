import { jsonKey } from '../validate/json-key.ts';
import type { DirectedValidator } from '../validate/validator.ts';
import type { Json, JsonObject } from '../vocabulary/json.ts';
import type { Schema } from '../vocabulary/operation.ts';
import { alternativesOf } from './alternative.ts';
import type { Draft } from './alternative.ts';
import { CannotMake, TooLarge } from './cannot-make.ts';
import { expand } from './expand.ts';
import { isSpent } from './limits.ts';
import { seededSource } from './source.ts';
import type { Alternative, Making, Node, NodeGraph } from './node.ts';

const looseTries = 40;

interface MutableNode extends Node {
  alternatives: readonly Alternative[];
  height: number;
}

/** The graph of all schemas of a contract in one direction, grown as schemas are asked for. */
export function createGraph(directed: DirectedValidator): NodeGraph {
  const bySchema = new WeakMap<JsonObject, MutableNode>();
  const byRef = new Map<string, MutableNode>();
  const combined = new Map<string, Schema>();
  const anything: JsonObject = {};
  const nothing: JsonObject = { not: {} };
  /** Nodes whose alternatives are not worked out yet. */
  const waiting: MutableNode[] = [];
  let working = false;

  const create = (schema: JsonObject): MutableNode => {
    const node: MutableNode = {
      schema,
      alternatives: [],
      height: Number.POSITIVE_INFINITY,
      make: (making, depth) => makeValue(node, making, depth),
    };
    waiting.push(node);
    return node;
  };

  const find = (schema: Schema): MutableNode => {
    const given = schema === true ? anything : schema === false ? nothing : schema;
    const ref = typeof given.$ref === 'string' && Object.keys(given).length === 1 ? given.$ref : null;
    const known = ref === null ? bySchema.get(given) : byRef.get(ref);
    if (known !== undefined) return known;
    const node = create(given);
    if (ref === null) bySchema.set(given, node);
    else byRef.set(ref, node);
    return node;
  };

  const makeValue = (node: MutableNode, making: Making, depth: number): Json => {
    making.room--;
    if (isSpent(making.spent)) throw new TooLarge('a value that is small enough');
    const budget = Math.max(depth, node.height);
    const possible = node.alternatives.filter((alternative) => alternative.height <= budget);
    if (possible.length === 0) throw new CannotMake('no value');
    for (let attempt = 0; attempt < looseTries; attempt++) {
      const alternative = choose(possible, making, attempt);
      // A source that always chooses the same would make the same again.
      const again = making.steady && attempt >= possible.length;
      const value = alternative.make(again ? { ...making, source: seededSource(attempt) } : making, budget);
      if (typeof value === 'string') making.spent.size += value.length;
      if (!alternative.facet.loose || directed.testRewritten(node.schema)(value) === true) return value;
    }
    throw new CannotMake('a value that fits every condition');
  };

  /** Works out all nodes that can be reached, and then how flat their values can be: a least fixed point, for circles. */
  const work = (): void => {
    if (working) return;
    working = true;
    const fresh: { node: MutableNode; heightOf: readonly (() => number)[] }[] = [];
    for (let node = waiting.pop(); node !== undefined; node = waiting.pop()) {
      const drafts = withoutTextForNumbers(
        expand(node.schema, directed.schemas.resolve).flatMap((facet) => alternativesOf(facet, graph, node.schema)),
      );
      const heights = drafts.map(() => Number.POSITIVE_INFINITY);
      node.alternatives = drafts.map(({ alternative }, index) => ({
        ...alternative,
        get height() {
          return heights[index] ?? Number.POSITIVE_INFINITY;
        },
      }));
      fresh.push({
        node,
        heightOf: drafts.map(
          ({ heightNow }, index) =>
            () =>
              (heights[index] = heightNow()),
        ),
      });
    }
    for (let changed = true; changed; ) {
      changed = false;
      for (const { node, heightOf } of fresh) {
        const height = Math.min(Number.POSITIVE_INFINITY, ...heightOf.map((compute) => compute()));
        if (height !== node.height) changed = true;
        node.height = height;
      }
    }
    for (const { node } of fresh)
      node.alternatives = node.alternatives.filter((alternative) => Number.isFinite(alternative.height));
    working = false;
  };

  const graph: NodeGraph = {
    node(schema) {
      const node = find(schema);
      work();
      return node;
    },
    all(schemas) {
      if (schemas.includes(false)) return null;
      const unique = new Map(
        schemas.filter((schema) => schema !== true).map((schema) => [jsonKey(schema), schema] as const),
      );
      const [only] = unique.values();
      if (only === undefined || unique.size === 1) return graph.node(only ?? true);
      const key = [...unique.keys()].sort().join('\n');
      let schema = combined.get(key);
      if (schema === undefined) {
        schema = { allOf: [...unique.values()] };
        combined.set(key, schema);
      }
      return graph.node(schema);
    },
    test: (schema) => {
      const test = directed.testRewritten(schema);
      return (value) => test(value) === true;
    },
  };
  return graph;
}

function choose(possible: readonly Alternative[], { source, wild, steady }: Making, attempt: number): Alternative {
  const [first] = possible;
  if (possible.length === 1 && first !== undefined) return first;
  if (steady) return possible[attempt % possible.length] ?? source.pick(possible);
  const present = possible.filter(({ type }) => type !== 'null');
  // Null is a value like others to a wild run; an ordinary one mostly has something to say.
  if (present.length > 0 && present.length < possible.length && !source.chance(wild ? 20 : 8))
    return source.pick(present);
  return source.pick(possible);
}

/** What may be a number or any text (a decimal, in many frameworks) is a number told as text: ordinary words are refused. */
function withoutTextForNumbers(drafts: readonly Draft[]): readonly Draft[] {
  if (!drafts.some(({ alternative }) => alternative.type === 'number')) return drafts;
  return drafts.filter(
    ({ alternative: { type, facet } }) =>
      type !== 'string' ||
      !facet.typed ||
      facet.allowed !== null ||
      facet.patterns.length > 0 ||
      facet.formats.length > 0,
  );
}
