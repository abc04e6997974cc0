import type { Json } from '../vocabulary/json.ts';
import type { ParameterPlace } from '../vocabulary/operation.ts';
import { plant } from './edit.ts';
import type { ValueViolation } from './mutation.ts';

type Values = Readonly<Record<string, Json>>;

/** A request as values, before they are written in the contract's styles. */
export interface RequestCase {
  /** The operation's id. */
  readonly operation: string;
  readonly path: Values;
  readonly query: Values;
  readonly headers: Values;
  readonly cookies: Values;
  /** `value` is what the media type writes: a JSON value, the fields of a form, or a text. */
  readonly body?: { readonly mediaType: string; readonly value: Json };
}

export interface RequestViolation extends ValueViolation {
  readonly where: ParameterPlace | 'body';
  /** The parameter's name; null for the body. */
  readonly parameter: string | null;
}

/** A request that violates the contract in one place; everything else is valid. */
export interface InvalidRequestCase extends RequestCase {
  readonly violation: RequestViolation;
}

/** Values that must stand where they are told, such as ids of existing resources: `path:id`, `query:accountId`, `header:X-Org`, `body:/fromAccountId`. */
export type Bindings = Readonly<Record<string, Json>>;

const groupOf = { path: 'path', query: 'query', header: 'headers', cookie: 'cookies' } as const satisfies Record<
  ParameterPlace,
  keyof RequestCase
>;

export function withParameter(request: RequestCase, place: ParameterPlace, name: string, value: Json): RequestCase {
  const group = groupOf[place];
  return { ...request, [group]: { ...request[group], [name]: value } };
}

export function withoutParameter(request: RequestCase, place: ParameterPlace, name: string): RequestCase {
  const group = groupOf[place];
  return {
    ...request,
    [group]: Object.fromEntries(Object.entries(request[group]).filter(([other]) => other !== name)),
  };
}

/** Puts the bound values in. A binding into a body that is not there, or is no object, has nothing to say. */
export function bind(request: RequestCase, bindings: Bindings): RequestCase {
  let bound = request;
  for (const [target, value] of Object.entries(bindings)) {
    const colon = target.indexOf(':');
    const place = target.slice(0, colon);
    const rest = target.slice(colon + 1);
    if (place === 'path' || place === 'query' || place === 'header' || place === 'cookie')
      bound = withParameter(bound, place, rest, value);
    else if (place === 'body' && bound.body !== undefined) {
      const planted = plant(bound.body.value, rest, value);
      if (planted !== undefined) bound = { ...bound, body: { ...bound.body, value: planted } };
    }
  }
  return bound;
}
