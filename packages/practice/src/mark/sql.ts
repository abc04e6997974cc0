import type { QuestionOf } from '../question/question.ts';
import { dropDataSets, fillDataSet, nameDataSets, prepareScratch } from '../sql/arena.ts';
import { differenceOf } from '../sql/compare.ts';
import { connect } from '../sql/connect.ts';
import { plansOf } from '../sql/plan.ts';
import { type ResultRows, runAnswer, runKey } from '../sql/run-answer.ts';
import { Fault } from '@assay/contract';
import type { ScratchDatabase } from '../ports.ts';
import { asText } from './answer.ts';
import { type Answer, failed, type Mark, passed, type ShownTable } from './mark.ts';
import { type Marker, same } from './marker.ts';
import { readTables } from '../sql/tables.ts';
import type { Workbench } from './workbench.ts';

type Sql = QuestionOf<'sql'>['sql'];

/** Open as soon as the data that is shown is there; the hidden sets are filled while the person reads. */
export async function markSql(question: QuestionOf<'sql'>, seed: number, workbench: Workbench): Promise<Marker> {
  const { sql } = question;
  const database = await workbench.database();
  await prepareScratch(database);
  const schemas = nameDataSets(sql.rows);
  const connection = await connect(database);
  const keyRows = async (index: number, schema: string): Promise<ResultRows> => {
    await fillDataSet(connection, schema, { ...sql, seed }, index);
    const run = { statement: sql.key, mode: sql.mode, verify: sql.verify };
    const [outcome] = await runKey(database, connection, [schema], run);
    if (outcome?.ran === true) return outcome.result;
    throw new Fault('bad-question', `Its key does not run on data set ${index + 1}: ${outcome?.said ?? ''}`);
  };
  try {
    const [sample = '', ...others] = schemas;
    const first = await keyRows(0, sample);
    const tables = await readTables(connection, sample);
    const wanted = (async () => {
      const rows = [first];
      for (const [index, schema] of others.entries()) rows.push(await keyRows(index + 1, schema));
      return rows;
    })().finally(() => connection.close());
    // Who never answers is never told.
    wanted.catch(() => undefined);
    return {
      shown: { form: 'statement', schema: sql.schema.trim(), tables, expected: shownRows(first, sql.limit) },
      mark: async (answer) => judge(sql, database, schemas, await wanted, answer),
      key: () => Promise.resolve(keyAnswer(sql)),
      asGiven: same,
      async close() {
        await wanted.catch(() => undefined);
        await dropDataSets(database, schemas).catch(() => undefined);
      },
    };
  } catch (error) {
    await connection.close();
    await dropDataSets(database, schemas).catch(() => undefined);
    throw error;
  }
}

/** The key is written without its limit. */
function keyAnswer(sql: Sql): string {
  return sql.limit === null ? sql.key : `${sql.key.trim().replace(/;$/, '')} LIMIT ${sql.limit}`;
}

function shownRows(result: ResultRows, limit: number | null): ShownTable {
  const rows = result.rows.slice(0, limit ?? result.rows.length);
  return {
    name: 'expected',
    columns: result.columns.map(({ name }) => name),
    rows: rows.slice(0, 12),
    more: Math.max(0, rows.length - 12),
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
