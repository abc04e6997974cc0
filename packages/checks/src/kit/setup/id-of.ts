import {
  bodyJson,
  type Exchange,
  isJsonObject,
  isSameNoun,
  type Json,
  type Resource,
  responseHeaderOf,
  valueAt,
} from '@assay/contract';
import { thingIn } from '../requests/wrapped-body.ts';
import { status } from '../words.ts';
import { decoded } from './whereabouts.ts';

/**
 * The id of a created thing: where the shape says it stands in the body, else the last segment of Location, else, for a contract that does not
 * say what the body is, what goes by the name of an id in it, or all of it; last what the client itself named it by, in the address or the body.
 */
export function idOf(resource: Resource, exchange: Exchange, body: Json | undefined): Json | undefined {
  const segments = segmentsOf(responseHeaderOf(exchange, 'location'));
  if (tellsOfJob(resource, exchange, segments)) return keySent(resource, exchange);
  if (resource.idPointer !== null && body !== undefined) {
    const id = valueAt(body, resource.idPointer);
    if (typeof id === 'string' || typeof id === 'number') return id;
  }
  const segment = segments.at(-1);
  if (segment !== undefined) return decoded(segment);
  // Where the client names it by the address, that is what it is called.
  if (resource.create !== null && resource.create === resource.replace) return idInPath(exchange);
  if (resource.idPointer !== null) return undefined;
  if (isBareId(body)) return body;
  return unsaidId(resource, body) ?? keySent(resource, exchange);
}

/** What goes by the name of an id in a thing, or in the object that holds it alone or by its name: `{"article": {"slug": …}}`. */
function unsaidId(
  { name, idParameter }: Pick<Resource, 'name' | 'idParameter'>,
  thing: Json | undefined,
): Json | undefined {
  if (!isJsonObject(thing)) return undefined;
  const own = Object.entries(thing).find(([member, value]) => isSameNoun(member, name) && isJsonObject(value))?.[1];
  const inside = own ?? thingIn(thing).thing;
  const places = isJsonObject(thing['data']) ? [thing['data'], inside] : [thing, inside];
  return [idParameter ?? 'id', 'id', '_id', 'uuid']
    .flatMap((key) => places.map((each) => valueAt(each, `/${key}`)))
    .find((id) => typeof id === 'string' || typeof id === 'number');
}

function idInPath({ request }: Exchange): Json | undefined {
  const segment = segmentsOf(request.target).at(-1);
  return segment === undefined ? undefined : decoded(segment);
}

function segmentsOf(location: string | undefined): readonly string[] {
  return (location?.split(/[?#]/)[0] ?? '').split('/').filter((part) => part !== '');
}

/** Whether what is only accepted (202) leads elsewhere: to what tells how it goes on, `/jobs/1`, whose id is no id of the thing. */
function tellsOfJob({ name }: Resource, exchange: Exchange, segments: readonly string[]): boolean {
  const [kind = '', id] = segments.slice(-2);
  if (status(exchange) !== 202 || id === undefined) return false;
  const noun = name.split('/').findLast((part) => part !== '' && !part.startsWith('{')) ?? name;
  return !isSameNoun(kind, noun);
}

/** What the client itself named the thing by: the member of its body that has the name of the path's parameter (`/users/{username}`). */
function keySent({ idParameter }: Resource, { request }: Exchange): Json | undefined {
  if (idParameter === null || /^_?id$/i.test(idParameter)) return undefined;
  const { thing } = thingIn(bodyJson(request.body) as Json | undefined);
  const key = thing[idParameter];
  return typeof key === 'string' || typeof key === 'number' ? key : undefined;
}

/** An answer that is nothing but a number or a UUID. */
function isBareId(body: Json | undefined): body is number | string {
  return typeof body === 'number'
    ? Number.isInteger(body)
    : typeof body === 'string' && /^(\d+|[\da-f]{8}(-[\da-f]{4}){3}-[\da-f]{12})$/i.test(body);
}

/** The id of a thing as a list shows it, where it is seldom wrapped as it is in the answer of its own. */
export function itemIdOf(resource: Resource, item: Json): Json | undefined {
  const { idPointer } = resource;
  if (idPointer === null) return unsaidId(resource, item);
  return [idPointer, `/${idPointer.split('/').at(-1) ?? ''}`]
    .map((place) => valueAt(item, place))
    .find((id) => typeof id === 'string' || typeof id === 'number');
}
