import type { Json } from '../../vocabulary/json.ts';
import type { Place } from '../source/place.ts';
import type { ProblemLog } from '../source/problem-log.ts';

type ScalarForm = 'any' | 'text' | 'flag' | 'number' | 'positive' | 'count';

/** The value of a keyword that takes one plain value; undefined when it has to be left out. `'3'` is taken for 3, and said so. */
export function readScalar(keyword: string, form: ScalarForm, place: Place, log: ProblemLog): Json | undefined {
  const { value } = place;
  switch (form) {
    case 'any':
      return value;
    case 'text':
      if (typeof value === 'string') return value;
      if (keyword !== 'description' && keyword !== 'title')
        log.odd(place, `\`${keyword}\` must be a text; it is left out`);
      return undefined;
    case 'flag':
      return readFlag(keyword, place, log);
    case 'number':
    case 'positive':
    case 'count':
      return readNumber(keyword, form, place, log);
    default:
      return form satisfies never;
  }
}

function readFlag(keyword: string, place: Place, log: ProblemLog): boolean | undefined {
  const { value } = place;
  if (typeof value === 'boolean') return value;
  const meant = value === 'true' ? true : value === 'false' ? false : undefined;
  log.odd(
    place,
    `\`${keyword}\` must be true or false; it is ${meant === undefined ? 'left out' : `taken for ${meant}`}`,
  );
  return meant;
}

function readNumber(
  keyword: string,
  form: 'number' | 'positive' | 'count',
  place: Place,
  log: ProblemLog,
): number | undefined {
  const { value } = place;
  const meant = typeof value === 'string' && value.trim() !== '' ? Number(value) : value;
  const needed = form === 'count' ? 'a whole number from 0' : form === 'positive' ? 'a number above 0' : 'a number';
  if (typeof meant !== 'number' || !Number.isFinite(meant) || !fits(form, meant)) {
    log.odd(place, `\`${keyword}\` must be ${needed}; it is left out`);
    return undefined;
  }
  if (meant !== value) log.odd(place, `\`${keyword}\` must be ${needed}; the text is taken for ${meant}`);
  return meant;
}

function fits(form: 'number' | 'positive' | 'count', value: number): boolean {
  if (form === 'count') return Number.isInteger(value) && value >= 0;
  return form === 'number' || value > 0;
}
