import { isJsonObject } from '../vocabulary/json.ts';
import type { Operation, Parameter, SecurityScheme } from '../vocabulary/operation.ts';
import type { ResolveOperation } from './links.ts';
import { readContent } from './media.ts';
import { readParameters } from './parameters.ts';
import type { OperationPlace } from './paths.ts';
import { type Reading, followed } from './reading.ts';
import { readResponses } from './responses.ts';
import { readSecurity } from './security.ts';
import { child, items, type Place, text } from './source/place.ts';

export interface ReadOperation {
  /** Null when its requests cannot be known. */
  readonly operation: Operation | null;
  /** Something that its requests or responses rest on could not be read. */
  readonly touched: boolean;
}

export function readOperation(
  root: Place,
  found: OperationPlace,
  schemes: readonly SecurityScheme[],
  operations: ResolveOperation,
  reading: Reading,
): ReadOperation {
  const { log, schemas } = reading;
  const { id, method, path, place, pathItems } = found;
  const responses = readResponses(place, reading, operations);
  const { parameters, lost } = readParameters(found.template, pathItems, place, reading);
  const body = readBody(child(place, 'requestBody'), reading);
  const doubtful = parameters.filter((parameter) => schemas.isDoubtful(parameter.schema));
  const needed = doubtful.find((parameter) => parameter.required);
  const obstacle =
    lost ??
    (needed !== undefined
      ? `its ${needed.in} parameter \`${needed.name}\``
      : body === 'unreadable'
        ? 'its request body'
        : null);
  if (obstacle !== null || body === 'unreadable') {
    log.broken(place, `${method} ${path} is left out, because ${obstacle ?? 'its request body'} cannot be read`);
    return { operation: null, touched: true };
  }
  const { source, offset, pointer } = place;
  const operation: Operation = {
    id,
    method,
    path,
    summary: firstText([place, ...pathItems], 'summary'),
    description: firstText([place, ...pathItems], 'description'),
    tags: items(child(place, 'tags')).flatMap(({ value }) => (typeof value === 'string' ? [value] : [])),
    deprecated: child(place, 'deprecated').value === true,
    parameters: without(parameters, doubtful),
    requestBody: body.spec,
    responses,
    ...readSecurity(root, place, schemes, reading),
    soap: null,
    pointer: source.referenced ? `${source.name}#${pointer}` : pointer,
    line: source.text === null || offset === null ? null : source.text.position(offset).line,
  };
  const doubtfulResponse = responses.some((response) =>
    response.content.some(({ schema }) => schemas.isDoubtful(schema)),
  );
  return { operation, touched: doubtful.length > 0 || body.touched || doubtfulResponse };
}

function firstText(places: readonly Place[], key: string): string {
  return places.map((place) => text(child(place, key))).find((found) => found !== '') ?? '';
}

function without(parameters: readonly Parameter[], left: readonly Parameter[]): readonly Parameter[] {
  return parameters.filter((parameter) => !left.includes(parameter));
}

type ReadBody = { readonly spec: Operation['requestBody']; readonly touched: boolean };

/** Media types whose schema cannot be read are left out; when none remains, a body that may be absent is, and one that must be present is unreadable. */
function readBody(place: Place, reading: Reading): ReadBody | 'unreadable' {
  const none = { spec: null, touched: false };
  if (place.value === undefined || place.value === null) return none;
  const body = followed(place, 'a request body', reading);
  if (body === null) return 'unreadable';
  const required = child(body, 'required').value === true;
  const content = child(body, 'content');
  if (!isJsonObject(content.value) || Object.keys(content.value).length === 0) {
    reading.log.odd(body, 'the request body has no `content`; it is left out');
    return none;
  }
  const all = readContent(content, reading);
  for (const { mediaType } of all.filter(({ variants }) => variants !== undefined))
    reading.log.odd(content, `of the schemas for ${mediaType}, requests are made by the first`);
  const readable = all.filter(({ schema }) => !reading.schemas.isDoubtful(schema));
  if (readable.length > 0) return { spec: { required, content: readable }, touched: readable.length < all.length };
  return required ? 'unreadable' : { spec: null, touched: true };
}
