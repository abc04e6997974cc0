import { type Instance, isJsonObject, type Json, type JsonObject } from '@assay/contract';
import type { Table } from './catalog.ts';
import { identifier, identifiers, literal } from './quote.ts';
import { accessOf } from './sql-access.ts';
import { trial } from './trial.ts';

/** A query plan as PostgreSQL made and ran it. */
export interface Plan {
  /** As EXPLAIN prints it. */
  readonly text: string;
  /** Estimated, in PostgreSQL's units. */
  readonly cost: number;
  /** Pages of 8 KiB that were looked at. */
  readonly pages: number;
  readonly rows: number;
  readonly nodes: readonly JsonObject[];
}

/**
 * Plans and runs a statement, in a transaction that is rolled back; `first` makes there what there is not, such as an index. Of one that changes rows,
 * the plan is of how it finds them.
 */
export async function planOf(
  instance: Instance,
  schemas: readonly string[],
  statement: string,
  first: readonly string[] = [],
): Promise<Plan> {
  const explain = (format: string): string =>
    literal(`EXPLAIN (ANALYZE, BUFFERS, TIMING OFF, SUMMARY OFF, ${format}) ${statement}`);
  // Run again, what deletes would find nothing.
  const writes = accessOf(statement).kind === 'write';
  const shown = writes ? literal(`EXPLAIN (FORMAT TEXT) ${statement}`) : explain('FORMAT TEXT');
  const found = await trial(
    instance,
    `PERFORM set_config('search_path', ${literal(identifiers(['public', ...schemas]))}, true);
     PERFORM set_config('max_parallel_workers_per_gather', '0', true);
     PERFORM set_config('jit', 'off', true);
     PERFORM set_config('lock_timeout', '3s', true);
     ${first.map((each) => `EXECUTE ${literal(each)};`).join(' ')}
     EXECUTE ${explain('VERBOSE, FORMAT JSON')} INTO plan;
     FOR line IN EXECUTE ${shown} LOOP lines := lines || line || E'\\n'; END LOOP;
     result := jsonb_build_object('plan', plan, 'text', lines);`,
    `plan jsonb; line text; lines text := '';`,
  );
  if (!isJsonObject(found) || !Array.isArray(found['plan'])) throw new Error('EXPLAIN gave no plan');
  const root = (found['plan'] as readonly JsonObject[])[0]?.['Plan'];
  if (!isJsonObject(root)) throw new Error('EXPLAIN gave no plan');
  const nodes = nodesOf(root).filter((node) => node['Node Type'] !== 'ModifyTable');
  return {
    text: String(found['text']).trimEnd(),
    cost: Number(root['Total Cost']),
    pages: blocksOf(root),
    // What changes rows gives none back, or as many as were found for it.
    rows: Number(finding(root)['Actual Rows']),
    nodes,
  };
}

/** What finds the rows: what a plan that changes them has below, beside what is worked out first (`WITH`). */
function finding(root: JsonObject): JsonObject {
  const children = Array.isArray(root['Plans']) ? (root['Plans'] as readonly Json[]).filter(isJsonObject) : [];
  const outer = children.find((child) => child['Parent Relationship'] === 'Outer');
  return root['Node Type'] === 'ModifyTable' ? (outer ?? root) : root;
}

function nodesOf(node: JsonObject): readonly JsonObject[] {
  const children = node['Plans'];
  return [
    node,
    ...(Array.isArray(children) ? (children as readonly Json[]).filter(isJsonObject).flatMap(nodesOf) : []),
  ];
}

/** Pages of 8 KiB of one table and its indexes that were looked at, without what was done for each of its rows elsewhere. */
export function pagesOf(plan: Plan, table: Table): number {
  const indexes = new Set([
    ...table.indexes.map((index) => index.name),
    ...table.partitions.flatMap((each) => each.indexes),
  ]);
  let pages = 0;
  for (const node of plan.nodes) {
    const bitmap = node['Node Type'] === 'Bitmap Index Scan' && indexes.has(String(node['Index Name']));
    if (!bitmap && !scans(node, table)) continue;
    const children = Array.isArray(node['Plans']) ? (node['Plans'] as readonly Json[]).filter(isJsonObject) : [];
    pages += blocksOf(node) - children.reduce((sum, child) => sum + blocksOf(child), 0);
  }
  return pages;
}

/** Whether a node of a plan scans a table, or a partition of it. */
export function scans(node: JsonObject, { key, partitions }: Table): boolean {
  if (node['Relation Name'] === undefined) return false;
  const scanned = `${identifier(String(node['Schema']))}.${identifier(String(node['Relation Name']))}`;
  return scanned === key || partitions.some((partition) => partition.key === scanned);
}

function blocksOf(node: JsonObject): number {
  return Number(node['Shared Hit Blocks'] ?? 0) + Number(node['Shared Read Blocks'] ?? 0);
}
