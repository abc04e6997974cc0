import { isJsonObject, type Json, type Operation, type ProbeContext, type RequestCase } from '@assay/contract';
import { hash, plainCases } from '../requests/cases.ts';
import { isValidBody } from '../requests/json-body.ts';
import { pairsInOrder } from '../requests/pairs-in-order.ts';
import { thingIn, wrappedAs } from '../requests/wrapped-body.ts';
import type { Setup } from './setup.ts';

/** How many requests are made up in search of what they may say. */
const mostCases = 16;

/** Adds to what makes a thing whatever an update will set to null: it has to be there first. What refers to something is left as it is. */
export function withWhatGoes(
  context: ProbeContext,
  setup: Setup,
  create: Operation,
  { body }: RequestCase,
): (request: RequestCase) => RequestCase {
  const { thing } = thingIn(body?.value as Json | undefined);
  const bound = setup.bindingsOf(create.id).map(({ target }) => target.split('/').at(-1));
  const names = Object.keys(thing).filter((name) => thing[name] === null && !bound.includes(name));
  let times = 0;
  return (request) => {
    times += 1;
    // What was refused twice may be refused for what was added.
    return names.length === 0 || times > 2 ? request : withMembers(context, create, request, names);
  };
}

/** The request with something in members that it leaves out or says null of, as far as the contract allows. */
function withMembers(
  context: ProbeContext,
  operation: Operation,
  request: RequestCase,
  names: readonly string[],
): RequestCase {
  if (request.body === undefined || !isJsonObject(request.body.value)) return request;
  const others = [...plainCases(context, operation, 'members').take(mostCases)].map(
    ({ body }) => thingIn(body?.value as Json | undefined).thing,
  );
  let value: Json = request.body.value as Json;
  for (const name of names) {
    const whole = thingIn(value);
    const texts = others.map((thing) => thing[name]).filter((one) => one !== undefined && one !== null);
    // Another one for each request: it may have to be the only one.
    const said = texts[(hash(JSON.stringify(value)) >>> 0) % Math.max(1, texts.length)];
    if ((whole.thing[name] ?? null) !== null || said === undefined) continue;
    const more = wrappedAs(whole, { ...whole.thing, [name]: said });
    if (isValidBody(context.contract, operation, more)) value = more;
  }
  return pairsInOrder(context.contract, operation, { ...request, body: { ...request.body, value } });
}
