import { type Client, DatabaseError } from 'pg';
import { type Access, isAbandonedSession, newClient } from './access.ts';
import type { Home } from '../home/home.ts';
import { inspectorName, isAbandonedName, passwordOf, templatePrefix } from './names.ts';

/** Who logs in, as `pg` takes it. */
export interface Login {
  readonly user: string;
  readonly password: string;
}

/** The most connections that a backend may hold, in all its databases: the rest is for others who use this server. */
const mostConnections = 400;

/** PostgreSQL's dependent_objects_still_exist. */
const stillNeeded = '2BP01';

/**
 * The statements that make and drop databases. Each kind has a connection of its own, since drops wait for a checkpoint. They are sent to a database that no backend owns: what one has
 * put into its own must never run with an administrator's rights.
 */
export class Administration {
  readonly #home: Home;
  readonly #access: Access;
  readonly #connections = new Map<string, Promise<Client>>();
  readonly #last = new Map<string, Promise<unknown>>();

  constructor(home: Home, access: Access) {
    this.#home = home;
    this.#access = access;
  }

  async run(
    purpose: 'make' | 'drop' | 'ask',
    text: string,
    parameters: readonly unknown[] = [],
  ): Promise<readonly Record<string, unknown>[]> {
    // One after the other: a connection does one thing at a time.
    const before = this.#last.get(purpose) ?? Promise.resolve();
    const result = before.then(async () =>
      (await this.#connect(purpose)).query<Record<string, unknown>>(text, [...parameters]),
    );
    this.#last.set(
      purpose,
      result.catch(() => undefined),
    );
    return (await result).rows;
  }

  /** A role that can log in and owns what it makes; none on somebody's own server, where the URL's user does everything. */
  async createRole(name: string): Promise<Login> {
    if (!this.#access.embedded) return this.#ownLogin();
    const password = passwordOf(this.#home, name);
    const known = await this.run('make', 'SELECT 1 FROM pg_roles WHERE rolname = $1', [name]);
    const limit = `CONNECTION LIMIT ${mostConnections}`;
    await this.run(
      'make',
      known.length === 0
        ? `CREATE ROLE ${quote(name)} LOGIN PASSWORD '${password}' ${limit}`
        : `ALTER ROLE ${quote(name)} ${limit}`,
    );
    return { user: name, password };
  }

  /**
   * A role that asks a database on Assay's behalf: it may do what the owner may, is held back by no policy of rows, and gets in when the backend has taken all connections. On
   * somebody's own server, where nobody can be sure to be allowed to make roles, it is the URL's user, as whom the backend connects as well.
   */
  async createInspector(database: string, owner: string): Promise<Login> {
    if (!this.#access.embedded) return this.#ownLogin();
    const user = inspectorName(database);
    const password = passwordOf(this.#home, user);
    await this.run(
      'make',
      `CREATE ROLE ${quote(user)} LOGIN PASSWORD '${password}' BYPASSRLS IN ROLE ${quote(owner)}, pg_use_reserved_connections`,
    );
    return { user, password };
  }

  async dropInspector(database: string): Promise<void> {
    if (this.#access.embedded) await this.#dropRole(inspectorName(database));
  }

  #ownLogin(): Login {
    return { user: this.#access.user, password: this.#access.password };
  }

  /** @param template null for an empty database. */
  async createDatabase(name: string, owner: string, template: string | null): Promise<void> {
    await this.run(
      'make',
      `CREATE DATABASE ${quote(name)} OWNER ${quote(owner)} TEMPLATE ${quote(template ?? 'template0')} STRATEGY wal_log`,
    );
    if (!this.#access.embedded) return;
    // One backend's role must not be able to look into another's database.
    await this.run('make', `REVOKE ALL ON DATABASE ${quote(name)} FROM PUBLIC`);
    if (template === null) return;
    // What `ALTER DATABASE … SET` left is not copied with a template.
    await this.run(
      'make',
      `INSERT INTO pg_db_role_setting (setdatabase, setrole, setconfig)
       SELECT made.oid, s.setrole, s.setconfig
         FROM pg_db_role_setting s JOIN pg_database t ON t.oid = s.setdatabase, pg_database made
        WHERE t.datname = $1 AND made.datname = $2`,
      [template, name],
    );
  }

  /** Drops a database with whoever is connected to it, its inspector, and its role when it has one of its own. */
  async dropDatabase(name: string): Promise<void> {
    await this.run('drop', `DROP DATABASE IF EXISTS ${quote(name)} WITH (FORCE)`);
    await this.dropInspector(name);
    if (this.#access.embedded) await this.#dropRole(name);
  }

  /** Makes a template of a finished database, under its final name. */
  async makeTemplate(draft: string, name: string): Promise<void> {
    await this.run('make', `ALTER DATABASE ${quote(draft)} ALLOW_CONNECTIONS false`);
    await this.run('make', 'SELECT pg_terminate_backend(pid, 5000) FROM pg_stat_activity WHERE datname = $1', [draft]);
    await this.run('make', `ALTER DATABASE ${quote(draft)} RENAME TO ${quote(name)}`);
  }

  async hasDatabase(name: string): Promise<boolean> {
    return (await this.run('make', 'SELECT 1 FROM pg_database WHERE datname = $1', [name])).length > 0;
  }

  async dropTemplate(name: string): Promise<void> {
    await this.run('drop', `DROP DATABASE IF EXISTS ${quote(name)} WITH (FORCE)`);
    if (this.#access.embedded) await this.#dropRole(name);
  }

  /** A role whose databases are gone may have left something in those that everybody may enter, such as a large object. */
  async #dropRole(name: string): Promise<void> {
    const drop = `DROP ROLE IF EXISTS ${quote(name)}`;
    try {
      await this.run('drop', drop);
    } catch (error) {
      if (!(error instanceof DatabaseError) || error.code !== stillNeeded) throw error;
      for (const database of ['postgres', 'template1']) {
        const client = newClient(this.#access, database);
        await client.connect();
        await client.query(`DROP OWNED BY ${quote(name)} CASCADE`).finally(() => client.end());
      }
      // What another's database has granted to it goes with that database: then it is left to the next sweep.
      await this.run('drop', drop).catch((stays: unknown) => {
        if (!(stays instanceof DatabaseError) || stays.code !== stillNeeded) throw stays;
      });
    }
  }

  /** Drops what dead Assays of this data folder left on the server; returns how many databases there were. */
  async dropAbandoned(): Promise<number> {
    await this.#endAbandonedSessions();
    const databases = await this.#names('SELECT datname AS name FROM pg_database');
    const abandoned = databases.filter((name) => isAbandonedName(this.#home, name));
    // All of them before any role: one may have granted something to another's.
    for (const name of abandoned) await this.run('drop', `DROP DATABASE IF EXISTS ${quote(name)} WITH (FORCE)`);
    if (this.#access.embedded) {
      const roles = await this.#names('SELECT rolname AS name FROM pg_roles');
      for (const role of roles.filter((name) => isAbandonedName(this.#home, name))) await this.#dropRole(role);
    }
    return abandoned.length;
  }

  /** The server works on at what a killed Assay had asked for: a database could appear after we looked. */
  async #endAbandonedSessions(): Promise<void> {
    const sessions = await this.run(
      'make',
      `SELECT pid, application_name AS name FROM pg_stat_activity WHERE usename = current_user`,
    );
    for (const session of sessions.filter(({ name }) => isAbandonedSession(String(name)))) {
      await this.run('make', 'SELECT pg_terminate_backend($1, 5000)', [session['pid']]);
    }
  }

  /** Drops the oldest templates beyond `keep`. Only while nobody uses any. */
  async dropOldTemplates(keep: number): Promise<void> {
    const templates = await this.#names(
      `SELECT datname AS name FROM pg_database WHERE starts_with(datname, $1) ORDER BY oid DESC`,
      [templatePrefix(this.#home)],
    );
    for (const name of templates.slice(keep)) await this.dropTemplate(name);
  }

  async close(): Promise<void> {
    const connections = [...this.#connections.values()];
    this.#connections.clear();
    await Promise.allSettled(connections.map(async (connection) => (await connection).end()));
  }

  async #names(text: string, parameters: readonly unknown[] = []): Promise<readonly string[]> {
    return (await this.run('make', text, parameters)).map((row) => String(row['name']));
  }

  async #connect(purpose: string): Promise<Client> {
    const known = this.#connections.get(purpose);
    if (known !== undefined) return known;
    const client = newClient(this.#access);
    // A connection that was lost is opened anew by the next statement.
    client.once('end', () => this.#connections.delete(purpose));
    const opening = client.connect().then(() => client);
    this.#connections.set(purpose, opening);
    opening.catch(() => this.#connections.delete(purpose));
    return opening;
  }
}

export function quote(identifier: string): string {
  return `"${identifier.replaceAll('"', '""')}"`;
}
