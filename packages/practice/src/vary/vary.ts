import { isJsonObject, type Json } from '@assay/contract';
import {
  integer,
  json,
  list,
  object,
  type Path,
  type Problem,
  record,
  type Shape,
  text,
  oneOf,
} from '../shape/shape.ts';
import { evaluate, type Variables } from './expression.ts';
import { drawFrom, type Draw } from './random.ts';
import { ExpressionError } from './values.ts';
import { words, type WordList, wordLists } from './words.ts';

/** How one variable of a question is chosen. */
type Source =
  | { readonly how: 'pick'; readonly from: readonly Json[] }
  | { readonly how: 'integer'; readonly min: number; readonly max: number; readonly step: number }
  | { readonly how: 'sample'; readonly from: readonly Json[]; readonly size: number }
  | { readonly how: 'integers'; readonly min: number; readonly max: number; readonly size: number }
  | { readonly how: 'word'; readonly list: WordList }
  | { readonly how: 'compute'; readonly expression: string };

const whole = integer(-2_000_000_000, 2_000_000_000);
const pickShape = object({ pick: list(json(), 1) });
const integerShape = object({ integer: list(whole, 2, 3) });
const sampleShape = object({ sample: object({ of: list(json(), 1), size: integer(1, 50) }) });
const integersShape = object({ integers: object({ range: list(whole, 2, 2), size: integer(1, 50) }) });
const wordShape = object({ word: oneOf(wordLists) });
const computeShape = object({ compute: text(500) });

const source: Shape<Source> = {
  expected: 'one of pick, integer, sample, integers, word, compute',
  schema: {
    oneOf: [pickShape, integerShape, sampleShape, integersShape, wordShape, computeShape].map(({ schema }) => schema),
  },
  read(value, path, problems) {
    const key = isJsonObject(value) ? Object.keys(value)[0] : undefined;
    switch (key) {
      case 'pick': {
        const read = pickShape.read(value, path, problems);
        return read && { how: 'pick', from: read.pick };
      }
      case 'integer': {
        const read = integerShape.read(value, path, problems);
        const [min = 0, max = 0, step = 1] = read?.integer ?? [];
        return read && ranged(min, max, path, problems)
          ? { how: 'integer', min, max, step: Math.max(1, step) }
          : undefined;
      }
      case 'sample': {
        const read = sampleShape.read(value, path, problems);
        if (read !== undefined && read.sample.size > read.sample.of.length)
          problems.push({
            path,
            message: `A sample of ${read.sample.size} needs as many entries; here are ${read.sample.of.length}.`,
          });
        return read && { how: 'sample', from: read.sample.of, size: read.sample.size };
      }
      case 'integers': {
        const read = integersShape.read(value, path, problems);
        const [min = 0, max = 0] = read?.integers.range ?? [];
        return read && ranged(min, max, path, problems)
          ? { how: 'integers', min, max, size: read.integers.size }
          : undefined;
      }
      case 'word': {
        const read = wordShape.read(value, path, problems);
        return read && { how: 'word', list: read.word };
      }
      case 'compute': {
        const read = computeShape.read(value, path, problems);
        return read && { how: 'compute', expression: read.compute };
      }
      default:
        problems.push({
          path,
          message: `"${String(path.at(-1))}" must say how it is chosen: pick, integer, sample, integers, word or compute.`,
        });
        return undefined;
    }
  },
};

function ranged(min: number, max: number, path: Path, problems: Problem[]): boolean {
  if (min <= max) return true;
  problems.push({ path, message: `The least value, ${min}, is above the greatest, ${max}.` });
  return false;
}

export const varyShape: Shape<Readonly<Record<string, Source>>> = record(source);

/** The values of a question's variables for one seed; each may build on those before it. */
export function drawVariables(
  sources: Readonly<Record<string, Source>>,
  seed: number,
  name: string,
  problems: Problem[],
): Variables {
  const values: Record<string, Json> = {};
  for (const [key, one] of Object.entries(sources)) {
    try {
      // A draw of its own for each, so that a variable added later changes no other.
      values[key] = drawOne(one, drawFrom(seed, `${name} ${key}`), values);
    } catch (error) {
      if (!(error instanceof ExpressionError)) throw error;
      problems.push({ path: ['vary', key], message: error.message });
    }
  }
  return values;
}

function drawOne(one: Source, draw: Draw, values: Variables): Json {
  switch (one.how) {
    case 'pick':
      return draw.pick(one.from);
    case 'integer':
      return one.min + one.step * draw.integer(0, Math.floor((one.max - one.min) / one.step));
    case 'sample':
      return draw.shuffled(one.from).slice(0, one.size);
    case 'integers':
      return Array.from({ length: one.size }, () => draw.integer(one.min, one.max));
    case 'word':
      return draw.pick(words[one.list]);
    case 'compute':
      return evaluate(one.expression, values);
  }
  return one satisfies never;
}
