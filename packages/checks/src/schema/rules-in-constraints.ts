import type { Check, Exchange, FindingDraft, Instance, Json } from '@assay/contract';
import type { Table } from '../kit/database/catalog.ts';
import { isLooserElsewhere } from '../kit/database/looser-elsewhere.ts';
import type { StoredRow } from '../kit/database/new-rows.ts';
import { identifier, literal } from '../kit/database/quote.ts';
import { refusalOf, type Rule, rulesOf } from '../kit/database/rules.ts';
import { isAccepted } from '../kit/database/trial.ts';
import { isUniqueByAnother } from '../kit/database/unique-by-another.ts';
import { writes } from '../kit/database/written.ts';
import { applies, doesNotApply, judged, undecided } from '../kit/judgement.ts';
import { Setup } from '../kit/setup/setup.ts';
import { count, list } from '../kit/words.ts';

interface Tried {
  readonly table: string;
  readonly column: string;
  readonly operation: string;
  readonly rule: Rule;
  /** The request that broke the rule, and was refused. */
  readonly refusal: Exchange;
  /** The statement that breaks it in the database, and whether it was taken. */
  readonly statement: string;
  readonly accepted: boolean;
}

interface Evidence {
  readonly tried: readonly Tried[];
  readonly trouble: string | null;
}

/** What the API refuses, the database would refuse as well. */
export const check: Check<Evidence> = {
  id: 'schema/rules-in-constraints',
  claim: 'Rules that the API holds are constraints of the database as well',
  skill: 'databases',
  severity: 'low',
  names: { cwe: 'CWE-1173' },
  needs: ['wire'],
  instance: 'shared',
  applies: (_contract, shape) =>
    shape.resources.some(({ create }) => create !== null) ? applies : doesNotApply('nothing can be created'),
  probe: async (context) => {
    const seen = await writes(context);
    const setup = new Setup(context);
    const tried: Tried[] = [];
    for (const { rule, table, column, operation } of rulesOf(context.contract, seen)) {
      if (context.signal.aborted) break;
      context.progress(`${table.name}.${column}`);
      const refusal = await refusalOf(context, setup, operation, rule);
      if (refusal === null) continue;
      const statement = violation(table, column, rule);
      if (statement === null || isLooserElsewhere(context.contract, context.shape, operation, rule)) continue;
      if (await isOthersToo(context.backend, table, column, rule)) continue;
      const rows = seen.resources
        .flatMap(({ written }) => written.flatMap((one) => one.rows))
        .filter((row) => row.table === table.key);
      tried.push({
        table: table.name,
        column,
        operation,
        rule,
        refusal,
        statement,
        accepted: !isHeld(table, column, rule, rows) && (await isAccepted(context.backend, statement)),
      });
    }
    return { tried, trouble: seen.trouble };
  },
  judge: ({ tried, trouble }) => {
    if (tried.length === 0)
      return trouble === null
        ? { status: 'not-applicable', reason: 'no rule of the contract was seen to be held for a column', findings: [] }
        : undecided(trouble);
    const broken = tried.filter(({ accepted }) => accepted);
    return judged(
      [...Map.groupBy(broken, ({ table }) => table)].map(([table, rules]) => finding(table, rules)),
      `${count(tried.length, 'rule')} that the database holds as well`,
    );
  },
};

/**
 * Whether the column is unique together with others, such as the account that a row belongs to, or among some rows alone, such as those that
 * are not deleted: no row but the right one would show it. Or another column keeps it so.
 */
function isHeld(table: Table, column: string, { kind }: Rule, rows: readonly StoredRow[]): boolean {
  if (kind !== 'unique') return false;
  const isPartOfOne = table.indexes.some(
    ({ unique, columns, condition }) =>
      unique &&
      (columns.length > 1 || condition !== null) &&
      columns.some((indexed) => indexed === null || indexed === column),
  );
  return isPartOfOne || isUniqueByAnother(table, column, rows);
}

const isNumeric = /^(smallint|integer|bigint|numeric|real|double precision)$/;

/**
 * Whether rows may be there that the rule does not hold for: the table keeps other things as well, such as the debits beside the credits, or a
 * CHECK of the column has another limit on that side, and whoever wrote it thought of what becomes of the value. So did whoever lets a foreign key
 * become null when its target goes.
 */
async function isOthersToo(backend: Instance, table: Table, column: string, rule: Rule): Promise<boolean> {
  if (rule.kind === 'required') {
    if (table.foreignKeys.some(({ columns, onDelete }) => onDelete === 'set null' && columns.includes(column)))
      return true;
    return (await backend.sql(`SELECT 1 FROM ${table.key} WHERE ${identifier(column)} IS NULL LIMIT 1`)).length > 0;
  }
  const type = table.columns.find(({ name }) => name === column)?.baseType ?? '';
  if ((rule.kind !== 'minimum' && rule.kind !== 'maximum') || rule.value === null || !isNumeric.test(type))
    return false;
  const beyond = `${identifier(column)} ${rule.kind === 'minimum' ? '<=' : '>='} ${literal(rule.value)}`;
  if ((await backend.sql(`SELECT 1 FROM ${table.key} WHERE ${beyond} LIMIT 1`)).length > 0) return true;
  if (!table.checked.includes(column)) return false;
  const accepts = (value: number): Promise<boolean> =>
    isAccepted(backend, `UPDATE ${table.key} SET ${identifier(column)} = ${value} WHERE ${newest(table)}`);
  const value = Number(rule.value);
  const far = value + (rule.kind === 'minimum' ? -1 : 1) * 1000 * Math.max(1, Math.abs(value));
  return (await accepts(value)) && !(await accepts(far));
}

/** The row that came last, or of some: what was just made is as things are, and not deleted or of another kind. */
function newest({ key }: Table, where = 'true'): string {
  return `ctid = (SELECT ctid FROM ${key} WHERE ${where} ORDER BY age(xmin), ctid DESC LIMIT 1)`;
}

/** Breaks the rule in a row that is there; every row would do, so one is enough. */
function violation(table: Table, column: string, rule: Rule): string | null {
  const name = identifier(column);
  switch (rule.kind) {
    case 'required':
      return `UPDATE ${table.key} SET ${name} = NULL WHERE ${newest(table)}`;
    case 'enum':
    case 'minimum':
    case 'maximum':
      return `UPDATE ${table.key} SET ${name} = ${literal(rule.value)} WHERE ${newest(table)}`;
    case 'unique':
      return `UPDATE ${table.key} SET ${name} = (SELECT ${name} FROM ${table.key} WHERE ${name} IS NOT NULL ORDER BY ${name} LIMIT 1)
        WHERE ${newest(table, `${name} <> (SELECT min(${name}) FROM ${table.key})`)}`;
    default:
      return rule.kind satisfies never;
  }
}

function finding(table: string, rules: readonly Tried[]): FindingDraft {
  const told = rules.map(({ column, rule }) => `${column} (${rule.words})`);
  const [first] = rules;
  return {
    key: table,
    title: `table ${table} takes what the API refuses: ${list(told)}`,
    detail:
      'The rule stands in one place of the code. Everything else that writes to the table, such as a migration, a job, a second service, or the next endpoint, can leave rows that no reader expects, and nobody learns of it until one is read.',
    fix: `Say it to the database too: ${list(rules.map(({ column, rule }) => `${column} ${rule.constraint.replace('…', column)}`))}.`,
    ...(first === undefined ? {} : { operation: first.operation }),
    evidence: rules.flatMap(({ refusal, statement, rule }) => [
      { kind: 'exchange' as const, exchange: refusal, note: `The API holds the rule: ${rule.words}` },
      {
        kind: 'value' as const,
        label: `${statement.replaceAll(/\s+/g, ' ')}, in a transaction that was rolled back`,
        expected: 'refused',
        actual: 'accepted' as Json,
      },
    ]),
  };
}
