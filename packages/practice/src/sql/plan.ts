import { isJsonObject, type Json } from '@assay/contract';
import type { ScratchDatabase } from '../ports.ts';
import { connect } from './connect.ts';

interface PlanNode {
  readonly type: string;
  readonly cost: number;
  readonly inside: readonly PlanNode[];
}

/** The plans of statements on one of the data sets, null where PostgreSQL makes none. No statement is run. */
export async function plansOf(
  database: ScratchDatabase,
  schema: string,
  statements: readonly string[],
): Promise<readonly (PlanNode | null)[]> {
  const { client, close } = await connect(database);
  try {
    const plans: (PlanNode | null)[] = [];
    for (const [index, statement] of statements.entries()) {
      await client.query(`BEGIN READ ONLY; SET LOCAL search_path = ${schema}; SET LOCAL statement_timeout = 2000`);
      const explained = await client
        .query<{ 'QUERY PLAN': string }>({
          text: `EXPLAIN (FORMAT JSON) ${statement.replace(/;\s*$/, '')}`,
          name: `plan${index}`,
        })
        .catch(() => null);
      await client.query('ROLLBACK');
      const plan: unknown = JSON.parse(explained?.rows[0]?.['QUERY PLAN'] ?? 'null');
      plans.push(nodeOf(plan));
    }
    return plans;
  } finally {
    await close();
  }
}

function nodeOf(value: unknown): PlanNode | null {
  const first: unknown = Array.isArray(value) ? value[0] : value;
  const node = isPlain(first) && isPlain(first['Plan']) ? first['Plan'] : first;
  if (!isPlain(node) || typeof node['Node Type'] !== 'string') return null;
  const inside = Array.isArray(node['Plans'])
    ? (node['Plans'] as readonly Json[]).flatMap((each) => nodeOf(each) ?? [])
    : [];
  return { type: node['Node Type'], cost: Number(node['Total Cost'] ?? 0), inside };
}

function isPlain(value: unknown): value is Readonly<Record<string, Json>> {
  return isJsonObject(value);
}

/** The first node, from the top, of the kind that is asked for. */
export function findNode(plan: PlanNode, kind: 'scan' | 'join' | 'top'): string | null {
  if (kind === 'top') return plan.type;
  const fits =
    kind === 'scan'
      ? plan.type.endsWith(' Scan') && plan.type !== 'Bitmap Index Scan'
      : /Join$|^Nested Loop$/.test(plan.type);
  if (fits) return plan.type;
  for (const each of plan.inside) {
    const found = findNode(each, kind);
    if (found !== null) return found;
  }
  return null;
}
