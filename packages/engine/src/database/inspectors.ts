import { Pool } from 'pg';
import { type Access, sessionName } from './access.ts';
import { type Administration, quote } from './administration.ts';
import type { Database } from './database.ts';

/** How many questions a database is asked at once. */
const most = 4;

type Row = Record<string, unknown>;

/**
 * Asks databases on Assay's behalf. What a backend has put into its database may run with a question: triggers, functions, operators, defaults, a search path. So none is ever asked
 * as the administrator, who could start programs and read files on the machine, but each by a role of its own that may do what the owner may, and see past the policies of rows. On
 * somebody's own server that is the role which the backend has as well: whatever it may do, the backend can do without us.
 */
export class Inspectors {
  readonly #access: Access;
  readonly #administration: Administration;
  readonly #open = new Map<string, Promise<Pool>>();

  constructor(access: Access, administration: Administration) {
    this.#access = access;
    this.#administration = administration;
  }

  async query(database: Database, text: string, parameters: readonly unknown[]): Promise<readonly Row[]> {
    let pool = this.#open.get(database.name);
    if (pool === undefined) {
      pool = this.#connect(database);
      this.#open.set(database.name, pool);
      pool.catch(() => this.#open.delete(database.name));
    }
    return (await (await pool).query<Row>(text, [...parameters])).rows;
  }

  /** Gives what the inspector has made in a database to its owner, and takes the inspector away: others will use what it is made of. */
  async leave(database: Database): Promise<void> {
    if (!this.#open.has(database.name)) return;
    if (this.#access.embedded)
      await this.query(
        database,
        `REASSIGN OWNED BY CURRENT_USER TO ${quote(database.user)}; DROP OWNED BY CURRENT_USER`,
        [],
      );
    await this.close(database.name);
    await this.#administration.dropInspector(database.name);
  }

  /** Ends the connections to a database. */
  async close(database: string): Promise<void> {
    const pool = this.#open.get(database);
    this.#open.delete(database);
    await (await pool?.catch(() => null))?.end();
  }

  async closeAll(): Promise<void> {
    await Promise.all([...this.#open.keys()].map((database) => this.close(database)));
  }

  async #connect({ name, user }: Database): Promise<Pool> {
    const { host, port } = this.#access;
    const pool = new Pool({
      host,
      port,
      ...(await this.#administration.createInspector(name, user)),
      database: name,
      max: most,
      idleTimeoutMillis: 5000,
      application_name: sessionName(),
    });
    // A connection that the server closes must not end this process.
    pool.on('error', () => undefined);
    return pool;
  }
}
