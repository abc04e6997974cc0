import type { Check, FindingDraft, Json, ProbeContext } from '@assay/contract';
import { candidateIndex, candidateScans } from '../kit/database/candidate-index.ts';
import { withCascades } from '../kit/database/cascades.ts';
import type { ForeignKey, Table } from '../kit/database/catalog.ts';
import { filledBackend, type FilledBackend, statementsOf } from '../kit/database/filled-backend.ts';
import { toldUnfilled } from '../kit/database/multiply.ts';
import { planOf } from '../kit/database/plan.ts';
import { identifier, identifiers, literal } from '../kit/database/quote.ts';
import { applies, doesNotApply, judged, notApplicable, undecided } from '../kit/judgement.ts';
import { withoutConditions } from '../kit/requests/without-conditions.ts';
import { SetupFailed } from '../kit/setup/setup.ts';
import { count, hasFailed, isSuccess, list, outcome } from '../kit/words.ts';

interface Unindexed {
  readonly table: string;
  readonly columns: readonly string[];
  readonly target: string;
  /** The operation that deletes rows of the target. */
  readonly operation: string;
  readonly statement: string;
  readonly before: { readonly plan: string; readonly pages: number };
  readonly after: { readonly plan: string; readonly pages: number };
}

interface Evidence {
  /** Foreign keys that a delete must ask, as `entries.account_id`. */
  readonly asked: readonly string[];
  readonly unindexed: readonly Unindexed[];
  /** Tables that the requests which delete were seen to delete from, and those whose rows go along. */
  readonly deletedFrom: readonly string[];
  readonly trouble: string | null;
  /** Whether no table has a foreign key at all. */
  readonly keyless?: boolean;
}

/** Before a row is deleted, PostgreSQL looks for rows that refer to it; an index must lead there. */
export const check: Check<Evidence> = {
  id: 'schema/foreign-key-indexes',
  claim: 'Deleting a row finds the rows that refer to it through an index',
  skill: 'databases',
  severity: 'medium',
  names: { cwe: 'CWE-1067' },
  needs: ['wire'],
  instance: 'own',
  applies: (_contract, shape) =>
    shape.resources.some(({ create, remove }) => create !== null && remove !== null)
      ? applies
      : doesNotApply('nothing that can be created can be deleted'),
  probe: async (context) => {
    const backend = await filledBackend(context);
    if (backend.tables.length > 0 && backend.tables.every(({ foreignKeys }) => foreignKeys.length === 0))
      return { asked: [], unindexed: [], deletedFrom: [], trouble: null, keyless: true };
    const deleted = await deletedTables(context, backend);
    const deletes = withCascades(deleted.operations, backend.tables);
    const asked: string[] = [];
    const unindexed: Unindexed[] = [];
    let trouble = backend.trouble ?? deleted.trouble;
    for (const table of backend.tables) {
      for (const key of table.foreignKeys) {
        const operation = deletes.get(key.target);
        if (operation === undefined) continue;
        if (!backend.filled.includes(table)) {
          trouble ??= backend.unfilled.filter((each) => each.table === table.name).map(toldUnfilled)[0] ?? null;
          continue;
        }
        asked.push(`${table.name}.${key.columns.join(', ')}`);
        if (hasIndex(table, key)) continue;
        const found = await planned(context, backend, table, key, operation);
        if (found !== null) unindexed.push(found);
      }
    }
    const names = backend.tables.filter(({ key }) => deletes.has(key)).map((table) => table.name);
    return { asked, unindexed, deletedFrom: names, trouble };
  },
  judge: ({ asked, unindexed, deletedFrom, trouble, keyless = false }) => {
    if (keyless) return notApplicable('no table has a foreign key');
    if (asked.length > 0) {
      const told = judged(
        unindexed.map(finding),
        `${count(asked.length, 'foreign key')} that a delete asks: ${list(asked)}`,
      );
      return trouble === null ? told : { ...told, reason: `${told.reason}; others could not be seen: ${trouble}` };
    }
    if (trouble !== null) return undecided(trouble);
    return notApplicable(
      deletedFrom.length === 0
        ? 'no request was seen to delete a row'
        : `no foreign key of a table that grows refers to ${list(deletedFrom)}`,
    );
  },
};

/** Which tables the requests that delete take rows from, seen in their statements, and by which operation; and why one could not be sent. */
async function deletedTables(
  context: ProbeContext,
  backend: FilledBackend,
): Promise<{ readonly operations: ReadonlyMap<string, string>; readonly trouble: string | null }> {
  const { setup } = backend;
  const operations = new Map<string, string>();
  let trouble: string | null = null;
  for (const { name: resource, remove, create, idParameter } of context.shape.resources) {
    if (remove === null || create === null || context.signal.aborted) continue;
    try {
      // Numbers and names may be used up by the rows that were multiplied: then one goes that was made before.
      const made = await setup.make(resource).catch((error: unknown) => {
        const before = backend.made.findLast((one) => one.resource === resource);
        if (before === undefined || !(error instanceof SetupFailed)) throw error;
        return before;
      });
      const own: Readonly<Record<string, Json>> = { [`path:${idParameter ?? 'id'}`]: made.id };
      const { exchange, statements } = await statementsOf(context, withoutConditions(await setup.request(remove, own)));
      setup.forget(made);
      if (hasFailed(exchange) || (backend.made.includes(made) && !isSuccess(exchange))) trouble ??= outcome(exchange);
      for (const { key } of statements.flatMap(({ text }) => tablesDeletedFrom(text, backend)))
        if (!operations.has(key)) operations.set(key, remove);
    } catch (error) {
      if (!(error instanceof SetupFailed)) throw error;
      trouble ??= error.message;
    }
  }
  return { operations, trouble };
}

/** Those that a statement may mean: without a schema, of several by that name the ones that grow, and of these the one that is found without searching. */
function tablesDeletedFrom(text: string, { tables, filled }: FilledBackend): readonly Table[] {
  const written = /\bdelete\s+from\s+(?:only\s+)?((?:"[^"]+"|[\w$]+)(?:\s*\.\s*(?:"[^"]+"|[\w$]+))?)/i.exec(text)?.[1];
  if (written === undefined) return [];
  const named = tables.filter(({ key }) => `.${plain(key)}`.endsWith(`.${plain(written)}`));
  const growing = named.filter((table) => filled.includes(table));
  const usual = growing.filter(({ key }) => key.startsWith('"public".'));
  return [usual, growing, named].find((some) => some.length > 0) ?? [];
}

function plain(name: string): string {
  return name.replaceAll(/["\s]/g, '').toLowerCase();
}

/** Whether an index begins with the columns of the foreign key; one that leaves out nulls serves as well. */
function hasIndex({ indexes }: Table, { columns }: ForeignKey): boolean {
  return indexes.some(
    (index) =>
      (index.condition === null || columns.some((column) => index.condition === `(${column} IS NOT NULL)`)) &&
      columns.every((column) => index.columns.slice(0, columns.length).includes(column)),
  );
}

/** The statement with which PostgreSQL looks for rows that refer to one, planned without and with an index. Null when none helps. */
async function planned(
  context: ProbeContext,
  { schemas, tables }: FilledBackend,
  table: Table,
  key: ForeignKey,
  operation: string,
): Promise<Unindexed | null> {
  const target = tables.find((each) => each.key === key.target);
  const [row] = await context.backend.sql(
    `SELECT ${key.targetColumns.map((column, at) => `${identifier(column)}::text AS c${at}`).join(', ')}
     FROM ${key.target} WHERE ${key.targetColumns.map((column) => `${identifier(column)} IS NOT NULL`).join(' AND ')} LIMIT 1`,
  );
  if (target === undefined || row === undefined) return null;
  const condition = key.columns.map((column, at) => `${identifier(column)} = ${literal(String(row[`c${at}`]))}`);
  const only = table.partitions.length === 0 ? 'ONLY ' : '';
  const statement = `SELECT 1 FROM ${only}${table.key} x WHERE ${condition.join(' AND ')} FOR KEY SHARE OF x`;
  const before = await planOf(context.backend, schemas, statement);
  const index = candidateIndex(table, identifiers(key.columns));
  const after = await planOf(context.backend, schemas, statement, index);
  if (candidateScans(after).length === 0 || before.pages < after.pages * 4) return null;
  const work = ({ text: plan, pages }: typeof before) => ({ plan, pages });
  return {
    table: table.name,
    columns: key.columns,
    target: target.name,
    operation,
    statement,
    before: work(before),
    after: work(after),
  };
}

function finding({ table, columns, target, operation, statement, before, after }: Unindexed): FindingDraft {
  const on = columns.join(', ');
  return {
    key: `${table} (${on})`,
    title: `the foreign key ${table} (${on}) has no index: ${operation} makes PostgreSQL read all ${before.pages} pages of ${table}, where an index needs ${after.pages}`,
    detail: `Before a row of ${target} goes, PostgreSQL looks for rows of ${table} that refer to it. It makes no index for that by itself (only the referred-to side has one), so each delete reads the whole of ${table}, and holds its locks meanwhile; a page of lists by ${on} does the same.`,
    fix: `CREATE INDEX ON ${table} (${on}), or an index that begins with ${columns.length === 1 ? 'it' : 'them'}.`,
    operation,
    evidence: [
      {
        kind: 'plan',
        title: `What PostgreSQL asks for each row of ${target} that is deleted: ${statement}`,
        before: before.plan,
        after: after.plan,
      },
    ],
  };
}
