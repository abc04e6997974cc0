import { isJsonObject, type Json, type JsonObject } from '@assay/contract';

/** What a body is about: of the one object in it when it holds nothing else. */
export interface WrappedBody {
  /** `article` of `{article: {title}}`; null when the body is the thing. */
  readonly wrapper: string | null;
  readonly thing: JsonObject;
}

export function thingIn(body: Json | undefined): WrappedBody {
  if (!isJsonObject(body)) return { wrapper: null, thing: {} };
  const [only, ...others] = Object.entries(body);
  return only !== undefined && others.length === 0 && isJsonObject(only[1])
    ? { wrapper: only[0], thing: only[1] }
    : { wrapper: null, thing: body };
}

/** The body again, around another thing. */
export function wrappedAs({ wrapper }: WrappedBody, thing: JsonObject): JsonObject {
  return wrapper === null ? thing : { [wrapper]: thing };
}

/** JSON Pointer to a member of the thing. */
export function placeIn({ wrapper }: WrappedBody, member: string): string {
  return `${wrapper === null ? '' : `/${wrapper}`}/${member}`;
}
