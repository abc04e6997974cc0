import type { Check, FindingDraft, Instance } from '@assay/contract';
import { catalogOf, keysOf, type Table } from '../kit/database/catalog.ts';
import { identifiers } from '../kit/database/quote.ts';
import { isAccepted } from '../kit/database/trial.ts';
import { applies, doesNotApply, judged, notApplicable } from '../kit/judgement.ts';
import { count } from '../kit/words.ts';

interface Evidence {
  readonly tables: number;
  /** Tables in which nothing tells rows apart. */
  readonly keyless: readonly {
    readonly table: string;
    readonly columns: readonly string[];
    /** Whether the database took a row a second time; null when the table has no row to try it with. */
    readonly takesDuplicate: boolean | null;
  }[];
}

/** Every table of the backend has a key: something that tells its rows apart. */
export const check: Check<Evidence> = {
  id: 'schema/primary-keys',
  claim: 'Every table has a primary key',
  skill: 'databases',
  severity: 'medium',
  names: { cwe: 'CWE-1067' },
  needs: ['wire'],
  instance: 'shared',
  applies: (contract) => (contract.operations.length > 0 ? applies : doesNotApply('the contract has no operations')),
  probe: async ({ backend }) => {
    const tables = await catalogOf(backend);
    const keyless: Evidence['keyless'][number][] = [];
    for (const table of tables.filter((each) => keysOf(each).length === 0))
      keyless.push({
        table: table.name,
        columns: table.columns.map(({ name }) => name),
        takesDuplicate: await takesDuplicate(backend, table),
      });
    return { tables: tables.length, keyless };
  },
  judge: ({ tables, keyless }) =>
    tables === 0
      ? notApplicable('the backend has made no table')
      : judged(keyless.map(finding), `${count(tables, 'table')}, each with a key`),
};

/** Stores a copy of a row, whole but for what the database computes, and takes it back. */
async function takesDuplicate(instance: Instance, table: Table): Promise<boolean | null> {
  const [row] = await instance.sql(`SELECT 1 FROM ${table.key} LIMIT 1`);
  if (row === undefined) return null;
  const columns = identifiers(table.columns.filter(({ generated }) => generated !== 'stored').map(({ name }) => name));
  return isAccepted(
    instance,
    `INSERT INTO ${table.key} (${columns}) OVERRIDING SYSTEM VALUE SELECT ${columns} FROM ${table.key} LIMIT 1`,
  );
}

function finding({ table, columns, takesDuplicate: duplicate }: Evidence['keyless'][number]): FindingDraft {
  return {
    key: table,
    title: `table ${table} has no primary key${duplicate === true ? ': the database stored the same row a second time' : ''}`,
    detail:
      'Nothing tells two rows of the table apart. A request that is repeated, or an import that runs twice, leaves the same row again; an UPDATE or DELETE cannot name one of them; a foreign key cannot refer to it, and logical replication refuses to change it.',
    fix: `Declare the columns that name a row as its key: ALTER TABLE ${table} ADD PRIMARY KEY (…). A table that joins two others has the pair of their ids as its key.`,
    evidence: [
      { kind: 'value', label: `key of ${table}`, expected: 'a primary key', actual: 'none' },
      { kind: 'note', text: `Its columns: ${columns.join(', ')}.` },
      ...(duplicate === true
        ? [
            {
              kind: 'note' as const,
              text: 'Tried in a transaction that was rolled back: a copy of a row was accepted.',
            },
          ]
        : []),
    ],
  };
}
