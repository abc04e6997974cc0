import { isJsonObject, type Json, type JsonObject } from '@assay/contract';

/** JSON Pointer to what a JSON:API document says of its thing. */
export const attributesAt = '/data/attributes';

const ofDocument = ['data', 'included', 'links', 'meta', 'jsonapi'];
const ofResource = ['type', 'id', 'lid', 'attributes', 'relationships', 'links', 'meta'];

/**
 * Whether members by these names make a JSON:API document (`{data: {type, id, attributes: {…}}}`), in a body or in a schema. A thing that has a type and attributes of its
 * own has other members as well.
 */
export function isJsonApi(document: JsonObject, data: JsonObject): boolean {
  return (
    Object.keys(document).every((name) => ofDocument.includes(name)) &&
    Object.keys(data).every((name) => ofResource.includes(name)) &&
    'type' in data &&
    'attributes' in data
  );
}

/** The attributes of the one thing in a JSON:API document; null for any other body. */
export function attributesIn(body: Json | undefined): JsonObject | null {
  if (!isJsonObject(body) || !isJsonObject(body['data']) || !isJsonApi(body, body['data'])) return null;
  const { type, attributes } = body['data'];
  return typeof type === 'string' && isJsonObject(attributes) ? attributes : null;
}
