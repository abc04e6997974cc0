import {
  bodyJson,
  type Exchange,
  type Json,
  type Operation,
  type ProbeContext,
  type RequestSpec,
} from '@assay/contract';
import { itemsOf, withoutQuery } from '../answers/list-walk.ts';
import { operationOf } from '../requests/cases.ts';
import { itemIdOf } from '../setup/id-of.ts';
import type { Setup } from '../setup/setup.ts';
import { sharedPath } from '../setup/whereabouts.ts';
import { isSuccess } from '../words.ts';

/** How many parts of a thing are read besides itself. */
const mostParts = 2;

export interface Reading {
  /** `` for the thing itself, ` balance` for what stands below its address. */
  readonly part: string;
  readonly request: RequestSpec;
  /** What the answer tells of the thing; undefined when it tells nothing of it. */
  toldBy(exchange: Exchange): Json | undefined;
}

/**
 * How a thing is seen: by its own address, and by what stands right below that and is no list of other things, for much is told there alone
 * (`/products/{id}/stock`, `/accounts/{id}/balance`).
 */
export async function readingsOf(
  { contract, shape }: ProbeContext,
  setup: Setup,
  resource: string,
  id: Json,
): Promise<readonly Reading[]> {
  const kind = setup.resource(resource);
  if (kind.read === null) return [];
  const own = { [`path:${kind.idParameter ?? 'id'}`]: id };
  const { path } = operationOf(contract, kind.read);
  // A list of what can be neither made nor read by itself, as the levels of a stock, tells of the thing it stands below.
  const lists = shape.resources
    .filter(({ create, read }) => create !== null || read !== null)
    .flatMap(({ lists: all }) => all.map(({ operation }) => operation));
  const parts = contract.operations.filter((one) => isPartOf(path, one) && !lists.includes(one.id)).slice(0, mostParts);
  const readings: Reading[] = [{ part: '', request: await setup.request(kind.read, own), toldBy: bodyOf }];
  for (const part of parts) {
    // A filter would show something else each time.
    const request = withoutQuery(await setup.request(part.id, own));
    // A part may be there for some things only: a report that was asked for, a picture.
    if (isSuccess(await setup.instance.send(request)))
      readings.push({ part: ` ${part.path.slice(path.length + 1)}`, request, toldBy: bodyOf });
  }
  return readings;
}

/** How a thing is seen that may have no address: then in the list that stands where it was made. */
export async function sightsOf(
  context: ProbeContext,
  setup: Setup,
  resource: string,
  id: Json,
): Promise<readonly Reading[]> {
  return setup.resource(resource).read === null
    ? inListOf(context, setup, resource, id)
    : readingsOf(context, setup, resource, id);
}

async function inListOf(
  { contract }: Pick<ProbeContext, 'contract'>,
  setup: Setup,
  resource: string,
  id: Json,
): Promise<readonly Reading[]> {
  const kind = setup.resource(resource);
  const made = setup.whereabouts.known(resource, id);
  const [list] = kind.lists;
  if (list === undefined || made === undefined || kind.create === null) return [];
  const operation = operationOf(contract, list.operation);
  const own = sharedPath(operationOf(contract, kind.create), made.exchange.request.target, operation);
  return [
    {
      part: '',
      request: withoutQuery(await setup.request(list.operation, own)),
      toldBy: (exchange) => itemsOf(list, exchange)?.find((item) => String(itemIdOf(kind, item)) === String(id)),
    },
  ];
}

function bodyOf(exchange: Exchange): Json | undefined {
  return isSuccess(exchange) ? (bodyJson(exchange.response?.body) as Json | undefined) : undefined;
}

function isPartOf(path: string, { method, path: other, parameters }: Operation): boolean {
  return (
    method === 'GET' &&
    other.startsWith(`${path}/`) &&
    /^[^/{}]+$/.test(other.slice(path.length + 1)) &&
    !parameters.some((parameter) => parameter.in === 'query' && parameter.required)
  );
}
