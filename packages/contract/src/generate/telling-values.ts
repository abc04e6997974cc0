import type { Json } from '../vocabulary/json.ts';
import { CannotMake } from './cannot-make.ts';
import type { Facet } from './facet.ts';
import { domainOf, numberMaker } from './make-number.ts';
import { stringMaker } from './make-string.ts';
import type { Alternative, Making } from './node.ts';
import { seededSource } from './source.ts';

export interface TellingValue {
  readonly value: Json;
  /** What it is about, as a clause: `at its minimum 1`. */
  readonly about: string;
}

const mostListed = 8;
const longestString = 5000;
const longestArray = 25;
const unicode = 'Zoë 漢字 عربي 👩‍👩‍👧 e\u0301 \u{1D538}';

/** The values of an alternative that code most often gets wrong: its bounds, every listed value, text of all kinds. */
export function tellingValues({ facet, type, item }: Alternative, making: Making): readonly TellingValue[] {
  if (facet.allowed !== null)
    return facet.allowed.slice(0, mostListed).map((value) => ({ value, about: `is ${JSON.stringify(value)}` }));
  switch (type) {
    case 'null':
      return [{ value: null, about: 'is null' }];
    case 'boolean':
      return [false, true].map((value) => ({ value, about: `is ${String(value)}` }));
    case 'number':
      return numbers(facet, making);
    case 'string':
      return strings(facet, making);
    case 'array':
      return arrays(facet, item, making);
    case 'object':
      return [];
    default:
      return type satisfies never;
  }
}

function numbers(facet: Facet, making: Making): readonly TellingValue[] {
  const { low, high, step } = domainOf(facet);
  const gap = step === null ? 1 : Number(`${step.digits}e-${step.scale}`) * 0.999999;
  const within = (minimum: number, maximum: number) =>
    numberMaker({ ...facet, minimum, maximum, examples: [] })?.(making);
  const found: TellingValue[] = [];
  const put = (value: number | undefined, about: string) => {
    if (value !== undefined) found.push({ value, about });
  };
  if (Number.isFinite(low)) put(within(low, low + gap), 'is at its minimum');
  if (Number.isFinite(high)) put(within(high - gap, high), 'is at its maximum');
  if (low <= 0 && high >= 0) put(within(0, 0), 'is 0');
  if (!Number.isFinite(low)) put(within(-gap * 1.1, -gap / 2), 'is negative');
  return found;
}

function strings(facet: Facet, making: Making): readonly TellingValue[] {
  const found: TellingValue[] = [];
  const ofLength = (length: number, about: string) => {
    const text = attempt(() => stringMaker({ ...facet, minLength: length, maxLength: length, examples: [] })?.(making));
    if (text !== undefined) found.push({ value: text, about });
  };
  if (facet.formats.length === 0) {
    ofLength(facet.minLength, `has its fewest characters (${facet.minLength})`);
    if (facet.maxLength <= longestString) ofLength(facet.maxLength, `has its most characters (${facet.maxLength})`);
    if (facet.patterns.length === 0)
      found.push({
        value: Array.from(unicode).slice(0, Math.min(facet.maxLength, 60)).join(''),
        about: 'has characters of many scripts',
      });
  } else {
    const several = facet.formats.some((format) => format.startsWith('date') || format === 'time') ? 4 : 2;
    for (let seed = 1; seed <= several; seed++) {
      const text = attempt(() =>
        stringMaker(facet)?.({ ...making, source: seededSource(seed * 7919), wild: true, steady: false }),
      );
      if (text !== undefined) found.push({ value: text, about: `is ${JSON.stringify(text)}` });
    }
  }
  return found;
}

function arrays(facet: Facet, item: Alternative['item'], making: Making): readonly TellingValue[] {
  const found: TellingValue[] = [];
  const ofSize = (size: number, about: string) => {
    const source = seededSource(size + 1);
    const items = attempt(() =>
      Array.from({ length: size }, (_, index) => {
        const node = item(index);
        if (node === null) throw new CannotMake('an item');
        return node.make({ ...making, source, steady: false, room: 10 }, node.height);
      }),
    );
    if (items !== undefined) found.push({ value: items, about });
  };
  ofSize(facet.minItems, `has its fewest items (${facet.minItems})`);
  if (facet.maxItems <= longestArray) ofSize(facet.maxItems, `has its most items (${facet.maxItems})`);
  return found;
}

function attempt<T>(make: () => T): T | undefined {
  try {
    return make();
  } catch (error) {
    if (error instanceof CannotMake) return undefined;
    throw error;
  }
}
