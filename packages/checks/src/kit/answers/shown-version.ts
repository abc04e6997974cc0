import { type Contract, isJsonObject, type Json, type Operation, type RequestCase } from '@assay/contract';
import { isValidBody } from '../requests/json-body.ts';
import { thingIn, wrappedAs } from '../requests/wrapped-body.ts';
import { unwrapped } from './counterpart.ts';

/** Whether a member counts the changes of a thing, so that an update says by it which one it was made on: `version`, `lockVersion`, `row_version`. */
export function isVersion(name: string, value: Json | undefined): boolean {
  return /^(?:(?:lock|row)_?)?version$/i.test(name) && Number.isInteger(value);
}

/** Whether a request names a version in its body. */
export function namesVersion(request: RequestCase): boolean {
  return Object.entries(thingIn(request.body?.value as Json | undefined).thing).some(([name, value]) =>
    isVersion(name, value),
  );
}

/**
 * The request with the version that a read shows, where its body names one: with any other an update is refused (optimistic locking). As it is where the read shows
 * none.
 */
export function withShownVersion(
  contract: Contract,
  operation: Operation,
  request: RequestCase,
  shown: Json | undefined,
): RequestCase {
  if (request.body === undefined || shown === undefined || !namesVersion(request)) return request;
  const whole = thingIn(request.body.value as Json);
  const things = [shown, unwrapped(shown)].filter(isJsonObject);
  const current = Object.entries(whole.thing).flatMap(([name, value]) => {
    const is = things.map((thing) => thing[name]).find((one) => isVersion(name, one));
    return isVersion(name, value) && is !== undefined ? [[name, is] as const] : [];
  });
  const value = wrappedAs(whole, { ...whole.thing, ...Object.fromEntries(current) });
  return isValidBody(contract, operation, value) ? { ...request, body: { ...request.body, value } } : request;
}
