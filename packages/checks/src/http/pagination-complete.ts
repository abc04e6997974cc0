import {
  type Check,
  type Exchange,
  type Json,
  type ListOperation,
  type ProbeContext,
  type RequestSpec,
  type Resource,
} from '@assay/contract';
import { type Order, ordersOf, tiesIn } from '../kit/answers/list-orders.ts';
import { itemsOf, walk, withoutQuery, withQuery } from '../kit/answers/list-walk.ts';
import { allowedLimit } from '../kit/answers/page-limit.ts';
import { analyze } from '../kit/database/analyze.ts';
import { applies, doesNotApply, judged, undecided } from '../kit/judgement.ts';
import { makeAlike } from '../kit/reading/alike.ts';
import { operationOf } from '../kit/requests/cases.ts';
import { itemIdOf } from '../kit/setup/id-of.ts';
import { Setup, SetupFailed } from '../kit/setup/setup.ts';
import { count, list as listed } from '../kit/words.ts';

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

interface WalkedList {
  readonly operation: string;
  /** The order that was asked for; null for none. */
  readonly order: Order | null;
  readonly outcome: 'end' | 'cap' | 'broken';
  readonly pages: readonly Exchange[];
  /** Ids of the items in the order in which the pages brought them; none of items without. */
  readonly seen: readonly string[];
  /** Ids of the things that were created before the walk and must be among them, since longer pages bring them. */
  readonly expected: readonly string[];
  readonly longestPage: number;
  /** How many items were asked for at a time. */
  readonly limit?: number;
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
      for (const list of paged(resource)) {
        if (context.signal.aborted) break;
        try {
          walks.push(...(await walked(context, setup, resource, list)));
        } catch (error) {
          if (!(error instanceof SetupFailed)) throw error;
          trouble = error.message;
        }
      }
    }
    return { walks, trouble };
  },
  judge: ({ walks, trouble }) => {
    const whole = walks.filter(({ outcome }) => outcome === 'end');
    // What is wrong in one order is mostly wrong in the others, too: the first tells it.
    const findings = [...Map.groupBy(walks, ({ operation }) => operation).values()].flatMap(
      (orders) => orders.map(complaints).find((found) => found.length > 0) ?? [],
    );
    if (findings.length === 0 && whole.length < walks.length)
      return undecided('a list had too many pages, or a page that was no list');
    if (findings.length === 0 && whole.length === 0) return undecided(trouble ?? 'no list could be walked');
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
  await analyze(context.backend);
  const walks: WalkedList[] = [];
  const walkOnce = async (order: Order | null, size: number): Promise<readonly Json[]> => {
    if (context.signal.aborted) return [];
    const asked = withQuery(bare, { [name]: size });
    const first = order === null ? asked : withQuery(asked, { [order.name]: order.value });
    const { pages, items, lengths, outcome } = await walk(context.backend, list, first, size, mostPages);
    // That a list cannot be had in some order is for others to tell.
    if (order !== null && outcome === 'broken') return items;
    // What two items that look alike are, only their ids tell.
    const seen = items.flatMap((item) => {
      const id = itemIdOf(resource, item);
      return id === undefined ? [] : [String(id)];
    });
    const whole = await shownOnLongPages(context, resource, list, first, long);
    walks.push({
      operation: operation.id,
      order,
      outcome,
      pages: telling(pages, list, resource, seen),
      seen,
      expected: seen.length === items.length ? ids.filter((id) => whole.has(id)) : [],
      longestPage: Math.max(0, ...lengths),
      limit: size,
    });
    return items;
  };
  const items = await walkOnce(null, limit);
  const alikeIds = new Set(ids.slice(0, made.alike));
  const tied = items.filter((item) => alikeIds.has(String(itemIdOf(resource, item))));
  const shorter = allowedLimit(context.contract, operation, name, shorterPage);
  for (const order of ordersOf(context.contract, operation, tied).slice(0, mostOrders)) {
    await walkOnce(order, limit);
    // PostgreSQL sorts for each page anew, and no further than it needs: the more pages, the more often ties come otherwise.
    if (shorter < limit && items.length <= mostAtOnce && tiesIn(order, tied)) await walkOnce(order, shorter);
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
): Promise<ReadonlySet<string>> {
  const name = list.pagination?.limit ?? 'limit';
  const { items } = await walk(context.backend, list, withQuery(first, { [name]: long }), long, mostPages);
  return new Set(items.map((item) => String(itemIdOf(resource, item))));
}

function complaints(walkedList: WalkedList) {
  const { operation, order, outcome, pages, seen, expected, longestPage, limit = shortPage } = walkedList;
  const name = order === null ? operation : `${operation} with ${order.name}=${order.value}`;
  const twice = seen.filter((key, index) => seen.indexOf(key) !== index);
  const lost = outcome === 'end' ? expected.filter((key) => !seen.includes(key)) : [];
  const tell = (key: string, title: string, fix: string) => ({
    key: `${operation} ${order === null ? '' : `${order.name}=${order.value} `}${key}`,
    title,
    detail: `The list was walked with pages of ${limit} while nothing was changed. A client that adds up, exports or deletes what a list brings relies on seeing each item once.`,
    fix,
    operation,
    evidence: pages.map((exchange) => ({ kind: 'exchange' as const, exchange })),
  });
  return [
    ...(longestPage > limit
      ? [
          tell(
            'long',
            `${name} brought a page of ${count(longestPage, 'item')} although ${limit} were asked for`,
            'Put the limit into the statement itself, as LIMIT with a parameter.',
          ),
        ]
      : []),
    ...(twice.length > 0
      ? [
          tell(
            'twice',
            `Walking ${name} brought ${count(new Set(twice).size, 'item')} more than once (${listed([...new Set(twice)].slice(0, 5))})`,
            'Order by something that is never equal for two rows (add the primary key as the last sort key), and continue strictly after the last row of the page before.',
          ),
        ]
      : []),
    ...(lost.length > 0
      ? [
          tell(
            'lost',
            `Walking ${name} never brought ${lost.length} of ${expected.length} things created before (${listed(lost.slice(0, 5))})`,
            'Continue right after the last row of the page before: check how the cursor or offset is computed, and the comparison (a tie on the sort key must not skip rows).',
          ),
        ]
      : []),
  ];
}
