import { keyOf } from '../value.ts';
import type { Transaction } from '../serializability/transaction.ts';

type Kind = 'ww' | 'wr' | 'rw';

interface Edge {
  readonly from: number;
  readonly to: number;
  readonly kind: Kind;
}

/** What Adya's definitions find in one way in which a history may have happened. */
export interface Phenomena {
  readonly G0: boolean;
  readonly G1c: boolean;
  readonly 'G-single': boolean;
  readonly 'G-nonadjacent': boolean;
  /** Any cycle with an anti-dependency. */
  readonly 'G2-item': boolean;
}

interface Written {
  readonly transaction: number;
  readonly element: string;
}

/**
 * Every way in which a history may have happened: which of the unknown transactions took effect, and in which order the versions of each key came. Tries
 * all of them; written to be obviously right, for the tests to compare with. Transactions read a key before they write to it; a
 * transaction that writes registers does so once for each key.
 */
export function worldsOf(history: readonly Transaction[], appends: boolean): Phenomena[] {
  const unknown = history.flatMap(({ outcome }, index) => (outcome === 'unknown' ? [index] : []));
  return subsets(unknown).flatMap((happened) => {
    const committed = history.flatMap(({ outcome }, index) =>
      outcome === 'ok' || happened.includes(index) ? [index] : [],
    );
    const keys = [...new Set(history.flatMap(({ operations }) => operations.map(({ key }) => key)))];
    return keys
      .map((key) => edgesOfKey(history, committed, key, appends))
      .reduce<Edge[][]>((all, more) => all.flatMap((edges) => more.map((each) => [...edges, ...each])), [[]])
      .map(phenomenaOf);
  });
}

/** The dependencies through one key, for each order of its versions that the reads allow. */
function edgesOfKey(
  history: readonly Transaction[],
  committed: readonly number[],
  key: string,
  appends: boolean,
): Edge[][] {
  const written = committed.map((transaction) =>
    (history[transaction]?.operations ?? []).flatMap((operation): Written[] =>
      operation.f !== 'read' && operation.key === key ? [{ transaction, element: keyOf(operation.value) }] : [],
    ),
  );
  const known = new Set(written.flat().map(({ element }) => element));
  const aborted = new Set(
    history.flatMap(({ outcome, operations }) =>
      outcome === 'failed' ? operations.flatMap((each) => (each.f === 'read' ? [] : [keyOf(each.value)])) : [],
    ),
  );
  const reads = history.flatMap(({ outcome, operations }, transaction) =>
    operations.flatMap((operation) => {
      if (outcome !== 'ok' || operation.f !== 'read' || operation.key !== key || operation.value === undefined)
        return [];
      const { value } = operation;
      const all = value === null ? [] : appends && Array.isArray(value) ? value.map(keyOf) : [keyOf(value)];
      // What was aborted is no version; that it was read is another matter.
      return [{ transaction, seen: all.filter((element) => !aborted.has(element)) }];
    }),
  );
  if (reads.some(({ seen }) => seen.some((element) => !known.has(element)))) return [];
  return merges(written).flatMap((order) => {
    const edges: Edge[] = [];
    const add = (from: number | undefined, to: number | undefined, kind: Kind): void => {
      if (from !== undefined && to !== undefined && from !== to) edges.push({ from, to, kind });
    };
    for (const [at, { transaction }] of order.entries()) add(transaction, order[at + 1]?.transaction, 'ww');
    for (const { transaction, seen } of reads) {
      const last = seen.at(-1);
      const at = last === undefined ? -1 : order.findIndex(({ element }) => element === last);
      if (
        appends &&
        seen.join() !==
          order
            .slice(0, at + 1)
            .map(({ element }) => element)
            .join()
      )
        return [];
      add(order[at]?.transaction, transaction, 'wr');
      add(transaction, order[at + 1]?.transaction, 'rw');
    }
    return [edges];
  });
}

function phenomenaOf(edges: readonly Edge[]): Phenomena {
  const back = ({ from, to }: Edge, kinds: readonly Kind[]): boolean =>
    leads(
      to,
      from,
      edges.filter(({ kind }) => kinds.includes(kind)),
    );
  const some = (start: Kind, kinds: readonly Kind[]): boolean =>
    edges.some((edge) => edge.kind === start && back(edge, kinds));
  return {
    G0: some('ww', ['ww']),
    G1c: some('wr', ['ww', 'wr']),
    'G-single': some('rw', ['ww', 'wr']),
    'G-nonadjacent': edges.some((edge) => edge.kind === 'rw' && closesApart(edge, edges)),
    'G2-item': some('rw', ['ww', 'wr', 'rw']),
  };
}

function leads(from: number, to: number, edges: readonly Edge[]): boolean {
  const reached = new Set([from]);
  for (const node of reached) for (const edge of edges) if (edge.from === node) reached.add(edge.to);
  return reached.has(to);
}

/** Whether a way leads back on which no anti-dependency follows another, nor the first one. */
function closesApart(first: Edge, edges: readonly Edge[]): boolean {
  const reached = new Map([[`${first.to} rw`, { node: first.to, rw: true }]]);
  for (const { node, rw } of reached.values())
    for (const edge of edges)
      if (edge.from === node && !(rw && edge.kind === 'rw'))
        reached.set(`${edge.to} ${edge.kind === 'rw' ? 'rw' : ''}`, { node: edge.to, rw: edge.kind === 'rw' });
  return reached.has(`${first.from} `);
}

function subsets<T>(items: readonly T[]): T[][] {
  return items.reduce<T[][]>((all, item) => [...all, ...all.map((each) => [...each, item])], [[]]);
}

/** Every order of all items in which each list keeps its own. */
function merges<T>(lists: readonly (readonly T[])[]): T[][] {
  const left = lists.filter((list) => list.length > 0);
  if (left.length === 0) return [[]];
  return left.flatMap(([first, ...rest], place) =>
    merges(left.map((list, index) => (index === place ? rest : list))).map((order) =>
      first === undefined ? order : [first, ...order],
    ),
  );
}
