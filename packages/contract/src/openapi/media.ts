import { isDeepStrictEqual } from 'node:util';
import { mediaTypeParameters } from '../validate/media-type.ts';
import { isJsonObject, type Json } from '../vocabulary/json.ts';
import type { MediaContent, MediaVariant } from '../vocabulary/operation.ts';
import { type Reading, followed } from './reading.ts';
import { child, items, members, type Place } from './source/place.ts';

const shortNames: Readonly<Record<string, string>> = {
  json: 'application/json',
  xml: 'application/xml',
  text: 'text/plain',
  html: 'text/html',
};

/** The media types of a request body, a response, or a parameter with `content`, each once. */
export function readContent(place: Place, reading: Reading): readonly MediaContent[] {
  const { log } = reading;
  if (place.value !== undefined && !isJsonObject(place.value))
    log.broken(place, '`content` must be an object of media types');
  const result = new Map<string, MediaContent>();
  const found = new Map<string, readonly MediaVariant[]>();
  for (const [key, at] of members(place)) {
    if (key.startsWith('x-')) continue;
    const mediaType = mediaTypeOf(key);
    if (mediaType === null) {
      log.broken(at, `\`${key}\` is not a media type; it is left out`);
      continue;
    }
    if (mediaType !== key.split(';')[0]?.trim().toLowerCase())
      log.odd(at, `\`${key}\` is not a media type; it is taken for ${mediaType}`);
    const variants = found.get(mediaType) ?? [];
    const parameters = mediaTypeParameters(key);
    if (variants.some((other) => isDeepStrictEqual(other.parameters, parameters))) {
      log.odd(at, `\`${key}\` says again what ${mediaType} is; the first is used`);
      continue;
    }
    const content = readMedia(mediaType, at, reading);
    found.set(mediaType, [...variants, { parameters, schema: content.schema }]);
    if (!result.has(mediaType)) result.set(mediaType, content);
  }
  return [...result.values()].map((content) => withVariants(content, found.get(content.mediaType) ?? []));
}

function readMedia(mediaType: string, at: Place, reading: Reading): MediaContent {
  const media = at.value === null || at.value === undefined ? null : followed(at, 'a media type', reading);
  return {
    mediaType,
    schema:
      media === null
        ? at.value === null
          ? true
          : reading.schemas.unreadable()
        : readSchema(child(media, 'schema'), reading),
    examples: media === null ? [] : readExamples(media, reading),
    ...(media === null ? {} : readPartTypes(child(media, 'encoding'))),
  };
}

function withVariants(content: MediaContent, variants: readonly MediaVariant[]): MediaContent {
  return variants.every(({ schema }) => isDeepStrictEqual(schema, content.schema)) ? content : { ...content, variants };
}

function readSchema(place: Place, { schemas }: Reading) {
  return place.value === undefined ? true : schemas.read(place);
}

/** Of several media types the first; a range says nothing that could be sent. */
function readPartTypes(encoding: Place): Pick<MediaContent, 'partTypes'> {
  const types = members(encoding).flatMap(([field, at]) => {
    const named = child(at, 'contentType').value;
    const first = typeof named === 'string' ? mediaTypeOf(named.split(',')[0] ?? '') : null;
    return first === null || first.includes('*') ? [] : [[field, first] as const];
  });
  return types.length === 0 ? {} : { partTypes: Object.fromEntries(types) };
}

function mediaTypeOf(key: string): string | null {
  const essence = (key.split(';')[0] ?? '').trim().toLowerCase();
  if (/^[\w!#$&^.+*-]+\/[\w!#$&^.+*-]+$/.test(essence)) return essence;
  if (essence === '*') return '*/*';
  return Object.hasOwn(shortNames, essence) ? (shortNames[essence] ?? null) : null;
}

/** `example` and the values of `examples`, of a media type or a parameter. Those that stand elsewhere (`externalValue`) are not fetched. */
export function readExamples(place: Place, { log, references }: Reading): readonly Json[] {
  const values: Json[] = [];
  const example = child(place, 'example').value;
  if (example !== undefined) values.push(example);
  const examples = child(place, 'examples');
  for (const item of items(examples)) if (item.value !== undefined) values.push(item.value);
  for (const [, at] of members(examples)) {
    const result = references.follow(at);
    if ('problem' in result) {
      log.odd(at, result.problem);
      continue;
    }
    const value = child(result.place, 'value').value ?? child(result.place, 'dataValue').value;
    if (value !== undefined) values.push(value);
  }
  return values;
}
