import {
  encodeRequest,
  type Exchange,
  type Json,
  type ListOperation,
  type Operation,
  type ProbeContext,
  type RequestSpec,
  type Resource,
} from '@assay/contract';
import { itemsOf, withoutQuery, withQuery } from '../answers/list-walk.ts';
import { allowedLimit } from '../answers/page-limit.ts';
import { advice, isTurnedAway } from '../answers/turned-away.ts';
import { fullest, operationOf, plainCases, sayingAll } from '../requests/cases.ts';
import { isSuccess, outcome, saying } from '../words.ts';
import { OtherThings } from './other-things.ts';
import { sentHelped } from './readying.ts';
import { secondTry } from './second-try.ts';
import { type Setup, SetupFailed } from './setup.ts';

/** A list of one thing's items, or of all things of a kind, that can be filled through the contract. */
export interface FillableList {
  readonly resource: Resource;
  readonly list: ListOperation;
  /** The request for the list without filters. */
  readonly request: RequestSpec;
  /**
   * Makes the list longer by up to `rows`; tells how many requests succeeded. With `apart`, every second row refers to other things, apart from
   * whose list it is: a mapper that keeps what it loaded asks once for what all rows have in common.
   */
  fill(rows: number, how?: 'apart'): Promise<number>;
  /** What may be asked for as the length of a page, near to this. */
  limitNear(wanted: number): number;
  /** Why the last request that should have made it longer did not; null when it did. */
  trouble(): string | null;
}

export interface FillableLists {
  readonly lists: readonly FillableList[];
  /** Why a list is not among them; null when all are that could be. */
  readonly trouble: string | null;
}

/** Every list of the contract that can be filled, bound to things made for it. */
export async function fillableLists(context: ProbeContext, setup: Setup): Promise<FillableLists> {
  const found: FillableList[] = [];
  let trouble: string | null = null;
  for (const resource of context.shape.resources) {
    for (const list of resource.lists) {
      try {
        const fillable = await fillableOf(context, setup, resource, list);
        if (fillable !== null) found.push(fillable);
      } catch (error) {
        if (!(error instanceof SetupFailed)) throw error;
        trouble = error.message;
      }
    }
  }
  return { lists: found, trouble };
}

async function fillableOf(
  context: ProbeContext,
  setup: Setup,
  resource: Resource,
  list: ListOperation,
): Promise<FillableList | null> {
  const parents = setup.bindingsOf(list.operation).filter(({ target }) => target.startsWith('path:'));
  const own: Record<string, Json> = {};
  for (const { target, resource: parent } of parents) own[target] = (await setup.makeExemplary(parent)).id;
  const request = withoutQuery(await setup.request(list.operation, own));
  const [parent] = parents;
  const makers = makersOf(context, resource, parent?.resource ?? null);
  if (makers.length === 0) return null;
  const parentId = parent === undefined ? null : (own[parent.target] ?? null);
  const sources = makers.map(({ operation }) => ({
    cases: plainCases(context, operation, 'fill'),
    tries: new Tries(),
  }));
  let trouble: string | null = null;
  let mustVary = false;
  // What names the parent in its body, as a transfer its two accounts, lives on going back and forth between the same ones.
  const isPlaced = makers.every(({ targets }) => targets.every((target) => target.startsWith('path:')));
  const bindings = isPlaced ? makers.flatMap(({ operation }) => setup.bindingsOf(operation.id)) : [];
  const others = new OtherThings(
    setup,
    bindings.filter((binding) => binding.resource !== parent?.resource),
  );
  return {
    resource,
    list,
    request,
    limitNear: (wanted) => {
      const name = list.pagination?.limit ?? null;
      return name === null
        ? wanted
        : allowedLimit(context.contract, operationOf(context.contract, list.operation), name, wanted);
    },
    fill: async (rows, how) => {
      let made = 0;
      for (let attempt = 0; made < rows && attempt < rows * 3 && !context.signal.aborted; attempt += 1) {
        const [maker, source] = [makers[attempt % makers.length], sources[attempt % makers.length]];
        if (maker === undefined || source === undefined) break;
        const tried = mustVary ? source.tries.next() : 0;
        const next = fullest(source.cases, tried % 2 === 1 ? sayingAll : 1);
        if (next === null) break;
        const target = maker.targets[Math.floor(attempt / makers.length) % Math.max(1, maker.targets.length)];
        const own = target === undefined || parentId === null ? {} : { [target]: parentId };
        try {
          if (how === 'apart' && attempt % 2 === 0) await others.make();
          const bound = await setup.bind(
            maker.operation,
            tried > 0 ? secondTry(context, maker.operation, next, tried) : next,
            own,
          );
          const first = await setup.instance.send(encodeRequest(maker.operation, bound));
          const mayHelp = !isSuccess(first) && !isTurnedAway(first);
          const exchange = (mayHelp ? await sentHelped(context, setup, maker.operation, bound) : null) ?? first;
          if (!isSuccess(exchange) && mustVary) others.giveUp();
          mustVary ||= !isSuccess(exchange);
          trouble = isSuccess(exchange) ? null : `${outcome(exchange)}${saying(exchange)}${advice(exchange)}`;
          if (isSuccess(exchange)) made += 1;
          if (tried > 0) source.tries.note(tried, isSuccess(exchange));
          if (isTurnedAway(exchange)) break;
        } catch (error) {
          if (!(error instanceof SetupFailed)) throw error;
          trouble = error.message;
          break;
        }
      }
      return made;
    },
    trouble: () => trouble,
  };
}

/** Which other try comes next: one that says all that it may, once such a one was accepted, and else all sorts in turn. */
class Tries {
  #last = 0;
  #good: number | null = null;

  next(): number {
    if (this.#good === null) this.#last += 1;
    return this.#good ?? this.#last;
  }

  note(tried: number, isAccepted: boolean): void {
    this.#good = isAccepted && tried % 2 === 1 ? tried : null;
  }
}

interface Maker {
  readonly operation: Operation;
  /** The places that take the parent's id; empty when the list has no parent. */
  readonly targets: readonly string[];
}

/** The operations that make a list longer: the resource's own create, or, for a list of a parent, every create that is bound to it. */
function makersOf(context: ProbeContext, resource: Resource, parent: string | null): readonly Maker[] {
  if (parent === null)
    return resource.create === null ? [] : [{ operation: operationOf(context.contract, resource.create), targets: [] }];
  return context.shape.resources.flatMap((each) => {
    if (each.create === null) return [];
    const targets = (context.shape.bindings[each.create] ?? [])
      .filter((binding) => binding.resource === parent)
      .map((binding) => binding.target);
    return targets.length === 0 ? [] : [{ operation: operationOf(context.contract, each.create), targets }];
  });
}

/** Asks for the list with a limit, where it has one, and tells how many items came. */
export async function askList(
  setup: Setup,
  fillable: FillableList,
  limit: number | null,
): Promise<{ readonly exchange: Exchange; readonly items: number | null }> {
  const name = fillable.list.pagination?.limit ?? null;
  const exchange = await setup.instance.send(
    limit === null || name === null
      ? fillable.request
      : withQuery(fillable.request, { [name]: fillable.limitNear(limit) }),
  );
  return { exchange, items: itemsOf(fillable.list, exchange)?.length ?? null };
}
