import type { JsonObject } from '@assay/contract';
import type { Table } from './catalog.ts';
import type { Plan } from './plan.ts';

const name = 'assay_candidate';

/**
 * The statements that make an index on a table, to see what the planner makes of it. Of a partitioned table it is made on each partition:
 * on the table itself, PostgreSQL would give those names of its own.
 * @param on as in CREATE INDEX: columns, or an expression
 */
export function candidateIndex({ key, partitions }: Table, on: string): readonly string[] {
  if (partitions.length === 0) return [`CREATE INDEX ${name} ON ${key} (${on})`];
  return partitions.map((partition, at) => `CREATE INDEX ${nameIn(at)} ON ${partition.key} (${on})`);
}

/** The same for an index on each of several columns, of a table without partitions. */
export function candidateIndexes({ key }: Table, columns: readonly string[]): readonly string[] {
  return columns.map((column, at) => `CREATE INDEX ${nameIn(at)} ON ${key} (${column})`);
}

/** The table as it is once the index is made, or so many. */
export function withCandidate(table: Table, many = 1): Table {
  const candidate = { columns: [], unique: false, nullsEqual: false, primary: false, condition: null };
  const names = many === 1 ? [name] : Array.from({ length: many }, (_, at) => nameIn(at));
  return {
    ...table,
    indexes: [...table.indexes, ...names.map((each) => ({ ...candidate, name: each }))],
    partitions: table.partitions.map(({ key, indexes }, at) => ({ key, indexes: [...indexes, nameIn(at)] })),
  };
}

/** What in a plan goes through the index; nothing where the planner did not choose it. */
export function candidateScans({ nodes }: Plan): readonly JsonObject[] {
  return nodes.filter((node) => /^assay_candidate(_\d+)?$/.test(String(node['Index Name'])));
}

function nameIn(partition: number): string {
  return `${name}_${partition}`;
}
