import { isJsonObject } from '../vocabulary/json.ts';
import type { SchemaReader } from './schema/schema-reader.ts';
import type { Place } from './source/place.ts';
import type { ProblemLog } from './source/problem-log.ts';
import type { References } from './source/references.ts';

/** What every part of the reader needs. */
export interface Reading {
  readonly log: ProblemLog;
  readonly references: References;
  readonly schemas: SchemaReader;
  /** The dialect of the schemas and the meaning of a `$ref` with something beside it. */
  readonly is30: boolean;
  /** As the document says it: `3.1.0`. */
  readonly version: string;
}

/** What the place holds once its `$ref` is followed; null, with a problem, when that leads nowhere or is no object. */
export function followed(place: Place, what: string, { log, references }: Reading): Place | null {
  const result = references.follow(place);
  if ('problem' in result) {
    log.dangling(place, result.problem);
    return null;
  }
  if (isJsonObject(result.place.value)) return result.place;
  log.broken(place, `${what} must be an object`);
  return null;
}
