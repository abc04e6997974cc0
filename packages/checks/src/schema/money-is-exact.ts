import type { Check, Contract, FindingDraft, Instance, Json } from '@assay/contract';
import { isExactAmount } from '../kit/comparison/exact-amount.ts';
import type { Column, Table } from '../kit/database/catalog.ts';
import { keptUnder } from '../kit/database/kept-under.ts';
import { type Correspondence, writes } from '../kit/database/written.ts';
import { applies, doesNotApply, judged, notApplicable, undecided } from '../kit/judgement.ts';
import { answerSchema, bodySchema, schemaOf } from '../kit/requests/body-schema.ts';
import { operationOf } from '../kit/requests/cases.ts';
import { list } from '../kit/words.ts';

interface Inexact {
  readonly table: string;
  readonly column: string;
  readonly type: string;
  readonly operation: string;
  readonly property: string;
  /** What was computed in the column's own type, and what came out. */
  readonly sum: { readonly of: string; readonly expected: string; readonly actual: string };
}

interface Evidence {
  /** `payments.amount numeric(18,2)`: columns that keep exact amounts exactly. */
  readonly exact: readonly string[];
  readonly inexact: readonly Inexact[];
  /** Properties that hold amounts and were found in no column. */
  readonly unplaced: readonly string[];
  /** Whether any column of the database is inexact at all; null when there is no table. */
  readonly anyInexact: boolean | null;
  readonly trouble: string | null;
}

const inexactTypes = ['real', 'double precision', 'money'];

/** Amounts of money, and what the contract calls an exact decimal, are kept in types that keep every digit. */
export const check: Check<Evidence> = {
  id: 'schema/money-is-exact',
  claim: 'Money and exact decimals are kept in exact types',
  skill: 'databases',
  severity: 'high',
  names: { cwe: 'CWE-1339' },
  needs: ['wire'],
  instance: 'shared',
  applies: (contract, shape) =>
    shape.resources.some(({ create }) => create !== null && amountsOf(contract, create).length > 0)
      ? applies
      : doesNotApply('nothing that can be created has an amount of money or an exact decimal'),
  probe: async (context) => {
    const { contract, backend } = context;
    const seen = await writes(context);
    const { tables, resources, trouble } = seen;
    const exact = new Set<string>();
    const inexact = new Map<string, Inexact>();
    const unplaced: string[] = [];
    for (const resource of resources) {
      const { operation, columns } = resource;
      for (const property of amountsOf(contract, operation)) {
        const namesakes = columns.filter((place) => place.property === property);
        const places = namesakes.length > 0 ? namesakes : keptUnder(seen, resource, property);
        if (places.length === 0) unplaced.push(`${operation} ${property}`);
        for (const place of places) {
          const found = columnOf(tables, place);
          if (found === null) continue;
          const name = `${found.table.name}.${found.column.name}`;
          if (!inexactTypes.includes(found.column.baseType)) exact.add(`${name} ${found.column.type}`);
          else if (!inexact.has(name))
            inexact.set(name, {
              table: found.table.name,
              column: found.column.name,
              type: found.column.type,
              operation,
              property,
              sum: await sumIn(backend, found.column),
            });
        }
      }
    }
    return {
      exact: [...exact],
      inexact: [...inexact.values()],
      unplaced,
      anyInexact:
        tables.length === 0
          ? null
          : tables.some((table) => table.columns.some(({ baseType }) => inexactTypes.includes(baseType))),
      trouble,
    };
  },
  judge: ({ exact, inexact, unplaced, anyInexact, trouble }) => {
    const wrong = inexact.filter(({ sum }) => sum.expected !== sum.actual);
    if (wrong.length > 0) return judged(wrong.map(finding), '');
    if (exact.length > 0) return judged([], list(exact));
    if (anyInexact === null) return notApplicable('the backend has made no table');
    if (!anyInexact && trouble === null) return judged([], 'no column of the database is inexact');
    return undecided(
      trouble ?? `no column was found that keeps ${list(unplaced.length > 0 ? unplaced : ['an amount'])}`,
    );
  },
};

/** The properties of a create operation that hold exact amounts. */
function amountsOf(contract: Contract, operationId: string): readonly string[] {
  const operation = operationOf(contract, operationId);
  const names = [bodySchema(contract, operation), answerSchema(contract, operation)].flatMap((schema) =>
    Object.keys((schema?.['properties'] ?? {}) as Readonly<Record<string, Json>>),
  );
  return [...new Set(names)].filter((name) => isExactAmount(name, schemaOf(contract, operation, name) ?? {}, names));
}

function columnOf(
  tables: readonly Table[],
  place: Pick<Correspondence, 'table' | 'column'>,
): { table: Table; column: Column } | null {
  const table = tables.find(({ key }) => key === place.table);
  const column = table?.columns.find(({ name }) => name === place.column);
  return table === undefined || column === undefined ? null : { table, column };
}

/** Ten tenths in the column's own type, as PostgreSQL adds them. */
async function sumIn(instance: Instance, column: Column): Promise<Inexact['sum']> {
  const isMoney = column.baseType === 'money';
  const [value, times, expected] = isMoney ? ['0.005', 2, '0.010'] : ['0.1', 10, '1.0'];
  const [row] = await instance.sql(
    `SELECT sum(v)${isMoney ? '::numeric' : ''}::text AS sum FROM (SELECT '${value}'::${column.baseType} AS v FROM generate_series(1, ${times})) each`,
  );
  return { of: `${times} times ${value} as ${column.baseType}`, expected, actual: String(row?.['sum']) };
}

function finding({ table, column, type, operation, property, sum }: Inexact): FindingDraft {
  return {
    key: `${table}.${column}`,
    title: `${table}.${column} keeps ${property} as ${type}: ${sum.of} makes ${sum.actual}, not ${sum.expected}`,
    detail:
      type === 'money'
        ? 'The type money has as many decimals as the locale of the server says, prints and reads its values in that locale’s form, and rounds what has more. The same table means other amounts on another server.'
        : 'Binary floating point has no 0.1: it keeps the nearest fraction of two. A single amount looks right when it is printed short; sums, comparisons and large amounts are off, by a cent here and there that no one can account for.',
    fix: `ALTER TABLE ${table} ALTER COLUMN ${column} TYPE numeric(18, 2), with the digits that the contract asks for, or keep whole cents in a bigint; and a decimal type, not a float, in the code.`,
    operation,
    evidence: [
      { kind: 'value', label: `type of ${table}.${column}`, expected: 'numeric, or an integer of cents', actual: type },
      { kind: 'value', label: `the sum of ${sum.of}`, expected: sum.expected, actual: sum.actual },
    ],
  };
}
