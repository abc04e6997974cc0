import { isJsonObject, type Json } from '../vocabulary/json.ts';
import type { ResponseHeader, ResponseSpec } from '../vocabulary/operation.ts';
import { type ResolveOperation, readLinks } from './links.ts';
import { readContent } from './media.ts';
import { type Reading, followed } from './reading.ts';
import { child, members, type Place, text } from './source/place.ts';

/**
 * The responses of an operation by status. A response that cannot be read stays in the list and allows anything: were it left out, its
 * status would count as undocumented.
 */
export function readResponses(
  operation: Place,
  reading: Reading,
  resolveOperation: ResolveOperation,
): readonly ResponseSpec[] {
  const { log } = reading;
  const place = child(operation, 'responses');
  const entries = members(place).filter(([key]) => !key.startsWith('x-'));
  if (!isJsonObject(place.value) && place.value !== undefined && place.value !== null) {
    log.broken(place, '`responses` must be an object of responses by status');
  } else if (entries.length === 0 && reading.is30)
    log.odd(place, 'the operation has no `responses`; nothing is known of its answers');
  const result = new Map<string, ResponseSpec>();
  for (const [key, at] of entries) {
    const status = readStatus(key);
    if (status === null)
      log.broken(at, `\`${key}\` is not a status: 100 to 599, 1XX to 5XX, or default; it is left out`);
    else if (result.has(status)) log.odd(at, `the status ${status} is described twice; the first is used`);
    else result.set(status, readResponse(status, at, reading, resolveOperation));
  }
  return [...result.values()];
}

function readStatus(key: string): string | null {
  const upper = key.trim().toUpperCase();
  if (upper === 'DEFAULT') return 'default';
  return /^[1-5](?:\d\d|XX)$/.test(upper) ? upper : null;
}

function readResponse(status: string, at: Place, reading: Reading, resolveOperation: ResolveOperation): ResponseSpec {
  const response = at.value === null ? null : followed(at, 'a response', reading);
  if (response === null) {
    if (at.value === null) reading.log.odd(at, `the response ${status} is empty; nothing is known of it`);
    return {
      status,
      description: '',
      headers: [],
      content: [{ mediaType: '*/*', schema: at.value === null ? true : reading.schemas.unreadable(), examples: [] }],
      links: [],
    };
  }
  const description = child(response, 'description');
  // Since OpenAPI 3.2 there may be none.
  if (typeof description.value !== 'string' && !/^3\.(?:[2-9]|\d\d)/.test(reading.version))
    reading.log.odd(response, `the response ${status} has no \`description\``);
  const schema = child(response, 'schema');
  if (schema.value !== undefined && child(response, 'content').value === undefined) {
    reading.log.odd(
      schema,
      'the schema of a response stands in its `content` since OpenAPI 3.0; it is read as that of application/json',
    );
  }
  const content = readContent(child(response, 'content'), reading);
  const misplaced = schema.value !== undefined && content.length === 0;
  return {
    status,
    description: text(description),
    headers: readHeaders(child(response, 'headers'), reading),
    content: misplaced
      ? [{ mediaType: 'application/json', schema: reading.schemas.read(schema), examples: [] }]
      : content,
    links: readLinks(child(response, 'links'), reading, resolveOperation),
  };
}

function readHeaders(place: Place, reading: Reading): readonly ResponseHeader[] {
  const headers: ResponseHeader[] = [];
  for (const [name, at] of members(place)) {
    // The specification: a header of this name is ignored, `content` says it.
    if (name.toLowerCase() === 'content-type' || (name.startsWith('x-') && !isJsonObject(at.value))) continue;
    const header = followed(at, 'a header', reading);
    if (header === null) continue;
    headers.push({ name, required: child(header, 'required').value === true, schema: headerSchema(header, reading) });
  }
  return headers;
}

function headerSchema(header: Place, reading: Reading) {
  const schema = child(header, 'schema');
  if (schema.value !== undefined) return reading.schemas.read(schema);
  const content = readContent(child(header, 'content'), reading)[0];
  if (content !== undefined) return content.schema;
  const type: Json | undefined = child(header, 'type').value;
  return typeof type === 'string' ? reading.schemas.read(header) : true;
}
