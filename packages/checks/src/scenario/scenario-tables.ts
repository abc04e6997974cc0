import type { Exchange, JsonObject, ProbeContext, ScenarioReading, ScenarioResponse, Statement } from '@assay/contract';
import { catalogOf } from '../kit/database/catalog.ts';
import { statementsOf } from '../kit/database/filled-backend.ts';
import { multiply } from '../kit/database/multiply.ts';
import { rowCounts } from '../kit/database/new-rows.ts';
import { planOf } from '../kit/database/plan.ts';
import { withLiterals } from '../kit/database/quote.ts';
import { list } from '../kit/words.ts';

/** What a scenario wanted to see could not be seen; that says nothing about the backend. */
export class CannotTell extends Error {}

/** The tables of a backend as a scenario has them. Each of its methods throws CannotTell. */
export interface ObservedTables {
  multiply(rows: number): Promise<void>;
  reading(target: string, responseOf: (exchange: Exchange) => ScenarioResponse): Promise<ScenarioReading>;
}

/** To be called before the scenario makes anything: what grows from there on is what it multiplies. */
export async function observedTables(context: ProbeContext): Promise<ObservedTables> {
  const { backend } = context;
  const tables = await catalogOf(backend);
  const before = await rowCounts(backend, tables);
  return {
    multiply: async (rows) => {
      context.progress('many rows');
      const after = await rowCounts(backend, tables);
      const grown = tables.filter(({ key }) => (after.get(key) ?? 0) > (before.get(key) ?? 0));
      if (grown.length === 0) throw new CannotTell('no table grew by what was created');
      const { unfilled } = await multiply(backend, tables, grown, rows);
      if (unfilled.length > 0)
        throw new CannotTell(
          `rows could not be multiplied: ${list(unfilled.map(({ table, reason }) => `${table} (${reason})`))}`,
        );
    },
    reading: async (target, responseOf) => {
      const { exchange, statements } = await statementsOf(context, { method: 'GET', target });
      const reads = statements.filter(({ command }) => command === 'SELECT');
      const counted: { readonly statement: string; readonly rows: number }[] = [];
      for (const statement of reads)
        counted.push({ statement: statement.text, rows: await rowsRead(context, statement) });
      const most = counted.toSorted((a, b) => b.rows - a.rows)[0];
      return {
        response: responseOf(exchange),
        rows: counted.reduce((sum, { rows }) => sum + rows, 0),
        statement: most?.statement ?? '',
      };
    },
  };
}

/** As EXPLAIN ANALYZE counts them, when the statement is run again with its values. */
async function rowsRead({ backend }: ProbeContext, { text, parameters }: Statement): Promise<number> {
  const statement = withLiterals(text.replace(/;\s*$/, ''), parameters);
  if (statement === null || !/^\s*(select|with|\()/i.test(statement))
    throw new CannotTell('a statement of the request cannot be planned');
  try {
    const { nodes } = await planOf(backend, [], statement);
    return Math.round(nodes.reduce((sum, node) => sum + scanned(node), 0));
  } catch (error) {
    throw new CannotTell(
      `a statement of the request cannot be planned: ${error instanceof Error ? error.message : String(error)}`,
    );
  }
}

function scanned(node: JsonObject): number {
  if (node['Relation Name'] === undefined) return 0;
  const rows = ['Actual Rows', 'Rows Removed by Filter', 'Rows Removed by Index Recheck'].map((name) =>
    Number(node[name] ?? 0),
  );
  return rows.reduce((sum, each) => sum + each, 0) * Number(node['Actual Loops'] ?? 1);
}
