import {
  bodyJson,
  type Identity,
  type Instance,
  isJsonObject,
  type ProbeContext,
  type RequestSpec,
} from '@assay/contract';
import { actingAs } from '../identity/acting-as.ts';
import { sendingThrough } from '../identity/sending-through.ts';
import { operationOf } from '../requests/cases.ts';
import { Setup } from '../setup/setup.ts';
import { isSuccess, status } from '../words.ts';
import { type Whom, whomNamed } from './whom-named.ts';

/**
 * Who is refused for whom a request names makes the thing for themselves: members borrow books in their own name, and librarians in that of any member.
 * @param asOwner sends what does not say who sends it as theirs
 */
export function namingOneself(context: ProbeContext, asOwner: Instance, owner: Identity): Instance {
  const { contract, shape, backend } = context;
  const setup = new Setup(context, actingAs(backend, owner));
  const creations = new Set(shape.resources.map(({ create }) => create));
  const known = new Map<string, Promise<readonly Whom[]>>();
  return sendingThrough(asOwner, async (request, options) => {
    const exchange = await asOwner.send(request, options);
    const { operation, as } = request;
    if (![403, 404].includes(status(exchange) ?? 0) || as !== undefined || operation === undefined) return exchange;
    if (!creations.has(operation)) return exchange;
    const whom = known.get(operation) ?? whomNamed(context, setup, operationOf(contract, operation), owner);
    known.set(operation, whom);
    const own = named(request, await whom);
    const again = own === null ? exchange : await asOwner.send(own, options);
    return isSuccess(again) ? again : exchange;
  });
}

/** The request with oneself where it named somebody else; null where it did not. */
function named(request: RequestSpec, whom: readonly Whom[]): RequestSpec | null {
  const body = typeof request.body === 'string' ? bodyJson({ text: request.body }) : undefined;
  if (!isJsonObject(body)) return null;
  const others = whom.filter(({ name, own }) => name in body && body[name] !== own);
  if (others.length === 0) return null;
  const own = Object.fromEntries(others.map((one) => [one.name, one.own]));
  return { ...request, body: JSON.stringify({ ...body, ...own }) };
}
