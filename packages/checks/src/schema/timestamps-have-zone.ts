import type { Check, FindingDraft, Instance } from '@assay/contract';
import { insertedValues } from '../kit/database/inserted-values.ts';
import { literal } from '../kit/database/quote.ts';
import { trial } from '../kit/database/trial.ts';
import { writes } from '../kit/database/written.ts';
import { applies, doesNotApply, judged, notApplicable, undecided } from '../kit/judgement.ts';
import { schemaOf } from '../kit/requests/body-schema.ts';
import { operationOf } from '../kit/requests/cases.ts';
import { count, list } from '../kit/words.ts';

/** Half an hour off, so that a shift by it is told from every other. */
const zones = ['UTC', 'Asia/Kolkata'] as const;

interface Evidence {
  /** Columns that hold instants with their zone. */
  readonly zoned: readonly string[];
  /** Columns without zone that an insert was seen to fill from the clock, and what that gives at one moment in two sessions. */
  readonly clocks: readonly {
    readonly table: string;
    readonly column: string;
    /** What reads the clock: the column's default, or what the statement says for it. */
    readonly default: string;
    readonly isInStatement?: boolean;
    readonly values: readonly [string, string];
    /** Hours between the two. */
    readonly shift: number;
  }[];
  /** Columns without zone that keep an instant, by the contract or their default, and that only the code was seen to fill. */
  readonly suspects: readonly string[];
}

/** A column that keeps an instant says which instant, whatever zone a session is in. */
export const check: Check<Evidence> = {
  id: 'schema/timestamps-have-zone',
  claim: 'Columns that keep instants mean the same in every time zone',
  skill: 'databases',
  severity: 'medium',
  names: {},
  needs: ['wire'],
  instance: 'shared',
  applies: (contract) => (contract.operations.length > 0 ? applies : doesNotApply('the contract has no operations')),
  probe: async (context) => {
    const { tables, resources, inserts } = await writes(context);
    const instants = new Set(
      resources.flatMap(({ operation, columns }) =>
        columns
          .filter(({ property }) => {
            const schema = schemaOf(context.contract, operationOf(context.contract, operation), property);
            return schema?.['format'] === 'date-time';
          })
          .map(({ table, column }) => `${table}.${column}`),
      ),
    );
    const zoned: string[] = [];
    const suspects: string[] = [];
    const clocks: Evidence['clocks'][number][] = [];
    for (const table of tables) {
      for (const column of table.columns) {
        const name = `${table.name}.${column.name}`;
        if (column.baseType === 'timestamp with time zone') zoned.push(name);
        if (column.baseType !== 'timestamp without time zone') continue;
        const clock = readsClock(column.default) ? await wallClock(context.backend, column.default) : null;
        const given = inserts.flatMap((text) => insertedValues(text, table, column.name));
        const said = given.find((value) => isClock.test(value)) ?? null;
        const spoken = said === null ? null : await wallClock(context.backend, said);
        // Prisma declares a default and never uses it: its inserts carry the time, in UTC.
        if (clock !== null && given.includes('default'))
          clocks.push({ table: table.name, column: column.name, default: column.default ?? '', ...clock });
        else if (said !== null && spoken !== null)
          clocks.push({ table: table.name, column: column.name, default: said, isInStatement: true, ...spoken });
        else if (clock !== null || instants.has(`${table.key}.${column.name}`)) suspects.push(name);
      }
    }
    return { zoned, clocks, suspects };
  },
  judge: ({ zoned, clocks, suspects }) => {
    if (clocks.length > 0) return judged(clocks.map(finding), '');
    if (suspects.length > 0)
      return undecided(
        `${list(suspects)} ${suspects.length === 1 ? 'keeps' : 'keep'} instants without their zone; only the code that writes them can keep them right`,
      );
    return zoned.length === 0
      ? notApplicable('no column keeps an instant')
      : judged([], `${count(zoned.length, 'column')} with time zone: ${list(zoned.slice(0, 6))}`);
  },
};

function readsClock(expression: string | null): expression is string {
  return (
    expression !== null &&
    /\b(now|clock_timestamp|statement_timestamp|transaction_timestamp|current_timestamp|localtimestamp|current_date)\b/i.test(
      expression,
    )
  );
}

/** The clock itself, as a statement says it; what is done to it there is not looked into. */
const isClock =
  /^(((pg_catalog\.)?(now|clock_timestamp|statement_timestamp|transaction_timestamp)\(\))|((current_timestamp|localtimestamp)(\(\d\))?))$/;

/** What an expression gives at one moment under two settings of TimeZone; null when it is the same. */
async function wallClock(
  instance: Instance,
  expression: string,
): Promise<{ readonly values: readonly [string, string]; readonly shift: number } | null> {
  const value = `EXECUTE ${literal(`SELECT (${expression})::timestamp`)}`;
  const found = await trial(
    instance,
    `PERFORM set_config('TimeZone', '${zones[0]}', true); ${value} INTO a;
     PERFORM set_config('TimeZone', '${zones[1]}', true); ${value} INTO b;
     result := jsonb_build_array(a::text, b::text, round(extract(epoch FROM b - a) / 900) / 4);`,
    'a timestamp; b timestamp;',
  );
  if (!Array.isArray(found) || Math.abs(Number(found[2])) <= 0.1) return null;
  return { values: [String(found[0]), String(found[1])], shift: Number(found[2]) };
}

function finding(clock: Evidence['clocks'][number]): FindingDraft {
  const { table, column, default: expression, isInStatement = false, values, shift } = clock;
  return {
    key: `${table}.${column}`,
    title: `${table}.${column} has no time zone: ${isInStatement ? `the ${expression} that is inserted` : `its default ${expression}`} gives instants ${Math.abs(shift)} hours apart in sessions of ${zones[0]} and ${zones[1]}`,
    detail:
      'timestamp without time zone keeps what a clock on the wall shows, not when that was. The value is the clock of the session that inserts: a migration run from a laptop, a server in another region, or the hour that comes twice in autumn writes other values for the same moment, and nothing in the row tells them apart.',
    fix: `ALTER TABLE ${table} ALTER COLUMN ${column} TYPE timestamptz USING ${column} AT TIME ZONE 'UTC' (the zone in which it was written until now).`,
    evidence: [
      {
        kind: 'value',
        label: `${isInStatement ? '' : 'DEFAULT '}${expression}, at one moment`,
        expected: 'the same instant in every session',
        actual: { [zones[0]]: values[0], [zones[1]]: values[1] },
      },
      {
        kind: 'value',
        label: `type of ${table}.${column}`,
        expected: 'timestamp with time zone',
        actual: 'timestamp without time zone',
      },
    ],
  };
}
