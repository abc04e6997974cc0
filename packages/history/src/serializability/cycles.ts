import { type Anomaly, type AnomalyType, anomalyMeanings, type CycleStep } from './anomaly.ts';
import { type Dependency, type DependencyGraph, type Edge, leads } from './graph.ts';
import { forbids, isolationLevels } from './isolation.ts';
import { nameOf, type Transaction } from './transaction.ts';

/** What a cycle of a type looks like: the dependency it is looked for from, and what the way back may and must contain. */
interface CycleForm {
  readonly type: AnomalyType;
  readonly start: Dependency;
  readonly back: readonly Dependency[];
  /** Whether the way back has more anti-dependencies; then, whether none of the cycle follows another, or some do. */
  readonly more: 'none' | 'apart' | 'adjacent';
}

const forms: readonly CycleForm[] = [
  { type: 'G0', start: 'ww', back: ['ww'], more: 'none' },
  { type: 'G1c', start: 'wr', back: ['ww', 'wr'], more: 'none' },
  { type: 'G-single', start: 'rw', back: ['ww', 'wr'], more: 'none' },
  { type: 'G-nonadjacent', start: 'rw', back: ['ww', 'wr', 'rw'], more: 'apart' },
  { type: 'G2-item', start: 'rw', back: ['ww', 'wr', 'rw'], more: 'adjacent' },
];

const orders = [
  { uses: null, with: [] },
  { uses: 'process', with: ['process'] },
  { uses: 'realtime', with: ['process', 'realtime'] },
] as const satisfies readonly { readonly uses: Anomaly['uses']; readonly with: readonly Dependency[] }[];

/** How many starting points are tried in one component, and how many cycles of one type are told. */
const most = { starts: 400, told: 8 };

export interface CycleSearch {
  readonly anomalies: readonly Anomaly[];
  /** False when so many starting points were left out that the absence of a type says nothing. */
  readonly complete: boolean;
}

/** The shortest cycle of each type in each strongly connected component; cycles that need process or real-time order only where none is without. */
export function findCycles(
  graph: DependencyGraph,
  transactions: readonly Transaction[],
  tick: () => void,
): CycleSearch {
  const anomalies: Anomaly[] = [];
  let complete = true;
  for (const order of orders) {
    const everything = new Set<Dependency>(['ww', 'wr', 'rw', ...order.with]);
    const cyclic = graph.components(everything);
    if (cyclic.length === 0) continue;
    for (const form of forms) {
      if (anomalies.some((anomaly) => anomaly.type === form.type)) continue;
      const back = new Set<Dependency>([...form.back, ...order.with]);
      const over = new Set<Dependency>([...back, form.start]);
      let told = 0;
      for (const component of graph.components(over)) {
        tick();
        // Of those whose outcome is unknown no cycle of writes is certain: one that does without them tells more.
        const known = form.type === 'G0' ? knownWithin(graph, component, over, transactions) : [];
        let search: Shortest = { cycle: null, all: true };
        for (const part of [...known, component]) {
          search = shortest(graph, part, form, back, tick);
          if (search.cycle !== null) break;
        }
        const { cycle, all } = search;
        if (!all && cycle === null && !isSettled(form.type, anomalies)) complete = false;
        if (cycle === null || told++ >= most.told) continue;
        anomalies.push(anomalyOf(form.type, stepsOf(graph, cycle), transactions));
      }
    }
  }
  return { anomalies, complete };
}

/** What of a component holds together without the transactions that may not have happened; nothing where all did. */
function knownWithin(
  graph: DependencyGraph,
  component: ReadonlySet<number>,
  over: ReadonlySet<Dependency>,
  transactions: readonly Transaction[],
): readonly ReadonlySet<number>[] {
  const known = new Set(
    [...component].filter((node) => graph.isJunction(node) || transactions[node]?.outcome === 'ok'),
  );
  return known.size === component.size ? [] : graph.components(over, known);
}

/** Whether what was found breaks every level that this type breaks. */
function isSettled(type: AnomalyType, found: readonly Anomaly[]): boolean {
  return isolationLevels.every(
    (level) => !forbids(level, { type, uses: null, transactions: [] }) || found.some((each) => forbids(level, each)),
  );
}

interface Shortest {
  readonly cycle: readonly Edge[] | null;
  /** Whether every starting point was tried. */
  readonly all: boolean;
}

function shortest(
  graph: DependencyGraph,
  component: ReadonlySet<number>,
  form: CycleForm,
  back: ReadonlySet<Dependency>,
  tick: () => void,
): Shortest {
  let best: readonly Edge[] | null = null;
  let tried = 0;
  for (const node of component) {
    for (const edge of graph.from(node)) {
      if (edge.dependency !== form.start || !component.has(edge.to)) continue;
      if (tried++ >= most.starts) return { cycle: best, all: false };
      tick();
      const way = wayBack(graph, component, edge, back, form.more, tick);
      if (way !== null && (best === null || way.length + 1 < best.length)) best = [edge, ...way];
    }
  }
  return { cycle: best, all: true };
}

/** Breadth first from the end of the edge to its beginning; states tell what the last step was and what the way has had. */
function wayBack(
  graph: DependencyGraph,
  component: ReadonlySet<number>,
  start: Edge,
  back: ReadonlySet<Dependency>,
  more: CycleForm['more'],
  tick: () => void,
): readonly Edge[] | null {
  if (more !== 'none' && wayBack(graph, component, start, withoutRw(back), 'none', tick) !== null) return null;
  // Four states for each node: was the last step an anti-dependency; has the way had one, or, where they follow one another, two in a row.
  const from = new Map<number, { readonly edge: Edge; readonly state: number } | null>();
  const first = stateOf(start.to, true, false);
  from.set(first, null);
  let frontier = [first];
  while (frontier.length > 0) {
    const next: number[] = [];
    for (const state of frontier) {
      tick();
      for (const edge of graph.from(state >> 2)) {
        if (!component.has(edge.to) || !leads(edge, back)) continue;
        // A junction is no stop: what led into it is still the last step.
        const rw = edge.dependency === null ? (state & 2) !== 0 : edge.dependency === 'rw';
        const follows = edge.dependency === 'rw' && (state & 2) !== 0;
        if (follows && more === 'apart') continue;
        const had = more === 'adjacent' ? follows : edge.dependency === 'rw';
        const after = stateOf(edge.to, rw, had || (state & 1) !== 0);
        if (from.has(after)) continue;
        from.set(after, { edge, state });
        if (edge.to === start.from && closes(after, more)) return simple(start, trace(from, after));
        next.push(after);
      }
    }
    frontier = next;
  }
  return null;
}

function stateOf(node: number, lastWasRw: boolean, had: boolean): number {
  return node * 4 + (lastWasRw ? 2 : 0) + (had ? 1 : 0);
}

function closes(state: number, more: CycleForm['more']): boolean {
  if (more === 'none') return true;
  // The cycle begins with an anti-dependency: one at its end is right before it.
  const [had, lastWasRw] = [(state & 1) !== 0, (state & 2) !== 0];
  return more === 'adjacent' ? had || lastWasRw : had && !lastWasRw;
}

/** A way that visits a transaction twice is made of smaller cycles, which have names of their own. */
function simple(start: Edge, way: readonly Edge[]): readonly Edge[] | null {
  return new Set([start.from, ...way.map((edge) => edge.from)]).size === way.length + 1 ? way : null;
}

function trace(
  from: ReadonlyMap<number, { readonly edge: Edge; readonly state: number } | null>,
  end: number,
): readonly Edge[] {
  const way: Edge[] = [];
  for (let step = from.get(end); step !== undefined && step !== null; step = from.get(step.state)) way.push(step.edge);
  return way.reverse();
}

function withoutRw(dependencies: ReadonlySet<Dependency>): ReadonlySet<Dependency> {
  return new Set([...dependencies].filter((dependency) => dependency !== 'rw'));
}

/** From transaction to transaction: the two edges through a junction are one step. */
function stepsOf(graph: DependencyGraph, found: readonly Edge[]): readonly CycleStep[] {
  return found.flatMap(({ from, to, dependency, because }, i): CycleStep[] => {
    if (dependency === null) return [];
    const next = found[(i + 1) % found.length];
    if (next === undefined || !graph.isJunction(to)) return [{ from, to, dependency, because: because() }];
    return [{ from, to: next.to, dependency, because: `${because()}, ${next.because()}` }];
  });
}

function anomalyOf(type: AnomalyType, found: readonly CycleStep[], transactions: readonly Transaction[]): Anomaly {
  // A cycle has no beginning; the earliest transaction is the one that people look for first.
  const earliest = found.reduce((least, step) => Math.min(least, step.from), Number.POSITIVE_INFINITY);
  const start = found.findIndex((step) => step.from === earliest);
  const cycle = [...found.slice(start), ...found.slice(0, start)];
  const used = new Set(cycle.map((step) => step.dependency));
  const chain = cycle.map(
    (step) => `${nameOf(step.from)} comes before ${nameOf(step.to)} (${step.dependency}): ${step.because}.`,
  );
  const first = nameOf(cycle[0]?.from ?? 0);
  return {
    type,
    uses: used.has('realtime') ? 'realtime' : used.has('process') ? 'process' : null,
    transactions: cycle.flatMap((step) => transactions[step.from] ?? []),
    cycle,
    explanation: `${type}, ${anomalyMeanings[type]}. ${chain.join(' ')} So ${first} comes before itself.`,
  };
}
