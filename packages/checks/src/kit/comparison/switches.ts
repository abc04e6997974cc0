import {
  type Contract,
  isJsonObject,
  type Json,
  type JsonObject,
  type Operation,
  type RequestCase,
} from '@assay/contract';
import { bodySchema, propertySchema } from '../requests/body-schema.ts';
import { isValidBody } from '../requests/json-body.ts';
import { thingIn, wrappedAs } from '../requests/wrapped-body.ts';

/** `ownerId`, `project_id`, `assignee`: what a thing belongs to, or who it is given to. */
const belonging =
  /[a-z\d](?:Id|ID|_id|_?uuid|Uuid|UUID)$|^(?:owner|assignee|assigned_?[tT]o|folder|parent|team|group)$/;

/**
 * Members of a body that may well hide the thing: truth values, words of a set (`archived`), dates from which or until which it is shown, and what it belongs to,
 * for it may be somebody else's then, or stand at another address.
 */
export function switchesIn(contract: Contract, operation: Operation, request: RequestCase): readonly string[] {
  const { thing } = thingIn(request.body?.value as Json | undefined);
  const schema = bodySchema(contract, operation);
  return Object.keys(thing).filter((name) => {
    const { type, enum: words, const: word, format } = propertySchema(contract, schema, name) ?? {};
    const types = Array.isArray(type) ? type : [type];
    return (
      types.includes('boolean') ||
      Array.isArray(words) ||
      word !== undefined ||
      String(format).startsWith('date') ||
      belonging.test(name)
    );
  });
}

/**
 * The request with those members as the thing shows them already, or without them where it is a partial one. Null when that is not valid, or nothing
 * is left to say.
 */
export function withoutSwitches(
  contract: Contract,
  operation: Operation,
  request: RequestCase,
  shown: Json,
): RequestCase | null {
  const wrapped = thingIn(request.body?.value as Json | undefined);
  const switches = switchesIn(contract, operation, request);
  const asShown: JsonObject = isJsonObject(shown) && operation.method !== 'PATCH' ? shown : {};
  const thing = Object.fromEntries(
    Object.entries(wrapped.thing).flatMap(([name, value]): [string, Json][] => {
      if (!switches.includes(name)) return [[name, value]];
      const is = asShown[name];
      return is === undefined ? [] : [[name, is]];
    }),
  );
  const value = wrappedAs(wrapped, thing);
  if (request.body === undefined || Object.keys(thing).every((name) => switches.includes(name))) return null;
  return isValidBody(contract, operation, value) ? { ...request, body: { ...request.body, value } } : null;
}
