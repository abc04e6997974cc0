import type { QueryArrayResult } from 'pg';
import type { ScratchDatabase } from '../ports.ts';
import { type Connection, connect } from './connect.ts';

/** Rows as PostgreSQL prints their values; null is NULL. */
export interface ResultRows {
  readonly columns: readonly { readonly name: string; readonly type: number }[];
  readonly rows: readonly (readonly (string | null)[])[];
}

export type Outcome =
  | { readonly ran: true; readonly result: ResultRows }
  | { readonly ran: false; readonly said: string };

export interface AnswerRun {
  readonly statement: string;
  readonly mode: 'read' | 'write';
  /** With `write`: what is read afterwards. */
  readonly verify: string | null;
}

/** An answer has so many milliseconds for each data set. */
const timeoutMs = 2000;
/** The most rows that an answer may return; the fill of no question comes near. */
const mostRows = 10_000;
/** The longest answer. */
const longest = 20_000;

/**
 * Runs one statement of a person on each of the schemas. It has two seconds each, may take no lock that another holds, sees a transaction that is read-only (or rolled back) and a
 * role that owns nothing but this scratch database, and may return ten thousand rows. What is wrong with it is told in words.
 */
export async function runAnswer(
  database: ScratchDatabase,
  schemas: readonly string[],
  run: AnswerRun,
): Promise<readonly Outcome[]> {
  const refusal = refuse(run.statement);
  if (refusal !== null) return schemas.map(() => ({ ran: false, said: refusal }));
  // A connection for each answer: whatever it has set, taken or begun ends with it.
  const connection = await connect(database);
  try {
    return await runKey(database, connection, schemas, run);
  } finally {
    await connection.close();
  }
}

/** The same on a connection that is there, for a question's own key. */
export async function runKey(
  database: ScratchDatabase,
  connection: Connection,
  schemas: readonly string[],
  run: AnswerRun,
): Promise<readonly Outcome[]> {
  // The statement's own time limit ends it; this ends a session that found a way around that.
  const watchdog = setTimeout(
    () => void database.administer('SELECT pg_terminate_backend($1)', [connection.pid]).catch(() => undefined),
    (timeoutMs + 1000) * schemas.length + 1000,
  );
  const outcomes: Outcome[] = [];
  try {
    for (const schema of schemas) {
      const outcome = await runOn(connection, schema, run);
      outcomes.push(outcome);
      if (!outcome.ran) break;
    }
  } finally {
    clearTimeout(watchdog);
  }
  return outcomes;
}

/** Without running it. */
function refuse(statement: string): string | null {
  if (statement.trim() === '') return 'The answer is empty.';
  if (statement.length > longest)
    return `An answer may have at most ${longest.toLocaleString('en')} characters; this one has ${statement.length.toLocaleString('en')}.`;
  return statement.includes('\0') ? 'The answer holds a NUL character, which PostgreSQL does not take.' : null;
}

async function runOn(connection: Connection, schema: string, run: AnswerRun): Promise<Outcome> {
  const { client } = connection;
  const query: Query = (config) => client.query(config);
  try {
    await client.query(
      `BEGIN ${run.mode === 'read' ? 'READ ONLY' : 'READ WRITE'}; SET LOCAL search_path = ${schema}; SET LOCAL statement_timeout = ${timeoutMs}; SET LOCAL lock_timeout = 1000; SET LOCAL cursor_tuple_fraction = 1`,
    );
    const outcome = run.mode === 'read' ? await read(query, run.statement) : await write(query, run);
    await client.query('ROLLBACK; DEALLOCATE ALL');
    return outcome;
  } catch (error) {
    return {
      ran: false,
      said: connection.flooded() ? 'The answer returns too much: more than 8 MB.' : saidOf(error, run),
    };
  }
}

type Query = (config: {
  readonly text: string;
  readonly rowMode: 'array';
  readonly name?: string;
}) => Promise<QueryArrayResult<(string | null)[]>>;

const cursor = 'DECLARE answer NO SCROLL CURSOR FOR ';

/** As a cursor: PostgreSQL itself refuses whatever is no query, and we fetch no more than we want. A name makes it one statement. */
async function read(query: Query, statement: string): Promise<Outcome> {
  await query({ text: cursor + withoutSemicolon(statement), rowMode: 'array', name: statementName() });
  return limited(await query({ text: `FETCH ${mostRows + 1} FROM answer`, rowMode: 'array' }));
}

let names = 0;

/** pg remembers the names that it has given on a connection. */
function statementName(): string {
  names += 1;
  return `answer${names}`;
}

async function write(query: Query, { statement, verify }: AnswerRun): Promise<Outcome> {
  const before = await transactionOf(query);
  const { command } = await query({ text: statement, rowMode: 'array', name: statementName() });
  if (
    ['BEGIN', 'START', 'COMMIT', 'ROLLBACK', 'SAVEPOINT', 'RELEASE', 'SET', 'DISCARD', 'COPY'].includes(command) ||
    (await transactionOf(query)) !== before
  )
    return { ran: false, said: `${command} is no answer here: write the one statement that does what is asked.` };
  await query({ text: 'SET CONSTRAINTS ALL IMMEDIATE', rowMode: 'array' });
  return limited(await query({ text: verify ?? 'SELECT', rowMode: 'array' }));
}

async function transactionOf(query: Query): Promise<string | null> {
  const { rows } = await query({ text: 'SELECT pg_current_xact_id()', rowMode: 'array' });
  return rows[0]?.[0] ?? null;
}

function limited({ fields, rows }: QueryArrayResult<(string | null)[]>): Outcome {
  if (rows.length > mostRows)
    return { ran: false, said: `The answer returns more than ${mostRows.toLocaleString('en')} rows.` };
  return { ran: true, result: { columns: fields.map(({ name, dataTypeID }) => ({ name, type: dataTypeID })), rows } };
}

/** One semicolon at the end is how people write statements. */
function withoutSemicolon(statement: string): string {
  return statement.replace(/;\s*$/, '');
}

function saidOf(error: unknown, run: AnswerRun): string {
  if (!(error instanceof Error)) return String(error);
  const code = 'code' in error ? String(error.code) : '';
  if (code === '57014') return `The statement was stopped after ${timeoutMs / 1000} seconds.`;
  if (code === '57P01') return 'The session was ended, because the statement did not.';
  if (code === '55P03') return 'The statement waited for a lock.';
  if (code === '25006') return `The answer may only read: ${error.message}.`;
  if (code === '42601' && error.message.includes('multiple commands')) return 'The answer must be one statement.';
  if (code === '53400') return 'The statement needs too much disk: more than 64 MB of temporary files.';
  if (code === '42501') return `That is not allowed here: ${error.message}.`;
  if (run.mode === 'read' && /^\s*(?!with|select|values|table|\()\w+/i.test(run.statement))
    return 'The answer must be one query: SELECT, VALUES, TABLE or WITH.';
  const offset = run.mode === 'read' ? cursor.length : 0;
  const position = 'position' in error ? Number(error.position) - offset : Number.NaN;
  return `PostgreSQL says: ${error.message}${position > 0 ? ` (${placeOf(run.statement, position)})` : ''}.`;
}

function placeOf(statement: string, position: number): string {
  const lines = statement.slice(0, position - 1).split('\n');
  return `line ${lines.length}, column ${(lines.at(-1)?.length ?? 0) + 1}`;
}
