import type { QuestionOf } from '../question/question.ts';
import { fillDataSets } from '../sql/arena.ts';
import { differenceOf } from '../sql/compare.ts';
import { plansOf } from '../sql/plan.ts';
import { type Outcome, type ResultRows, runAnswer } from '../sql/run-answer.ts';
import { Fault } from '@assay/contract';
import type { ScratchDatabase } from '../ports.ts';
import { asText } from './answer.ts';
import { type Answer, failed, type Mark, passed, type ShownTable } from './mark.ts';
import { type Marker, same } from './marker.ts';
import { readTables } from '../sql/tables.ts';
import type { Workbench } from './workbench.ts';

type Sql = QuestionOf<'sql'>['sql'];

export async function markSql(question: QuestionOf<'sql'>, seed: number, workbench: Workbench): Promise<Marker> {
  const { sql } = question;
  const database = await workbench.database();
  const sets = await fillDataSets(database, { schema: sql.schema, data: sql.data, rows: sql.rows, seed });
  const wanted = rowsOf(
    await runAnswer(database, sets.schemas, { statement: sql.key, mode: sql.mode, verify: sql.verify }),
    sets.schemas.length,
  );
  const [sample] = sets.schemas;
  const tables = sample === undefined ? [] : await readTables(database, sample);
  return {
    shown: { form: 'statement', schema: sql.schema.trim(), tables, expected: shownRows(wanted[0], sql.limit) },
    mark: (answer) => judge(sql, database, sets.schemas, wanted, answer),
    key: () => Promise.resolve(keyAnswer(sql)),
    asGiven: same,
    close: () => sets.drop().catch(() => undefined),
  };
}

/** The key is written without its limit. */
function keyAnswer(sql: Sql): string {
  return sql.limit === null ? sql.key : `${sql.key.trim().replace(/;$/, '')} LIMIT ${sql.limit}`;
}

function rowsOf(outcomes: readonly Outcome[], count: number): readonly ResultRows[] {
  const failure = outcomes.find((outcome) => !outcome.ran);
  if (failure !== undefined && !failure.ran)
    throw new Fault('bad-question', `Its key does not run on data set ${outcomes.length}: ${failure.said}`);
  const rows = outcomes.flatMap((outcome) => (outcome.ran ? [outcome.result] : []));
  if (rows.length !== count) throw new Fault('bad-question', 'Its key did not run on every data set.');
  return rows;
}

function shownRows(result: ResultRows | undefined, limit: number | null): ShownTable {
  return {
    name: 'expected',
    columns: result?.columns.map(({ name }) => name) ?? [],
    rows: (result?.rows ?? []).slice(0, Math.min(limit ?? 12, 12)),
  };
}

async function judge(
  sql: Sql,
  database: ScratchDatabase,
  schemas: readonly string[],
  wanted: readonly ResultRows[],
  answer: Answer,
): Promise<Mark> {
  const read = asText(answer);
  if ('said' in read) return failed(read.said);
  const outcomes = await runAnswer(database, schemas, { statement: read.text, mode: sql.mode, verify: sql.verify });
  const policy = { order: sql.order, limit: sql.mode === 'read' ? sql.limit : null, columns: sql.columns };
  let right = 0;
  for (const [index, outcome] of outcomes.entries()) {
    const key = wanted[index];
    if (!outcome.ran) return failed(outcome.said, share(right, schemas.length));
    const difference = key === undefined ? 'There is no such data set.' : differenceOf(outcome.result, key, policy);
    if (difference !== null)
      return failed(
        index === 0
          ? `On the data shown: ${difference}`
          : `Right on the data shown; on hidden data set ${index}: ${difference}`,
        share(right, schemas.length),
      );
    right += 1;
  }
  const bonus = sql.mode === 'read' ? await cheaper(database, schemas.at(-1) ?? '', read.text, keyAnswer(sql)) : null;
  return passed(`Right on the data shown and on ${schemas.length - 1} hidden data sets.`, bonus);
}

/** Right on some of the data is not half of an answer. */
function share(right: number, all: number): number {
  return (right / all) * 0.5;
}

/** Said when the answer's plan costs a tenth less than the key's, or no more than it, on the largest data set. */
async function cheaper(database: ScratchDatabase, schema: string, answer: string, key: string): Promise<string | null> {
  const [mine = null, reference = null] = await plansOf(database, schema, [answer, key]);
  if (mine === null || reference === null || reference.cost <= 0) return null;
  const ratio = mine.cost / reference.cost;
  if (ratio < 0.9) return `Its plan costs ${Math.round((1 - ratio) * 100)} % less than the key's.`;
  return ratio > 1.5 ? null : "Its plan costs about what the key's does.";
}
