import { Fault } from '@assay/contract';
import type { ScratchDatabase } from '../ports.ts';
import { words } from '../vary/words.ts';
import { connect, type Connection } from './connect.ts';
import { fillFunctions, wordFunction } from './fill-functions.ts';

interface Filling {
  readonly schema: string;
  readonly data: string;
  readonly rows: readonly number[];
  readonly seed: number;
}

const prepared = new WeakMap<ScratchDatabase, Promise<void>>();
let count = 0;

/** Makes a scratch database ready for answers: functions that fill tables, and a limit on what a session may write to disk. */
export function prepareScratch(database: ScratchDatabase): Promise<void> {
  const preparing = prepared.get(database) ?? prepare(database);
  prepared.set(database, preparing);
  return preparing;
}

async function prepare(database: ScratchDatabase): Promise<void> {
  const [role] = await database.administer(
    'SELECT rolsuper, rolcreatedb, rolcreaterole FROM pg_roles WHERE rolname = $1',
    [database.user],
  );
  if (role === undefined || Object.values(role).some((may) => may !== false))
    throw new Fault(
      'postgres-unavailable',
      `Answers are not run as "${database.user}": that role may do more than own its database.`,
    );
  const setting = `ALTER ROLE "${database.user}" SET`;
  await database.administer(
    `${setting} temp_file_limit = '64MB'; ${setting} statement_timeout = '10s'; ${setting} lock_timeout = '2s'`,
  );
  const connection = await connect(database);
  try {
    const lists = (['person', 'city', 'country', 'product', 'company'] as const).map((name) =>
      wordFunction(name, words[name]),
    );
    await connection.client.query(`${fillFunctions}${lists.join('\n')}`);
  } finally {
    await connection.close();
  }
}

/** Names for the schemas of a question's data sets; the first is the one that is shown. */
export function nameDataSets(rows: readonly number[]): readonly string[] {
  count += 1;
  return rows.map((_, index) => `set${count}_${index + 1}`);
}

/** Makes and fills the tables of a question in one schema, for the data set of that index. Throws the fault bad-question when its SQL does not run. */
export async function fillDataSet(
  { client }: Connection,
  name: string,
  { schema, data, rows, seed }: Filling,
  index: number,
): Promise<void> {
  const draw = (((seed * 31 + index * 7919) % 100_003) / 100_003).toFixed(6);
  const filled = data
    .replaceAll(/\{\{\s*rows\s*\}\}/g, String(rows[index] ?? 0))
    .replaceAll(/\{\{\s*set\s*\}\}/g, String(index + 1));
  await client.query(`CREATE SCHEMA ${name}; SET search_path = ${name}, fill; SELECT setseed(${draw});`);
  await step(client.query(schema), 'schema', schema);
  await step(client.query(filled), `data (data set ${index + 1})`, filled);
  // Plans are asked for on the last alone, and the one that is shown is small.
  await client.query(`${index > 0 || rows.length === 1 ? `${analyze(name)};` : ''} RESET ALL`);
}

export async function dropDataSets(database: ScratchDatabase, names: readonly string[]): Promise<void> {
  const connection = await connect(database);
  try {
    await connection.client.query(names.map((name) => `DROP SCHEMA IF EXISTS ${name} CASCADE;`).join(''));
  } finally {
    await connection.close();
  }
}

/** Of these tables alone: without a list, ANALYZE reads the whole catalogue too. */
function analyze(schema: string): string {
  return `DO $$ DECLARE it record; BEGIN FOR it IN SELECT format('%I.%I', schemaname, tablename) AS name FROM pg_tables WHERE schemaname = '${schema}' LOOP EXECUTE 'ANALYZE ' || it.name; END LOOP; END $$`;
}

async function step(running: Promise<unknown>, what: string, text: string): Promise<void> {
  try {
    await running;
  } catch (error) {
    const message = error instanceof Error ? error.message : String(error);
    const position = error instanceof Error && 'position' in error ? Number(error.position) : Number.NaN;
    const line = Number.isNaN(position) ? '' : `, line ${text.slice(0, position).split('\n').length}`;
    throw new Fault('bad-question', `Its SQL does not run: ${what}${line}: ${message}.`);
  }
}
