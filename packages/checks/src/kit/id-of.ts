import { type Exchange, isJsonObject, type Json, type Resource, responseHeaderOf, valueAt } from '@assay/contract';

/**
 * The id of a created thing: where the shape says it stands in the body, else the last segment of Location, else, for a contract that does not
 * say what the body is, what goes by the name of an id in it, or all of it.
 */
export function idOf(resource: Resource, exchange: Exchange, body: Json | undefined): Json | undefined {
  if (resource.idPointer !== null && body !== undefined) {
    const id = valueAt(body, resource.idPointer);
    if (typeof id === 'string' || typeof id === 'number') return id;
  }
  const location = responseHeaderOf(exchange, 'location');
  const segment = location
    ?.split(/[?#]/)[0]
    ?.split('/')
    .filter((part) => part !== '')
    .at(-1);
  if (segment !== undefined) return decodeURIComponent(segment);
  if (resource.idPointer !== null) return undefined;
  if (isBareId(body)) return body;
  if (!isJsonObject(body)) return undefined;
  const inside = isJsonObject(body['data']) ? body['data'] : body;
  return [resource.idParameter ?? 'id', 'id', '_id', 'uuid']
    .map((name) => inside[name])
    .find((id) => typeof id === 'string' || typeof id === 'number');
}

/** An answer that is nothing but a number or a UUID. */
function isBareId(body: Json | undefined): body is number | string {
  return typeof body === 'number'
    ? Number.isInteger(body)
    : typeof body === 'string' && /^(\d+|[\da-f]{8}(-[\da-f]{4}){3}-[\da-f]{12})$/i.test(body);
}

/** The id of a thing as a list shows it, where it is seldom wrapped as it is in the answer of its own. */
export function itemIdOf({ idPointer, idParameter }: Resource, item: Json): Json | undefined {
  const places = idPointer === null ? [] : [idPointer, `/${idPointer.split('/').at(-1) ?? ''}`];
  const names = idPointer === null ? [`/${idParameter ?? 'id'}`, '/id', '/_id', '/uuid'] : [];
  return [...places, ...names]
    .map((place) => valueAt(item, place))
    .find((id) => typeof id === 'string' || typeof id === 'number');
}
