import type { Direction } from '../validate/directed.ts';
import { explain } from '../validate/explain.ts';
import { directedValidator } from '../validate/validator.ts';
import { isJsonObject } from '../vocabulary/json.ts';
import type { Json } from '../vocabulary/json.ts';
import type { Contract, Schema } from '../vocabulary/operation.ts';
import type { Alphabet } from './alphabet.ts';
import { CannotMake, TooLarge, UnsupportedSchema } from './cannot-make.ts';
import { createGraph } from './graph.ts';
import type { Making, Node, NodeGraph } from './node.ts';
import { fullest, seededSource, simplest } from './source.ts';
import type { Source } from './source.ts';

/** `plain`: ordinary values, for set-up. `wild`: boundaries and oddities. Both are always valid. */
export type Mode = 'plain' | 'wild';

const tries = 60;
const roomOfPlain = 60;
const roomOfWild = 160;
/** How much deeper than necessary values go. */
const spareDepth = 3;

/** Makes valid values of one schema at one place. */
export interface ValueMaker {
  readonly node: Node;
  readonly make: (source: Source, mode: Mode) => Json;
  readonly isValid: (value: Json) => boolean;
  /** Not the contrary: what a pattern takes too long for is neither. */
  readonly isInvalid: (value: Json) => boolean;
  /** Whether the schema allows a value, wherever it stands, or cannot be said to rule it out. */
  readonly fits: (value: Json) => boolean;
  /** Simple valid values: the smallest, and one with everything optional. */
  readonly models: readonly Json[];
  /** A making for what is made beside whole values. */
  readonly making: (source: Source, mode: Mode) => Making;
}

export interface ValuePlace {
  readonly direction: Direction;
  readonly alphabet: Alphabet;
  /** What the place needs beyond the schema: no null in a query. */
  readonly accepts?: (value: Json) => boolean;
  readonly examples?: readonly Json[];
  /** For the message when no value can be made. */
  readonly name: string;
}

const graphs = new WeakMap<Contract, Map<Direction, NodeGraph>>();

function graphOf(contract: Contract, direction: Direction): NodeGraph {
  let both = graphs.get(contract);
  if (both === undefined) graphs.set(contract, (both = new Map()));
  let graph = both.get(direction);
  if (graph === undefined) both.set(direction, (graph = createGraph(directedValidator(contract, direction))));
  return graph;
}

/** @throws UnsupportedSchema when no valid value comes about in a bounded number of tries. */
export function createValueMaker(contract: Contract, schema: Schema, place: ValuePlace): ValueMaker {
  const directed = directedValidator(contract, place.direction);
  const rewritten = directed.schemas.rewrite(schema);
  const node = graphOf(contract, place.direction).node(rewritten);
  const test = directed.testRewritten(rewritten);
  const { accepts } = place;
  const isAccepted = (value: Json) => accepts === undefined || accepts(value);
  const isValid = (value: Json) => isAccepted(value) && test(value) === true;
  const isInvalid = (value: Json) => !isAccepted(value) || test(value) === false;
  const examples = (place.examples ?? []).map((example) => withoutHidden(example, node)).filter(isValid);

  const making = (source: Source, mode: Mode, steady = false): Making => ({
    source,
    wild: mode === 'wild',
    alphabet: place.alphabet,
    steady,
    room: mode === 'wild' ? roomOfWild : roomOfPlain,
    spent: { size: 0 },
  });
  const several = (source: Source, mode: Mode, steady = false): Json | undefined => {
    for (let count = 0; count < (steady ? 1 : tries); count++) {
      try {
        const value = node.make(making(source, mode, steady), node.height + (steady ? 1 : spareDepth));
        if (isValid(value)) return value;
      } catch (error) {
        if (error instanceof TooLarge) return undefined;
        if (!(error instanceof CannotMake)) throw error;
      }
    }
    return undefined;
  };

  const models = [several(simplest, 'plain', true), several(fullest, 'plain', true)].filter(
    (model) => model !== undefined,
  );
  const known = models[0] ?? several(seededSource(1), 'plain') ?? examples[0] ?? several(seededSource(2), 'wild');
  if (known === undefined)
    throw new UnsupportedSchema(
      place.name,
      node.alternatives.length === 0
        ? 'its constraints exclude every value, or ask for one that is too large'
        : whyNot(contract, place, node, schema),
    );
  const make = (source: Source, mode: Mode): Json => {
    if (examples.length > 0 && source.chance(mode === 'wild' ? 8 : isJsonObject(examples[0]) ? 0 : 25))
      return source.pick(examples.map((example) => [example] as const))[0];
    return several(source, mode) ?? known;
  };
  return { node, make, isValid, isInvalid, fits: (value) => test(value) !== false, models, making };
}

/** What stood in the way of the last try. */
function whyNot(contract: Contract, place: ValuePlace, node: Node, schema: Schema): string {
  const directed = directedValidator(contract, place.direction);
  try {
    const value = node.make(
      {
        source: seededSource(3),
        wild: false,
        alphabet: place.alphabet,
        steady: false,
        room: roomOfPlain,
        spent: { size: 0 },
      },
      node.height + 1,
    );
    const [first] = explain(directed.schemas.resolve, directed.schemas.rewrite(schema), value);
    return first?.message ?? 'nothing that was made can stand at this place';
  } catch (error) {
    if (error instanceof TooLarge) return 'what it asks for is too large';
    if (error instanceof CannotMake) return `its conditions were not met by chance (${error.message})`;
    throw error;
  }
}

/** An example often shows the whole resource; what does not travel in this direction is taken out of it. */
function withoutHidden(example: Json, node: Node): Json {
  const hidden = new Set(node.alternatives.flatMap(({ facet }) => facet.hidden));
  if (!isJsonObject(example) || hidden.size === 0) return example;
  return Object.fromEntries(Object.entries(example).filter(([name]) => !hidden.has(name)));
}
