import type { Json } from '../../vocabulary/json.ts';
import { child, type Place } from '../source/place.ts';
import type { ProblemLog } from '../source/problem-log.ts';
import { readScalar } from './scalar-keyword.ts';

type Draft = Record<string, Json>;

const pairs = [
  ['minimum', 'maximum'],
  ['minLength', 'maxLength'],
  ['minItems', 'maxItems'],
  ['minProperties', 'maxProperties'],
  ['minContains', 'maxContains'],
] as const;

/**
 * `exclusiveMinimum` and `exclusiveMaximum`: a flag beside the bound in OpenAPI 3.0, the bound itself since 3.1. Either form is
 * understood in either version, because documents are carried over from one to the other by changing their first line.
 */
export function readExclusiveBounds(place: Place, draft: Draft, log: ProblemLog, flags: boolean): void {
  for (const [keyword, inclusive] of [
    ['exclusiveMinimum', 'minimum'],
    ['exclusiveMaximum', 'maximum'],
  ] as const) {
    const at = child(place, keyword);
    if (at.value === undefined) continue;
    if (typeof at.value === 'boolean') {
      if (!flags) log.odd(at, `\`${keyword}\` is a number since OpenAPI 3.1; the flag is read as 3.0 reads it`);
      const bound = draft[inclusive];
      if (at.value && bound !== undefined) {
        draft[keyword] = bound;
        delete draft[inclusive];
      }
      continue;
    }
    const bound = readScalar(keyword, 'number', at, log);
    if (bound === undefined) continue;
    if (flags) log.odd(at, `\`${keyword}\` is true or false in OpenAPI 3.0; the number is read as 3.1 reads it`);
    draft[keyword] = bound;
  }
}

/** Leaves out bounds that contradict each other. True when there were such. */
export function dropContradictions(place: Place, draft: Draft, log: ProblemLog): boolean {
  let found = false;
  for (const [low, high] of pairs) {
    const from = draft[low];
    const to = draft[high];
    if (typeof from !== 'number' || typeof to !== 'number' || from <= to) continue;
    log.broken(
      child(place, low),
      `\`${low}\` ${from} is above \`${high}\` ${to}, so that nothing could be valid; both are left out`,
    );
    delete draft[low];
    delete draft[high];
    found = true;
  }
  return found;
}
