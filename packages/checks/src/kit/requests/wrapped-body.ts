import { isJsonObject, type Json, type JsonObject } from '@assay/contract';
import { attributesAt, attributesIn } from './json-api.ts';
import { withValueAt } from './pin.ts';

/** What a body is about: of the one object in it when it holds nothing else, or of the attributes of JSON:API. */
export interface WrappedBody {
  readonly body: Json;
  /** JSON Pointer to the thing: `/article` in `{article: {title}}`; empty when the body is the thing. */
  readonly at: string;
  readonly thing: JsonObject;
}

export function thingIn(body: Json | undefined): WrappedBody {
  if (!isJsonObject(body)) return { body: {}, at: '', thing: {} };
  const attributes = attributesIn(body);
  if (attributes !== null) return { body, at: attributesAt, thing: attributes };
  const [only, ...others] = Object.entries(body);
  return only !== undefined && others.length === 0 && isJsonObject(only[1])
    ? { body, at: `/${only[0].replaceAll('~', '~0').replaceAll('/', '~1')}`, thing: only[1] }
    : { body, at: '', thing: body };
}

/** The body again, around another thing. */
export function wrappedAs({ body, at }: Pick<WrappedBody, 'body' | 'at'>, thing: JsonObject): Json {
  return withValueAt(body, at, thing);
}

/** JSON Pointer to a member of the thing. */
export function placeIn({ at }: Pick<WrappedBody, 'at'>, member: string): string {
  return `${at}/${member}`;
}
