import {
  type Exchange,
  type Json,
  type ListOperation,
  type ProbeContext,
  type RequestSpec,
  type Resource,
} from '@assay/contract';
import { itemsOf, walk, withoutQuery, withQuery } from '../answers/list-walk.ts';
import { allowedLimit } from '../answers/page-limit.ts';
import { operationOf } from '../requests/cases.ts';
import { type Maker, RowMaker } from './row-maker.ts';
import { type Setup, SetupFailed } from './setup.ts';

/** How long a page is asked for to see whether the list grows. */
const longPage = 100;
/** How many such pages are counted. */
const mostPages = 3;

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
  const besides = parent === undefined ? [] : ancestorsOf(setup, parent.resource);
  const rowMakers = makers.map((maker) => new RowMaker(context, setup, maker, besides));
  let trouble: string | null = null;
  const limitNear = (wanted: number): number => {
    const name = list.pagination?.limit ?? null;
    return name === null
      ? wanted
      : allowedLimit(context.contract, operationOf(context.contract, list.operation), name, wanted);
  };
  /** Null where nobody can tell. */
  const lengthNow = async (): Promise<number | null> => {
    const name = list.pagination?.limit ?? null;
    const limit = limitNear(longPage);
    const first = name === null ? request : withQuery(request, { [name]: limit });
    const { items, lengths, outcome } = await walk(setup.instance, list, first, limit, mostPages);
    return outcome === 'end' && !mayBeFull(lengths) ? items.length : null;
  };
  return {
    resource,
    list,
    request,
    limitNear,
    fill: async (rows, how) => {
      let made = 0;
      const ended = new Set<RowMaker>();
      for (let attempt = 0; made < rows && attempt < rows * 3 && !context.signal.aborted; attempt += 1) {
        const able = how === 'apart' ? lengthening(rowMakers, ended) : rowMakers;
        const maker = able[attempt % able.length];
        if (maker === undefined) break;
        const isWatched = how === 'apart' && maker.others.isLearning && (rowMakers.length > 1 || maker.others.isFar);
        const before = isWatched ? await lengthNow() : null;
        const came = await maker.make(parentId, Math.floor(attempt / able.length), how);
        trouble = maker.trouble;
        if (came === 'over' && how !== 'apart') break;
        if (came === 'over') ended.add(maker);
        if (came !== 'made') continue;
        const after = before === null ? null : await lengthNow();
        const grew = before === null || after === null || after > before;
        if (after !== null) maker.others.noteGrowth(grew);
        if (grew) made += 1;
      }
      return made;
    },
    trouble: () => trouble,
  };
}

/** Whether the only page that there was may be all that the backend shows of a longer list, as 20 or 100 items often are: it then grows unseen. */
function mayBeFull([length = 0, ...others]: readonly number[]): boolean {
  return others.length === 0 && length >= 10 && length % 5 === 0;
}

/** The makers that have not ended; once one is known to make the list longer, without those that are known not to. */
function lengthening(makers: readonly RowMaker[], ended: ReadonlySet<RowMaker>): readonly RowMaker[] {
  const isKnown = makers.some(({ others }) => others.grows === true);
  return makers.filter((maker) => !ended.has(maker) && !(isKnown && maker.isVain));
}

/** A kind, what everything of it is made in, and what that is made in. */
function ancestorsOf(setup: Setup, kind: string): readonly string[] {
  const found = new Set<string>([kind]);
  // What is added to a set while it is gone through is gone through as well.
  for (const name of found)
    for (const { resource } of setup.bindingsOf(setup.resource(name).create ?? '')) found.add(resource);
  return [...found];
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
