import type { Contract, Json, Operation, RequestCase } from '@assay/contract';
import { isVersion } from '../answers/shown-version.ts';
import { isValidBody } from './json-body.ts';
import { thingIn, wrappedAs } from './wrapped-body.ts';

/** A request that says this member of its thing, and of the others no more than the contract asks for and the version that an update is made on. */
export function bareThing(
  contract: Contract,
  operation: Operation,
  request: RequestCase,
  member: string | null,
): RequestCase {
  return leanThing(contract, operation, request, (name, value) => name !== member && !isVersion(name, value));
}

/** A request without those members of its thing that may be left out by the contract, one after the other. */
export function leanThing(
  contract: Contract,
  operation: Operation,
  request: RequestCase,
  goes: (name: string, value: Json) => boolean,
): RequestCase {
  if (request.body === undefined) return request;
  const whole = thingIn(request.body.value as Json);
  let { thing } = whole;
  for (const [name, value] of Object.entries(thing)) {
    const { [name]: _, ...rest } = thing;
    if (goes(name, value) && isValidBody(contract, operation, wrappedAs(whole, rest))) thing = rest;
  }
  return { ...request, body: { ...request.body, value: wrappedAs(whole, thing) } };
}
