import { atScale, decimalOf } from '../validate/decimal.ts';
import type { Decimal } from '../validate/decimal.ts';
import { numberFormats } from '../validate/formats.ts';
import type { Facet } from './facet.ts';
import type { Making } from './node.ts';
import type { Source } from './source.ts';

/** The numbers a facet allows, as far as they are an interval or the points of a grid on it. */
interface Domain {
  /** Bounds, inclusive; infinite where there are none. */
  readonly low: number;
  readonly high: number;
  /** Distance of the grid's points; null when every number will do. */
  readonly step: Decimal | null;
}

const most = Number.MAX_SAFE_INTEGER;
/** The largest double below 2^63. The bounds of int64 are no doubles: what is nearest to them is written as a number beyond them. */
const most64 = 2 ** 63 - 1024;
const landmarks = [
  0,
  1,
  -1,
  127,
  128,
  255,
  256,
  32_767,
  32_768,
  65_535,
  65_536,
  2_147_483_647,
  2_147_483_648,
  -2_147_483_648,
  -2_147_483_649,
  4_294_967_295,
  4_294_967_296,
  most,
  -most,
];

/** Makes numbers that hold a facet's bounds, steps and formats. Null when none can. */
export function numberMaker(facet: Facet): ((making: NumberMaking) => number) | null {
  const domain = domainOf(facet);
  const examples = facet.examples.filter((example) => typeof example === 'number');
  const make = domain.step === null ? intervalMaker(domain, facet) : gridMaker(domain, domain.step);
  if (make === null) return null;
  return ({ source, wild }) => (examples.length > 0 && source.chance(10) ? source.pick(examples) : make(source, wild));
}

export function domainOf(facet: Facet): Domain {
  let low = facet.minimum;
  let high = facet.maximum;
  let whole = facet.integer;
  for (const format of facet.formats) {
    const range = Object.hasOwn(numberFormats, format) ? numberFormats[format] : undefined;
    if (range === undefined) continue;
    whole = true;
    low = Math.max(low, range.minimum);
    high = Math.min(high, range.maximum);
  }
  if (facet.formats.includes('float')) {
    low = Math.max(low, -3.4e38);
    high = Math.min(high, 3.4e38);
  }
  if (whole && low === -(2 ** 63)) low = -most64;
  if (whole && high === 2 ** 63) high = most64;
  const steps = [...(whole ? [1] : []), ...facet.multiples].map(decimalOf);
  const step = steps.length === 0 ? null : steps.reduce(leastCommonMultiple);
  const scale = step === null ? 0 : step.scale;
  const gap = step === null ? 0 : Number(`${step.digits}e-${scale}`);
  // On a grid an exclusive bound is the next point's business; see gridMaker. Between, the nearest double beside it.
  if (facet.exclusiveMinimum >= low)
    low = step === null ? nextAbove(facet.exclusiveMinimum) : facet.exclusiveMinimum + gap / 1e6;
  if (facet.exclusiveMaximum <= high)
    high = step === null ? -nextAbove(-facet.exclusiveMaximum) : facet.exclusiveMaximum - gap / 1e6;
  return { low, high, step };
}

function leastCommonMultiple(a: Decimal, b: Decimal): Decimal {
  const scale = Math.max(a.scale, b.scale);
  const [x, y] = [atScale(a, scale), atScale(b, scale)];
  let [m, n] = [x, y];
  while (n !== 0n) [m, n] = [n, m % n];
  return { digits: (x / m) * y, scale };
}

function nextAbove(value: number): number {
  if (!Number.isFinite(value)) return value;
  return value + Math.max(Math.abs(value) * Number.EPSILON, value === 0 ? 1e-9 : Number.MIN_VALUE);
}

/** What a number depends on. */
export type NumberMaking = Pick<Making, 'source' | 'wild'>;

type Make = (source: Source, wild: boolean) => number;

/** The points of a grid are counted, so that 0.01-steps stay exact: point 110 at scale 2 is the number written 1.10. */
function gridMaker({ low, high }: Domain, step: Decimal): Make | null {
  const size = Number(step.digits);
  const limit = Math.floor(most / size);
  const unit = 10 ** step.scale;
  const point = (index: number) => {
    const value = step.scale === 0 ? index * size : Number(`${index * size}e-${step.scale}`);
    return value === 0 ? 0 : value;
  };
  const estimate = (bound: number, round: (value: number) => number) =>
    Math.max(-limit, Math.min(limit, round((bound * unit) / size)));
  let first = estimate(low, Math.floor);
  let last = estimate(high, Math.ceil);
  for (let tries = 0; tries < 3 && point(first) < low; tries++) first++;
  for (let tries = 0; tries < 3 && point(last) > high; tries++) last--;
  if (first > last || point(first) < low || point(last) > high) {
    // Beyond 2^53 only the bounds themselves are left to try.
    const known = [low, high].filter(
      (bound) => Number.isInteger(bound) && bound >= low && bound <= high && size === 1 && step.scale === 0,
    );
    return known.length === 0 ? null : (source) => source.pick(known);
  }
  const home = first > 1 ? first : last < 1 ? last : Math.max(first, 1);
  const span = Math.max(999, step.scale === 0 ? 0 : 99_999);
  const plain: readonly [number, number] =
    home === last && home < 1 ? [Math.max(first, last - span), last] : [home, Math.min(last, home + span)];
  const edges = [
    first,
    first + 1,
    last,
    last - 1,
    ...landmarks.map((landmark) => Math.trunc((landmark * unit) / size)),
  ].filter((index) => index >= first && index <= last);
  return (source, wild) => {
    if (!wild) return point(source.int(plain[0], plain[1]));
    switch (source.int(0, 4)) {
      case 0:
      case 1:
        return point(source.pick(edges));
      case 2:
        return point(source.int(first, last));
      case 3:
        return point(source.int(Math.max(first, -1000), Math.min(last, Math.max(first, -1000) + 2000)));
      default:
        return point(source.int(plain[0], plain[1]));
    }
  };
}

function intervalMaker({ low, high }: Domain, facet: Facet): Make | null {
  if (low > high) return null;
  const hundredths = gridMaker({ low, high, step: { digits: 1n, scale: 2 } }, { digits: 1n, scale: 2 });
  const inside = (value: number) => value >= low && value <= high;
  const exotic = [
    0,
    -0,
    0.1,
    0.30000000000000004,
    -0.5,
    1e-7,
    123456.789,
    1e15,
    1e21,
    0.1234567890123,
    low,
    high,
    ...landmarks,
    ...(facet.formats.includes('float') ? [] : [1e300]),
  ];
  const edges = exotic.filter((value) => Number.isFinite(value) && inside(value));
  const between = (source: Source) => {
    const from = Number.isFinite(low) ? low : Math.min(high, 1) - 1000;
    const to = Number.isFinite(high) ? high : Math.max(low, 0) + 1000;
    const value = from + (to - from) * (source.int(0, 1_000_000) / 1_000_000);
    return inside(value) ? value : from;
  };
  return (source, wild) => {
    if (wild && edges.length > 0 && source.chance(40)) return source.pick(edges);
    return hundredths === null || (wild && source.chance(30)) ? between(source) : hundredths(source, wild);
  };
}
