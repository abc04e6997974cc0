import {
  type Contract,
  checkResponse,
  type Exchange,
  type Instance,
  type ProbeContext,
  type RecordedResponse,
  type RequestSpec,
} from '@assay/contract';
import { type Judge, type PreparedRequest, prepareRequest } from '@assay/load';
import { withoutQuery } from '../answers/list-walk.ts';
import { operationOf } from '../requests/cases.ts';
import { withoutConditions } from '../requests/without-conditions.ts';
import { Setup, SetupFailed } from '../setup/setup.ts';
import { isSuccess, outcome } from '../words.ts';

export interface LoadRequests {
  /** Each was answered with success twice when it was tried alone. */
  readonly requests: readonly PreparedRequest[];
  /** Why an operation is not among them; null when all are that could be. */
  readonly trouble: string | null;
}

/** How many things of each kind exist before the load: a list with something in it. */
const things = 3;

/**
 * Requests that can be repeated any number of times and leave the backend as it is: reads, lists, and updates that say the same again. Nothing
 * is created under load, for a list that grows would be slower by that.
 */
export async function loadRequests(
  context: ProbeContext,
  instance: Instance,
  kinds: 'all' | 'reads' = 'all',
): Promise<LoadRequests> {
  const setup = new Setup(context, instance);
  const requests: PreparedRequest[] = [];
  let trouble: string | null = null;
  const add = async (
    operation: string,
    own: Readonly<Record<string, string | number>>,
    bare: boolean,
  ): Promise<void> => {
    const made = await setup.request(operation, own);
    const spec = withoutConditions(bare ? withoutQuery(made) : made);
    const first = await instance.send(spec);
    const second = isSuccess(first) ? await instance.send(spec) : first;
    if (isSuccess(second)) requests.push(preparedFrom(spec, second, instance.authority));
    else trouble = outcome(second);
  };
  for (const resource of context.shape.resources) {
    try {
      const made = [];
      if (resource.create !== null)
        for (let index = 0; index < things; index += 1) made.push(await setup.make(resource.name));
      for (const list of resource.lists) await add(list.operation, {}, true);
      const id = made[0]?.id;
      if (typeof id !== 'string' && typeof id !== 'number') continue;
      const own = { [`path:${resource.idParameter ?? 'id'}`]: id };
      if (resource.read !== null) await add(resource.read, own, false);
      const update = resource.patch ?? resource.replace;
      // Another thing than the one that is read: with its title its address may change.
      const other = made[1]?.id ?? id;
      if (update !== null && kinds === 'all' && (typeof other === 'string' || typeof other === 'number'))
        await add(update, { [`path:${resource.idParameter ?? 'id'}`]: other }, false);
    } catch (error) {
      if (!(error instanceof SetupFailed)) throw error;
      trouble = error.message;
    }
  }
  // What one of them changed may be in the way of another.
  const lasting: PreparedRequest[] = [];
  for (const request of requests) {
    const again = await instance.send({ ...request.spec, as: null });
    if (isSuccess(again)) lasting.push(request);
    else trouble = outcome(again);
  }
  return { requests: lasting, trouble };
}

/** As it went out: with what proves who sent it. */
function preparedFrom(spec: RequestSpec, { request }: Exchange, authority: string): PreparedRequest {
  return prepareRequest({ ...spec, target: request.target, headers: request.headers }, authority);
}

/** Whether a response is a success that the contract describes. */
export function contractJudge(contract: Contract): Judge {
  return ({ spec }, response) => {
    if (response.status < 200 || response.status > 299) return `answered ${response.status}`;
    if (spec.operation === undefined) return null;
    const exchange = exchangeOf(spec, response);
    return checkResponse(contract, operationOf(contract, spec.operation), exchange)[0]?.message ?? null;
  };
}

function exchangeOf(spec: RequestSpec, response: RecordedResponse): Exchange {
  const request = { method: spec.method, target: spec.target, headers: spec.headers ?? [] };
  return { id: 'e-0', check: '', instance: '', request, response, startedAt: 0, durationMs: 0 };
}
