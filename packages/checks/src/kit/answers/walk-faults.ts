import type { Exchange, FindingDraft } from '@assay/contract';
import { count, list as listed } from '../words.ts';
import type { Order } from './list-orders.ts';

/** A list that was walked page by page. */
export interface WalkedList {
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
  /** How many items were asked for at a time; three where it does not say. */
  readonly limit?: number;
  /** False where items were amiss and what the list is ordered by changed meanwhile, or its items came and went: that may be why. */
  readonly stayed?: boolean;
}

const unsaidLimit = 3;

export function twiceIn({ seen }: WalkedList): readonly string[] {
  return seen.filter((key, index) => seen.indexOf(key) !== index);
}

export function lostIn({ outcome, expected, seen }: WalkedList): readonly string[] {
  return outcome === 'end' ? expected.filter((key) => !seen.includes(key)) : [];
}

/** What is wrong with the pages of a list: longer than was asked for, items that came twice, or never. */
export function walkFaults(walkedList: WalkedList): readonly FindingDraft[] {
  const { operation, order, pages, expected, longestPage, limit = unsaidLimit, stayed = true } = walkedList;
  const name = order === null ? operation : `${operation} with ${order.name}=${order.value}`;
  const twice = stayed ? twiceIn(walkedList) : [];
  const lost = stayed ? lostIn(walkedList) : [];
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
