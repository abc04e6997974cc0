import {
  bodyJson,
  type Contract,
  isJsonObject,
  type Json,
  type JsonObject,
  type Operation,
  type RecordedRequest,
} from '@assay/contract';
import { bodySchema, propertySchema } from './body-schema.ts';

const state = /(^|[_-])(status|state|stage|phase)$/i;

/**
 * Whether a request asks what exists to go into one of several listed states. Which steps there are from where it stands is a rule that no
 * schema tells.
 */
export function asksForStep({ method, body }: RecordedRequest, operation: Operation, contract: Contract): boolean {
  const changes = method === 'PATCH' || method === 'PUT' || (method === 'POST' && operation.path.includes('{'));
  const sent = bodyJson(body) as Json | undefined;
  if (!changes || !isJsonObject(sent)) return false;
  const schema = bodySchema(contract, operation);
  return Object.keys(innermost(sent)).some(
    (name) =>
      state.test(name.replaceAll(/([a-z0-9])([A-Z])/g, '$1_$2')) &&
      Array.isArray(propertySchema(contract, schema, name)?.['enum']),
  );
}

/** Out of a wrapper, as `bodySchema` is: `{order: {status}}`. */
function innermost(sent: JsonObject): JsonObject {
  const [only, ...others] = Object.values(sent);
  return others.length === 0 && isJsonObject(only) ? only : sent;
}
