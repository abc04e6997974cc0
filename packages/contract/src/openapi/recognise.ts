import { isJsonObject, type JsonObject } from '../vocabulary/json.ts';
import { faultAt } from './source/problem-log.ts';
import { child, type Place, rootPlace } from './source/place.ts';
import type { ParsedSource } from './source/parsed-source.ts';

export interface RecognisedDocument {
  readonly root: Place;
  /** As the document has it: `3.0.3`. */
  readonly version: string;
  readonly is30: boolean;
}

/**
 * Makes sure that the document is an OpenAPI 3 document, and says what it is where it is something else.
 * @throws Fault `bad-contract`
 */
export function recogniseOpenApi(source: ParsedSource): RecognisedDocument {
  const root = rootPlace(source);
  const { value } = root;
  if (value === null || value === '') throw faultAt(root, 'the document is empty');
  if (!isJsonObject(value))
    throw faultAt(
      root,
      `this is not an OpenAPI document: ${Array.isArray(value) ? 'it is a list' : 'it is plain text'}`,
    );
  if (value.openapi === undefined) throw faultAt(notOpenApi(root, value), whatElse(value));
  const place = child(root, 'openapi');
  const version = typeof value.openapi === 'number' ? String(value.openapi) : value.openapi;
  if (typeof version !== 'string' || !/^3(?:\.\d+)*(?:-\w+)?$/.test(version.trim())) {
    throw faultAt(
      place,
      `\`openapi\` must be a version that is understood, such as 3.0.3 or 3.1.0; it is ${JSON.stringify(value.openapi)}`,
    );
  }
  return { root, version: version.trim(), is30: /^3(?:\.0(?:\D|$)|$)/.test(version.trim()) };
}

function notOpenApi(root: Place, value: JsonObject): Place {
  const telling = ['swagger', 'asyncapi', 'apiVersion', 'kind', 'services'].find((key) => value[key] !== undefined);
  return telling === undefined ? root : child(root, telling);
}

function whatElse(value: JsonObject): string {
  const not = 'this is not an OpenAPI 3 document';
  if (value.swagger !== undefined)
    return `${not}: it is Swagger ${String(value.swagger)}; 2.0 is the oldest that is understood`;
  if (value.asyncapi !== undefined) return `${not}: it is an AsyncAPI document`;
  if (value.apiVersion !== undefined && value.kind !== undefined) return `${not}: it is a Kubernetes manifest`;
  if (value.services !== undefined) return `${not}: it looks like a Compose file`;
  if (isJsonObject(value.info) && value.item !== undefined) return `${not}: it is a Postman collection`;
  if (value.$schema !== undefined && value.paths === undefined) return `${not}: it is a JSON Schema`;
  return `${not}: it has no \`openapi\` with the version`;
}
