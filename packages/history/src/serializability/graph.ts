import { OutOfBudget } from '../linearizability/budget.ts';

/**
 * `ww`: wrote the next version. `wr`: read what the other wrote. `rw`: read what the other then overwrote. `process` and `realtime`: came
 * later on the same client, or began after the other had ended.
 */
export type Dependency = 'ww' | 'wr' | 'rw' | 'process' | 'realtime';

export interface Edge {
  readonly from: number;
  readonly to: number;
  /** Null leaves a junction: it goes on with the dependency that led there. */
  readonly dependency: Dependency | null;
  /** One clause; the two edges through a junction tell one together. */
  readonly because: () => string;
}

/** About what one edge takes, with its reason and its name. */
const bytesOfEdge = 400;

/**
 * The dependencies between transactions, by number. The first reason for an edge is kept. Beside the transactions it has junctions: where
 * each of many comes before each of many others, both meet in one.
 */
export class DependencyGraph {
  readonly transactions: number;
  readonly #edges: Edge[][];
  readonly #known = new Set<string>();
  readonly #most: number;

  constructor(transactions: number, memoryBytes = Number.POSITIVE_INFINITY) {
    this.transactions = transactions;
    this.#edges = Array.from({ length: transactions }, () => []);
    this.#most = memoryBytes / bytesOfEdge;
  }

  /** Transactions and junctions. */
  get size(): number {
    return this.#edges.length;
  }

  isJunction(node: number): boolean {
    return node >= this.transactions;
  }

  addJunction(): number {
    return this.#edges.push([]) - 1;
  }

  add(from: number, to: number, dependency: Edge['dependency'], because: () => string): void {
    const name = `${from} ${to} ${dependency}`;
    if (from === to || this.#known.has(name)) return;
    if (this.#known.size >= this.#most) throw new OutOfBudget('memory');
    this.#known.add(name);
    this.#edges[from]?.push({ from, to, dependency, because });
  }

  from(node: number): readonly Edge[] {
    return this.#edges[node] ?? [];
  }

  /** Strongly connected components with more than one member, over the dependencies given (Tarjan, without recursion); of these nodes alone, if told. */
  components(over: ReadonlySet<Dependency>, among?: ReadonlySet<number>): readonly ReadonlySet<number>[] {
    const found: Set<number>[] = [];
    const index = new Int32Array(this.size).fill(-1);
    const low = new Int32Array(this.size);
    const onStack = new Uint8Array(this.size);
    const stack: number[] = [];
    let next = 0;
    const work: { node: number; edge: number }[] = [];
    for (let root = 0; root < this.size; root++) {
      if (index[root] !== -1 || among?.has(root) === false) continue;
      work.push({ node: root, edge: 0 });
      for (let top = work.at(-1); top !== undefined; top = work.at(-1)) {
        const { node } = top;
        if (top.edge === 0) {
          index[node] = next;
          low[node] = next++;
          stack.push(node);
          onStack[node] = 1;
        }
        const edge = this.from(node)[top.edge++];
        if (edge !== undefined) {
          if (!leads(edge, over) || among?.has(edge.to) === false) continue;
          if (index[edge.to] === -1) work.push({ node: edge.to, edge: 0 });
          else if (onStack[edge.to] === 1) low[node] = Math.min(low[node] ?? 0, index[edge.to] ?? 0);
          continue;
        }
        work.pop();
        const parent = work.at(-1)?.node;
        if (parent !== undefined) low[parent] = Math.min(low[parent] ?? 0, low[node] ?? 0);
        if (low[node] === index[node]) {
          const component = popTo(stack, node, onStack);
          if (component.size > 1) found.push(component);
        }
      }
    }
    return found;
  }

  /** All nodes, junctions among them, in an order that respects every edge; earliest `rank` first where there is a choice. Null when there is a cycle. */
  order(over: ReadonlySet<Dependency>, rank: readonly number[]): readonly number[] | null {
    const waiting = new Int32Array(this.size);
    for (let node = 0; node < this.size; node++)
      for (const edge of this.from(node)) if (leads(edge, over)) waiting[edge.to] = (waiting[edge.to] ?? 0) + 1;
    const ready = new Heap((a, b) => (rank[a] ?? 0) - (rank[b] ?? 0) || a - b);
    for (let node = 0; node < this.size; node++) if (waiting[node] === 0) ready.push(node);
    const order: number[] = [];
    for (let node = ready.pop(); node !== undefined; node = ready.pop()) {
      order.push(node);
      for (const edge of this.from(node)) {
        if (!leads(edge, over)) continue;
        waiting[edge.to] = (waiting[edge.to] ?? 0) - 1;
        if (waiting[edge.to] === 0) ready.push(edge.to);
      }
    }
    return order.length === this.size ? order : null;
  }
}

/** What leaves a junction always leads on: it was reached by a dependency that counts. */
export function leads(edge: Edge, over: ReadonlySet<Dependency>): boolean {
  return edge.dependency === null || over.has(edge.dependency);
}

function popTo(stack: number[], node: number, onStack: Uint8Array): Set<number> {
  const component = new Set<number>();
  for (let member = stack.pop(); member !== undefined; member = stack.pop()) {
    onStack[member] = 0;
    component.add(member);
    if (member === node) break;
  }
  return component;
}

/** A binary heap; the smallest first. */
class Heap {
  readonly #items: number[] = [];
  readonly #compare: (a: number, b: number) => number;

  constructor(compare: (a: number, b: number) => number) {
    this.#compare = compare;
  }

  push(item: number): void {
    const items = this.#items;
    let at = items.push(item) - 1;
    while (at > 0) {
      const up = (at - 1) >> 1;
      const parent = items[up] ?? 0;
      if (this.#compare(parent, item) <= 0) break;
      items[at] = parent;
      at = up;
    }
    items[at] = item;
  }

  pop(): number | undefined {
    const items = this.#items;
    const first = items[0];
    const last = items.pop();
    if (last === undefined || items.length === 0) return first;
    let at = 0;
    for (;;) {
      let down = 2 * at + 1;
      if (down >= items.length) break;
      if (down + 1 < items.length && this.#compare(items[down + 1] ?? 0, items[down] ?? 0) < 0) down++;
      if (this.#compare(items[down] ?? 0, last) >= 0) break;
      items[at] = items[down] ?? 0;
      at = down;
    }
    items[at] = last;
    return first;
  }
}
