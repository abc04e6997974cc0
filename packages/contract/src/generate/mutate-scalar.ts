import { codePointLength } from '../validate/code-points.ts';
import { holdsFormat, isUuidFormat, numberFormats } from '../validate/formats.ts';
import { compilePattern } from '../validate/pattern.ts';
import { counted, shown } from '../validate/wording.ts';
import type { Json } from '../vocabulary/json.ts';
import { CannotMake } from './cannot-make.ts';
import type { Facet } from './facet.ts';
import { domainOf, numberMaker } from './make-number.ts';
import { stringMaker } from './make-string.ts';
import { replacement } from './mutation.ts';
import type { Mutation, Target } from './mutation.ts';
import type { Making } from './node.ts';
import { simplest } from './source.ts';

const longestString = 100_000;

/** Numbers just outside of the bounds, off the grid, and too large for their format. */
export function numberMutations(target: Target, facet: Facet): readonly Mutation[] {
  const { subject } = target;
  const found: Mutation[] = [];
  const put = (keyword: string, value: number | null, wish: string, kind: 'bounds' | 'multiple' = 'bounds') => {
    if (value !== null)
      found.push(replacement(target, kind, keyword, () => ({ value, description: `${subject} is ${value}, ${wish}` })));
  };
  const { minimum, maximum, exclusiveMinimum, exclusiveMaximum } = facet;
  const isOpen = (bound: number) => !Number.isFinite(bound);
  if (!isOpen(minimum) && minimum > exclusiveMinimum)
    put('minimum', beyond(facet, minimum, -1), `the minimum is ${minimum}`);
  if (!isOpen(maximum) && maximum < exclusiveMaximum)
    put('maximum', beyond(facet, maximum, 1), `the maximum is ${maximum}`);
  if (!isOpen(exclusiveMinimum) && exclusiveMinimum >= minimum)
    put('exclusiveMinimum', exclusiveMinimum, `must be more than ${exclusiveMinimum}`);
  if (!isOpen(exclusiveMaximum) && exclusiveMaximum <= maximum)
    put('exclusiveMaximum', exclusiveMaximum, `must be less than ${exclusiveMaximum}`);
  for (const step of facet.multiples)
    put('multipleOf', offGrid(facet, step), `must be a multiple of ${step}`, 'multiple');
  for (const format of facet.formats) {
    const range = Object.hasOwn(numberFormats, format) ? numberFormats[format] : undefined;
    if (range === undefined) continue;
    const over = range.maximum > Number.MAX_SAFE_INTEGER ? 1e20 : range.maximum + 1;
    if (facet.maximum >= over) put('format', over, `must fit ${format}`);
  }
  return found;
}

/** The nearest value of the facet's kind on the other side of a bound. */
function beyond(facet: Facet, bound: number, side: 1 | -1): number | null {
  const { step } = domainOf(facet);
  const gap = step === null ? 1 : Number(`${step.digits}e-${step.scale}`);
  const window =
    side > 0
      ? { minimum: bound + gap / 1e6, maximum: bound + gap * 1.000001 }
      : { minimum: bound - gap * 1.000001, maximum: bound - gap / 1e6 };
  const outside = numberMaker({
    ...facet,
    ...window,
    // A bound may be its format's own: what is beyond the one is then beyond the other.
    integer: facet.integer || facet.formats.some(isIntegerFormat),
    formats: facet.formats.filter((format) => !isIntegerFormat(format)),
    exclusiveMinimum: Number.NEGATIVE_INFINITY,
    exclusiveMaximum: Number.POSITIVE_INFINITY,
    examples: [],
  });
  const value = step === null ? bound + side : (outside?.(plainMaking) ?? null);
  return value !== null && Number.isFinite(value) && value !== bound ? value : null;
}

function isIntegerFormat(format: string): boolean {
  return Object.hasOwn(numberFormats, format);
}

function offGrid(facet: Facet, step: number): number | null {
  const others = { ...facet, multiples: facet.multiples.filter((other) => other !== step), examples: [] };
  const inside = numberMaker(facet)?.(plainMaking) ?? 0;
  if (facet.integer) return step > 1 ? inside + 1 : null;
  const value = Number((inside + step / 2).toPrecision(12));
  return numberMaker(others) === null || value > facet.maximum ? Number((inside - step / 2).toPrecision(12)) : value;
}

/** Strings just too short or too long, of another pattern, of no format. */
export function stringMutations(target: Target, facet: Facet): readonly Mutation[] {
  const { subject } = target;
  const found: Mutation[] = [];
  const { minLength, maxLength } = facet;
  if (minLength > 0) {
    found.push(
      replacement(target, 'length', 'minLength', (_part, making) => {
        const value = ofLength(facet, minLength - 1, making);
        return value === null
          ? null
          : {
              value,
              description: `${subject} has ${counted(minLength - 1, 'character')}, the minimum is ${minLength}`,
            };
      }),
    );
  }
  if (maxLength < longestString) {
    found.push(
      replacement(target, 'length', 'maxLength', (_part, making) => {
        const value = ofLength(facet, maxLength + 1, making);
        return value === null
          ? null
          : {
              value,
              description: `${subject} has ${counted(maxLength + 1, 'character')}, the maximum is ${maxLength}`,
            };
      }),
    );
  }
  for (const pattern of facet.patterns) {
    found.push(
      replacement(target, 'pattern', 'pattern', (part) => {
        const value = misfits(facet, part).find(
          (text) =>
            compilePattern(pattern)?.test(text) === false && facet.formats.every((format) => holdsFormat(format, text)),
        );
        const any = value ?? misfits(facet, part).find((text) => compilePattern(pattern)?.test(text) === false);
        return any === undefined
          ? null
          : { value: any, description: `${subject} is ${shown(any)}, must match ${pattern}` };
      }),
    );
  }
  for (const format of facet.formats) {
    const kind = isUuidFormat(format) ? 'uuid' : format;
    const wrong = Object.hasOwn(wrongFormats, kind) ? wrongFormats[kind] : undefined;
    for (const value of wrong ?? []) {
      const length = codePointLength(value);
      if (length < minLength || length > maxLength) continue;
      found.push(
        replacement(target, 'format', 'format', () => ({
          value,
          description: `${subject} is ${shown(value)}, must be of the format ${format}`,
        })),
      );
    }
  }
  return found;
}

/** Formats that a server can be expected to check, with what they are not. */
const wrongFormats: Readonly<Record<string, readonly string[]>> = {
  'date-time': ['not-a-date-time', '2023-02-30T12:00:00Z'],
  date: ['not-a-date', '2023-02-30'],
  time: ['not-a-time', '25:00:00Z'],
  uuid: ['not-a-uuid'],
  email: ['not-an-email'],
  uri: ['not a uri'],
  ipv4: ['256.0.0.1'],
  ipv6: ['not-an-ipv6'],
};

/** A string of another length that is otherwise as the facet asks, where that can be. */
function ofLength(facet: Facet, length: number, making: Making): string | null {
  const wanted: Facet = { ...facet, minLength: length, maxLength: length, examples: [] };
  const attempts: readonly Facet[] = [wanted, { ...wanted, formats: [] }, { ...wanted, formats: [], patterns: [] }];
  for (const attempt of attempts) {
    try {
      const text = stringMaker(attempt)?.(making);
      if (text !== undefined && codePointLength(text) === length) return text;
    } catch (error) {
      if (!(error instanceof CannotMake)) throw error;
    }
  }
  return null;
}

function misfits(facet: Facet, part: Json): readonly string[] {
  const own =
    typeof part === 'string'
      ? [
          `${part}!`,
          `!${part.slice(1)}`,
          part.slice(0, -1),
          part.replace(/./su, '!'),
          // A format often reads both cases, and so do servers.
          ...(facet.formats.length > 0 ? [] : [part.toUpperCase(), part.toLowerCase()]),
        ]
      : [];
  const plain = [
    'x',
    '!',
    'abc',
    '123',
    'not valid',
    '!!!',
    '???????',
    'x'.repeat(Math.max(1, Math.min(facet.minLength, 1000))),
    '!'.repeat(Math.max(1, Math.min(facet.minLength, 1000))),
  ];
  return [...own, ...plain].filter((text) => {
    const length = codePointLength(text);
    return length > 0 && length >= facet.minLength && length <= facet.maxLength;
  });
}

const plainMaking = { source: simplest, wild: false };
