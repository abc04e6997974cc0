import type { Json } from '../vocabulary/json.ts';
import type { Schema } from '../vocabulary/operation.ts';
import type { Alphabet } from './alphabet.ts';
import type { Facet, JsonType } from './facet.ts';
import type { Spent } from './limits.ts';
import type { Source } from './source.ts';

/** What making a value depends on besides its schema. */
export interface Making {
  readonly source: Source;
  /** Boundaries and oddities, or ordinary values. */
  readonly wild: boolean;
  readonly alphabet: Alphabet;
  /** The source always makes the same choices, so trying again is of no use. */
  readonly steady: boolean;
  /** How many more values may be made before everything optional is left out; counts down. */
  room: number;
  readonly spent: Spent;
}

/** A schema made ready for generation. Nodes refer to each other in circles where schemas do. */
export interface Node {
  readonly schema: Schema;
  readonly alternatives: readonly Alternative[];
  /** How deep the flattest value is; infinite when no finite value exists. */
  readonly height: number;
  /** Makes a value at most `depth` deep, or as flat as possible where that is deeper. Throws CannotMake. */
  make(making: Making, depth: number): Json;
}

/** One facet restricted to one type. */
export interface Alternative {
  readonly facet: Facet;
  readonly type: JsonType;
  readonly height: number;
  readonly make: (making: Making, depth: number) => Json;
  /** For objects: the members by name, without those that cannot be. */
  readonly members: ReadonlyMap<string, Member>;
  /** For arrays: what stands at a position. */
  readonly item: (index: number) => Node | null;
}

export interface Member {
  readonly node: Node;
  readonly required: boolean;
}

/** Gives the node of a schema, the same one for the same schema. */
export interface NodeGraph {
  node(schema: Schema): Node;
  /** The node of the values that fit all of them; null when one of them is `false`. */
  all(schemas: readonly Schema[]): Node | null;
  /** The test that decides whether a value fits a node's schema. */
  test(schema: Schema): (value: Json) => boolean;
}
