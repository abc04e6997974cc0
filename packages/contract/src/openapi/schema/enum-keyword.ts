import type { Json } from '../../vocabulary/json.ts';
import { items, type Place } from '../source/place.ts';
import type { ProblemLog } from '../source/problem-log.ts';

/** The values of an `enum`, each once; undefined when it has to be left out. */
export function readEnum(place: Place, types: readonly string[] | null, log: ProblemLog): readonly Json[] | undefined {
  if (place.value === undefined) return undefined;
  if (!Array.isArray(place.value)) {
    log.odd(place, '`enum` must be a list of values; it is left out');
    return undefined;
  }
  const entries = items(place);
  if (entries.length === 0) {
    log.odd(place, '`enum` is empty, so that nothing could be valid; it is left out');
    return undefined;
  }
  const values: Json[] = [];
  const seen = new Set<string>();
  for (const entry of entries) {
    const value = asDeclared(entry, types, log);
    const key = JSON.stringify(value);
    if (seen.has(key)) log.odd(entry, `the value ${key} stands twice in this \`enum\``);
    else values.push(value);
    seen.add(key);
  }
  return values;
}

/** `enum: [1, 2]` under `type: string` is YAML without quotes: what was written is the text. */
function asDeclared(place: Place, types: readonly string[] | null, log: ProblemLog): Json {
  const value = place.value ?? null;
  if (types === null || !types.includes('string') || types.length > 1) return value;
  if (typeof value !== 'number' && typeof value !== 'boolean') return value;
  const written = asWritten(place) ?? String(value);
  log.odd(place, `the value ${written} of this \`enum\` is not a string; it is taken for "${written}"`);
  return written;
}

/** The plain YAML or JSON scalar as the document has it: `1.0` and not `1`. */
function asWritten(place: Place): string | null {
  const { text } = place.source;
  if (text === null || place.offset === null) return null;
  const scalar = /^[^\s,\]}#]+/.exec(text.text.slice(place.offset, place.offset + 80))?.[0];
  return scalar !== undefined && JSON.stringify(place.value) === JSON.stringify(looselyParsed(scalar)) ? scalar : null;
}

function looselyParsed(scalar: string): Json {
  if (/^true$/i.test(scalar)) return true;
  if (/^false$/i.test(scalar)) return false;
  return Number(scalar);
}
