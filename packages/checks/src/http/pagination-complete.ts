import {
  type Check,
  type Exchange,
  isJsonObject,
  type Json,
  type ListOperation,
  type ProbeContext,
  type RequestSpec,
  type Resource,
} from '@assay/contract';
import { memberOrderedBy, type Order, ordersOf, ordersToWalk, tiesIn } from '../kit/answers/list-orders.ts';
import { itemsOf, type Walk, walk, withoutQuery, withQuery } from '../kit/answers/list-walk.ts';
import { allowedLimit } from '../kit/answers/page-limit.ts';
import { lostIn, twiceIn, type WalkedList, walkFaults } from '../kit/answers/walk-faults.ts';
import { analyze } from '../kit/database/analyze.ts';
import { applies, doesNotApply, judged, undecided } from '../kit/judgement.ts';
import { makeAlike } from '../kit/reading/alike.ts';
import { operationOf } from '../kit/requests/cases.ts';
import { itemIdOf } from '../kit/setup/id-of.ts';
import { Setup, SetupFailed } from '../kit/setup/setup.ts';
import { count } from '../kit/words.ts';

/** Small pages, so that a few things make many. */
const shortPage = 3;
const longPage = 20;
const created = 14;
/** Where pages may not be that small there are more of them, up to so many. */
const mostCreated = 60;
/** How many of them are alike, so that they tie in every order and some ties do not fit on one page. */
const alike = 10;
const mostPages = 150;
/** In how many orders a list is walked besides its own. */
const mostOrders = 4;
/** Where there are no more than so many things, those that tie are also asked for in shorter pages. A page of one that comes twice would be taken for the last. */
const [mostAtOnce, shorterPage] = [40, 2];

/** What a list brings in long pages, by its id. */
type Shown = ReadonlyMap<string, Json>;

interface Walked {
  readonly items: readonly Json[];
  readonly shown: Shown;
}

interface Evidence {
  readonly walks: readonly WalkedList[];
  readonly trouble: string | null;
}

/** Walking a list page by page brings every item once: none is lost, none comes twice, no page is longer than its limit. */
export const check: Check<Evidence> = {
  id: 'http/pagination-complete',
  claim: 'Walking the pages of a list brings every item exactly once',
  skill: 'apis',
  severity: 'high',
  names: {},
  needs: [],
  instance: 'own',
  over: 'http',
  applies: (_contract, shape) =>
    shape.resources.some((resource) => paged(resource).length > 0 && resource.create !== null)
      ? applies
      : doesNotApply('no list of things that can be created has pages'),
  probe: async (context) => {
    const walks: WalkedList[] = [];
    let trouble: string | null = null;
    const setup = new Setup(context);
    for (const resource of context.shape.resources.filter((each) => each.create !== null)) {
      let isAnalyzed = false;
      const analyzeOnce = async (): Promise<void> => {
        if (!isAnalyzed) await analyze(context.backend);
        isAnalyzed = true;
      };
      for (const list of paged(resource)) {
        if (context.signal.aborted) break;
        try {
          walks.push(...(await walked(context, setup, resource, list, analyzeOnce)));
        } catch (error) {
          if (!(error instanceof SetupFailed)) throw error;
          trouble = error.message;
        }
      }
    }
    return { walks, trouble };
  },
  judge: ({ walks, trouble }) => {
    const still = walks.filter(({ stayed = true }) => stayed);
    const whole = still.filter(({ outcome }) => outcome === 'end');
    // What is wrong in one order is mostly wrong in the others, too: the first tells it.
    const findings = [...Map.groupBy(walks, ({ operation }) => operation).values()].flatMap(
      (orders) => orders.map(walkFaults).find((found) => found.length > 0) ?? [],
    );
    if (findings.length === 0 && whole.length < still.length)
      return undecided('a list had too many pages, or a page that was no list');
    if (findings.length === 0 && whole.length === 0) {
      const moved = still.length < walks.length ? 'what the lists bring changed while they were walked' : null;
      return undecided(trouble ?? moved ?? 'no list could be walked');
    }
    return judged(
      findings,
      `${count(whole.length, 'list')} walked over ${whole.reduce((sum, { pages }) => sum + pages.length, 0)} pages`,
    );
  },
};

function paged(resource: Resource): readonly ListOperation[] {
  return resource.lists.filter(({ pagination }) => pagination !== null && pagination.limit !== null);
}

async function walked(
  context: ProbeContext,
  setup: Setup,
  resource: Resource,
  list: ListOperation,
  analyzeOnce: () => Promise<void>,
): Promise<readonly WalkedList[]> {
  const operation = operationOf(context.contract, list.operation);
  const name = list.pagination?.limit ?? 'limit';
  const limit = allowedLimit(context.contract, operation, name, shortPage);
  // Where they may not be as short as wanted, the long ones are longer still: as long as the short ones, they would tell nothing.
  const long = allowedLimit(context.contract, operation, name, Math.max(longPage, 2 * limit));
  // Filters would hide what was created; only the pagination's own parameters go along.
  const bare = withoutQuery(await setup.request(operation.id));
  const total = Math.min(Math.max(created, limit + 5), mostCreated);
  const made = await makeAlike(context, setup, resource, {
    total,
    alike: Math.min(Math.max(alike, limit + 2), total),
  });
  const ids = made.ids.map(String);
  await analyzeOnce();
  const walks: WalkedList[] = [];
  const walkOnce = async (order: Order | null, size: number, known?: Shown): Promise<Walked | null> => {
    if (context.signal.aborted) return null;
    const asked = withQuery(bare, { [name]: size });
    const first = order === null ? asked : withQuery(asked, { [order.name]: order.value });
    const inShortPages = () => walk(context.backend, list, first, size, mostPages);
    const inLongPages = () => shownOnLongPages(context, resource, list, first, long);
    const told = ({ pages, items, lengths, outcome }: Walk, whole: Shown): WalkedList => {
      // What two items that look alike are, only their ids tell.
      const seen = items.flatMap((item) => idsOf(resource, item));
      return {
        operation: operation.id,
        order,
        outcome,
        pages: telling(pages, list, resource, seen),
        seen,
        expected: seen.length === items.length ? ids.filter((id) => whole.has(id)) : [],
        longestPage: Math.max(0, ...lengths),
        limit: size,
      };
    };
    const walkedOnce = await inShortPages();
    // That a list cannot be had in some order is for others to tell.
    if (order !== null && walkedOnce.outcome === 'broken') return null;
    const before = known ?? (await inLongPages());
    const once = told(walkedOnce, before);
    if (twiceIn(once).length === 0 && lostIn(once).length === 0) {
      walks.push(once);
      return { items: walkedOnce.items, shown: before };
    }
    // A worker that goes on with the things (settles, sends, ranks them) moves them between the pages: what is amiss has to be so while nothing moves.
    const walkedAgain = await inShortPages();
    if (order !== null && walkedAgain.outcome === 'broken') return null;
    const shown = await inLongPages();
    const stayed = !context.signal.aborted && isSame(order, before, shown);
    walks.push({ ...told(walkedAgain, shown), stayed });
    return { items: walkedAgain.items, shown };
  };
  const items = (await walkOnce(null, limit))?.items ?? [];
  const alikeIds = new Set(ids.slice(0, made.alike));
  const tied = items.filter((item) => alikeIds.has(String(itemIdOf(resource, item))));
  const shorter = allowedLimit(context.contract, operation, name, shorterPage);
  for (const order of ordersToWalk(ordersOf(context.contract, operation, tied), tied, mostOrders)) {
    const found = await walkOnce(order, limit);
    // PostgreSQL sorts for each page anew, and no further than it needs: the more pages, the more often ties come otherwise.
    if (found !== null && shorter < limit && items.length <= mostAtOnce && tiesIn(order, tied))
      await walkOnce(order, shorter, found.shown);
  }
  return walks;
}

/** The pages that bring one item for more than one time, or the last ones. */
function telling(
  pages: readonly Exchange[],
  list: ListOperation,
  resource: Resource,
  seen: readonly string[],
): readonly Exchange[] {
  const twice = seen.find((key, index) => seen.indexOf(key) !== index);
  const bringing = pages.filter((page) =>
    itemsOf(list, page)?.some((item) => String(itemIdOf(resource, item)) === twice),
  );
  return twice === undefined ? pages.slice(-4) : bringing.slice(0, 4);
}

/** A list may be of something else (a feed, drafts left out): it owes what it brings when it is asked for more at a time. */
async function shownOnLongPages(
  context: ProbeContext,
  resource: Resource,
  list: ListOperation,
  first: RequestSpec,
  long: number,
): Promise<Shown> {
  const name = list.pagination?.limit ?? 'limit';
  const { items } = await walk(context.backend, list, withQuery(first, { [name]: long }), long, mostPages);
  return new Map(items.flatMap((item) => idsOf(resource, item).map((id) => [id, item])));
}

function idsOf(resource: Resource, item: Json): readonly string[] {
  const id = itemIdOf(resource, item);
  return id === undefined ? [] : [String(id)];
}

/** Whether a list brought the same items, with the same in what they are ordered by; where nobody knows what that is, in everything. */
function isSame(order: Order | null, before: Shown, after: Shown): boolean {
  const member = order === null ? undefined : memberOrderedBy(order, [...before.values()]);
  const mark = (item: Json | undefined): string | undefined =>
    JSON.stringify(member !== undefined && isJsonObject(item) ? item[member] : item);
  return (
    before.size === after.size && [...before].every(([id, item]) => after.has(id) && mark(item) === mark(after.get(id)))
  );
}
