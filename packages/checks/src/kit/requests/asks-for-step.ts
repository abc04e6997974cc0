import { bodyJson, type Contract, type Json, type Operation, type RecordedRequest } from '@assay/contract';
import { bodySchema, propertySchema } from './body-schema.ts';
import { thingIn } from './wrapped-body.ts';

const state = /(^|[_-])(status|state|stage|phase)$/i;

/**
 * Whether a request asks what exists to go into one of several listed states. Which steps there are from where it stands is a rule that no
 * schema tells.
 */
export function asksForStep({ method, body }: RecordedRequest, operation: Operation, contract: Contract): boolean {
  const changes = method === 'PATCH' || method === 'PUT' || (method === 'POST' && operation.path.includes('{'));
  const sent = bodyJson(body) as Json | undefined;
  if (!changes) return false;
  const schema = bodySchema(contract, operation);
  return Object.keys(thingIn(sent).thing).some(
    (name) =>
      state.test(name.replaceAll(/([a-z0-9])([A-Z])/g, '$1_$2')) &&
      Array.isArray(propertySchema(contract, schema, name)?.['enum']),
  );
}
