import { Fault } from '@assay/contract';
import type { ScratchDatabase } from '../ports.ts';
import { words } from '../vary/words.ts';
import { connect } from './connect.ts';
import { fillFunctions, wordFunction } from './fill-functions.ts';

/** What a question's tables hold, a schema for each data set. */
export interface DataSets {
  /** The names of the schemas; the first is the one that is shown. */
  readonly schemas: readonly string[];
  drop(): Promise<void>;
}

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

/** Makes and fills the tables of a question, once for each data set. Throws the fault bad-question when its SQL does not run. */
export async function fillDataSets(
  database: ScratchDatabase,
  { schema, data, rows, seed }: Filling,
): Promise<DataSets> {
  await prepareScratch(database);
  count += 1;
  const schemas = rows.map((_, index) => `set${count}_${index + 1}`);
  const connection = await connect(database);
  try {
    for (const [index, name] of schemas.entries()) {
      const draw = (((seed * 31 + index * 7919) % 100_003) / 100_003).toFixed(6);
      const filled = data
        .replaceAll(/\{\{\s*rows\s*\}\}/g, String(rows[index] ?? 0))
        .replaceAll(/\{\{\s*set\s*\}\}/g, String(index + 1));
      const script = `CREATE SCHEMA ${name}; SET search_path = ${name}, fill; SELECT setseed(${draw});`;
      await connection.client.query(script);
      await step(connection.client.query(schema), 'schema', schema);
      await step(connection.client.query(filled), `data (data set ${index + 1})`, filled);
      await connection.client.query(analyze(name));
    }
  } finally {
    await connection.close();
  }
  const drop = async (): Promise<void> => {
    const closing = await connect(database);
    try {
      await closing.client.query(schemas.map((name) => `DROP SCHEMA ${name} CASCADE;`).join(''));
    } finally {
      await closing.close();
    }
  };
  return { schemas, drop };
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
