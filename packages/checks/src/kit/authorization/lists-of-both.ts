import type { Exchange, Identity, ProbeContext, RequestSpec, Resource } from '@assay/contract';
import { itemsOf } from '../answers/list-walk.ts';
import { isForFew } from '../identity/for-few.ts';
import { operationOf } from '../requests/cases.ts';
import { plainRequest } from '../setup/plain-request.ts';
import type { Made, Setup } from '../setup/setup.ts';
import { isSuccess } from '../words.ts';
import { holdsItem } from './holds-id.ts';
import { isPersonal } from './ownership.ts';

/** In whose lists a thing stands. */
export interface Looked {
  readonly owner: boolean;
  readonly other: boolean;
  readonly exchanges: readonly Exchange[];
  /** The owner's list once more; null when it never showed the thing. */
  again(): Promise<Exchange | null>;
}

/** Looks for a thing in the lists of its kind, with the eyes of its owner and of somebody else. */
export async function looksInLists(
  context: ProbeContext,
  setup: Setup,
  resource: Resource,
  made: Made,
  owner: Identity,
  other: Identity,
): Promise<Looked> {
  const exchanges: Exchange[] = [];
  let shown = { owner: false, other: false };
  let source: RequestSpec | null = null;
  for (const list of resource.lists) {
    const operation = operationOf(context.contract, list.operation);
    if (isPersonal(operation) || isForFew(operation)) continue;
    const request = await plainRequest(setup, operation.id);
    if (request === null) continue;
    const looks = async (identity: Identity): Promise<boolean> => {
      const exchange = await context.backend.send({ ...request, as: identity });
      exchanges.push(exchange);
      return holdsItem(resource, itemsOf(list, exchange) ?? [], made.id);
    };
    const mine = await looks(owner);
    // Lists may be shuffled: what is missing twice is not there.
    const theirs = (await looks(other)) || (await looks(other));
    // Who lacks the scope for a list is told nothing of what stands in it.
    if (operation.roles.length > 0 && exchanges.slice(-2).every((exchange) => !isSuccess(exchange))) continue;
    shown = { owner: shown.owner || mine, other: shown.other || theirs };
    if (mine) source ??= request;
  }
  const from = source;
  return {
    ...shown,
    exchanges,
    again: async () => (from === null ? null : context.backend.send({ ...from, as: owner })),
  };
}
