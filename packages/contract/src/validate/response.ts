import { readEnvelope } from '../soap/decode-envelope.ts';
import { xmlText } from '../soap/xml-text.ts';
import { bodyText, headerOf } from '../vocabulary/exchange.ts';
import type { Exchange, RecordedResponse } from '../vocabulary/exchange.ts';
import type { Json } from '../vocabulary/json.ts';
import type { Contract, Operation, ResponseSpec } from '../vocabulary/operation.ts';
import { findContent, isJsonMediaType, mediaTypeName, schemaFor } from './media-type.ts';
import { admitsScalar, describesBytes, headerReadings, httpDateReadings, readingsOf } from './readings.ts';
import { createValidator, directedValidator } from './validator.ts';
import type { SchemaViolation } from './violation.ts';
import { listed, shown } from './wording.ts';

/** One way in which a response is not what the contract documents. */
export type ResponseViolation = { readonly status: number; readonly message: string } & (
  | { readonly kind: 'undocumented-status'; readonly documented: readonly string[] }
  | {
      readonly kind: 'undocumented-media-type';
      readonly mediaType: string | null;
      readonly documented: readonly string[];
    }
  | { readonly kind: 'missing-header'; readonly header: string }
  | {
      readonly kind: 'invalid-header';
      readonly header: string;
      readonly value: string;
      readonly violation: SchemaViolation;
    }
  | { readonly kind: 'invalid-body'; readonly violation: SchemaViolation }
  /** The body is not JSON (over SOAP: no envelope), or is empty, although the response says or the contract documents JSON. */
  | { readonly kind: 'invalid-json' }
  /** A body where HTTP allows none: after HEAD, in 1xx, 204 and 304. */
  | { readonly kind: 'forbidden-body' }
);

/** The documented response that speaks of a status: `404` before `4XX` before `default`. */
export function findResponse(operation: Operation, status: number): ResponseSpec | undefined {
  const range = `${Math.floor(status / 100)}XX`;
  const { responses } = operation;
  return (
    responses.find((response) => response.status === String(status)) ??
    responses.find((response) => response.status.toUpperCase() === range) ??
    responses.find((response) => response.status === 'default')
  );
}

/**
 * Everything in which the response of an exchange differs from what its operation documents; none when there is no response. A body that
 * was truncated when it was recorded is not judged.
 */
export function checkResponse(
  contract: Contract,
  operation: Operation,
  exchange: Exchange,
): readonly ResponseViolation[] {
  const { response } = exchange;
  if (response === undefined) return [];
  const { status } = response;
  if (operation.soap !== null) return checkEnvelope(response);
  const bodiless = exchange.request.method === 'HEAD' || status < 200 || status === 204 || status === 304;
  const found: ResponseViolation[] = [];
  const empty = bodyText(response.body) === '';
  if (bodiless && !empty) {
    const why = exchange.request.method === 'HEAD' ? 'an answer to HEAD' : `a ${status} response`;
    found.push({
      kind: 'forbidden-body',
      status,
      message: `${why} must not have a body, got ${shown(bodyText(response.body))}`,
    });
  }
  // Of an operation without any response the contract says nothing at all.
  if (operation.responses.length === 0) return found;
  const spec = findResponse(operation, status);
  if (spec === undefined) {
    const documented = operation.responses.map((each) => each.status);
    found.push({
      kind: 'undocumented-status',
      status,
      documented,
      message: `the status is ${status}; the contract allows ${listed(documented, 'and')}`,
    });
    return found;
  }
  found.push(...checkHeaders(contract, spec, response));
  if (!bodiless) found.push(...checkBody(contract, spec, response, empty));
  return found;
}

/** Over SOAP the status tells only whether a fault came, and what the envelope holds is for a validator of XML Schema to judge. */
function checkEnvelope(response: RecordedResponse): readonly ResponseViolation[] {
  const { status, body } = response;
  const text = xmlText(response);
  if (body.truncatedFrom !== undefined || (status === 202 && text === '')) return [];
  const envelope = readEnvelope(text);
  if (envelope.kind !== 'none') return [];
  return [{ kind: 'invalid-json', status, message: `the body is no SOAP envelope: ${envelope.reason}` }];
}

function checkHeaders(contract: Contract, spec: ResponseSpec, response: RecordedResponse): ResponseViolation[] {
  const { status } = response;
  const found: ResponseViolation[] = [];
  for (const header of spec.headers) {
    // OpenAPI: a response header named Content-Type is ignored.
    if (header.name.toLowerCase() === 'content-type') continue;
    const lines = linesOf(response, header.name);
    const value = lines.join(', ');
    if (lines.length === 0) {
      if (header.required)
        found.push({
          kind: 'missing-header',
          status,
          header: header.name,
          message: `the header ${header.name} is missing; the contract requires it for ${status}`,
        });
      continue;
    }
    const directed = directedValidator(contract, 'response');
    const test = directed.test(header.schema);
    const rewritten = directed.schemas.rewrite(header.schema);
    // RFC 9110, section 5.3: several lines are one value. A cookie, and what was only said twice, stands in a line of its own.
    const readings = [...new Set([...lines, value])].flatMap((text) => [
      ...httpDateReadings(header.name, text),
      ...headerReadings(text, rewritten, directed.schemas.resolve),
    ]);
    if (readings.some((reading) => test(reading) !== false)) continue;
    const closest = readings.at(-1) ?? value;
    const [violation] = createValidator(contract).validate(header.schema, closest, 'response');
    if (violation === undefined) continue;
    found.push({
      kind: 'invalid-header',
      status,
      header: header.name,
      value,
      violation,
      message: `the header ${header.name} is ${shown(value)}: ${violation.message}`,
    });
  }
  return found;
}

function linesOf({ headers }: RecordedResponse, name: string): readonly string[] {
  const wanted = name.toLowerCase();
  return headers.filter(([field]) => field.toLowerCase() === wanted).map(([, value]) => value);
}

function checkBody(
  contract: Contract,
  spec: ResponseSpec,
  response: RecordedResponse,
  empty: boolean,
): ResponseViolation[] {
  const { status } = response;
  if (response.body.truncatedFrom !== undefined) return [];
  const contentType = headerOf(response.headers, 'content-type');
  const documented = spec.content.map((content) => content.mediaType);
  if (empty) {
    const wantsJson =
      contentType === undefined
        ? documented.length > 0 && documented.every(isJsonMediaType)
        : isJsonMediaType(contentType) && documented.length > 0;
    return wantsJson
      ? [
          {
            kind: 'invalid-json',
            status,
            message: `the body is empty; the contract documents ${listed(documented, 'or')}`,
          },
        ]
      : [];
  }
  const text = 'text' in response.body ? response.body.text : null;
  const json = contentType !== undefined && isJsonMediaType(contentType) ? parse(text) : undefined;
  const broken: ResponseViolation[] =
    json?.ok === false
      ? [
          {
            kind: 'invalid-json',
            status,
            message: `the body is said to be ${mediaTypeName(contentType ?? '')} but is not JSON: ${json.reason}`,
          },
        ]
      : [];
  if (documented.length === 0) return broken;
  const content = contentType === undefined ? undefined : findContent(spec.content, contentType);
  if (content === undefined) {
    const mediaType = contentType === undefined ? null : mediaTypeName(contentType);
    const got = mediaType === null ? 'the response has no Content-Type' : `the Content-Type is ${mediaType}`;
    const message = `${got}; the contract documents ${listed(documented, 'or')} for ${status}`;
    return [...broken, { kind: 'undocumented-media-type', status, mediaType, documented, message }];
  }
  if (broken.length > 0) return broken;
  const schema = schemaFor(content, contentType ?? '');
  const directed = directedValidator(contract, 'response');
  // A file is described so whatever is in it, also where that is JSON.
  if (describesBytes(directed.schemas.rewrite(schema), directed.schemas.resolve)) return [];
  // A schema of the objects that a text tells of, line by line or event by event, says nothing of the text itself.
  if (json === undefined && !admitsScalar(directed.schemas.rewrite(schema), directed.schemas.resolve)) return [];
  const value = json?.ok === true ? json.value : mediaTypeName(contentType ?? '').startsWith('text/') ? text : null;
  if (value === null && json === undefined) return [];
  const test = directed.test(schema);
  // In a text everything is a string; a schema of type integer means the number that is written there.
  if (json === undefined && text !== null && readingsOf(text).some((reading) => test(reading) !== false)) return [];
  return createValidator(contract)
    .validate(schema, value, 'response')
    .map((violation) => ({
      kind: 'invalid-body',
      status,
      violation,
      message: `the body of the ${status} response: ${violation.message}`,
    }));
}

type Parsed = { readonly ok: true; readonly value: Json } | { readonly ok: false; readonly reason: string };

function parse(text: string | null): Parsed {
  if (text === null) return { ok: false, reason: 'its bytes are not UTF-8' };
  try {
    const value: Json = JSON.parse(text);
    return { ok: true, value };
  } catch (error) {
    return { ok: false, reason: error instanceof Error ? error.message : String(error) };
  }
}
