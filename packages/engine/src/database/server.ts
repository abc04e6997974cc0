import type { OnReadOpts, Socket } from 'node:net';
import { Fault } from '@assay/contract';
import type { Home } from '../home/home.ts';
import { withLock } from '../home/lock.ts';
import { type Access, connectTo } from './access.ts';
import type { Administration, Login } from './administration.ts';
import { type Database, type DatabaseTemplate, databaseUrl } from './database.ts';
import { Inspectors } from './inspectors.ts';
import { newDatabaseName, templateName } from './names.ts';
import { ReadyPool } from './ready-pool.ts';

/** A PostgreSQL server with databases for backends. */
export interface DatabaseServer {
  /** False for a server of somebody's own (DATABASE_URL). */
  readonly embedded: boolean;
  /** e.g. `18.4`. */
  readonly version: string;
  /** Where it listens: a host name, or the folder of a Unix socket. */
  readonly address: { readonly host: string; readonly port: number };
  /**
   * The database that `prepare` (a release step) leaves, made once for each key and kept between runs. `prepare` is given an empty
   * database; when it throws, nothing is kept and its error is thrown on. The key must name everything that the result depends on.
   */
  createTemplate(key: string, prepare: (database: Database) => Promise<void>): Promise<DatabaseTemplate>;
  /** A fresh database: a clone of the template, or empty. */
  createDatabase(template?: DatabaseTemplate): Promise<Database>;
  /** Begins to make databases ready before the first is asked for. */
  warmUp(template?: DatabaseTemplate): void;
  /** A new connection to the server itself, for the wire proxy. */
  connectUpstream(onread?: OnReadOpts): Socket;
  /** Asks one of its databases with the rights of whom it belongs to, and past the policies of rows. What is made by it belongs to nobody who stays. */
  query(database: string, text: string, parameters?: readonly unknown[]): Promise<readonly Record<string, unknown>[]>;
  /** Asks the server itself as its administrator, in a database that no backend owns. */
  administer(text: string, parameters?: readonly unknown[]): Promise<readonly Record<string, unknown>[]>;
  /** Drops this server's databases; the last user of an embedded server stops it. */
  release(): Promise<void>;
}

export class SharedServer implements DatabaseServer {
  readonly embedded: boolean;
  readonly version: string;
  readonly address: { readonly host: string; readonly port: number };
  readonly #home: Home;
  readonly #access: Access;
  readonly #administration: Administration;
  readonly #leave: () => Promise<void>;
  readonly #pools = new Map<string, ReadyPool<Database>>();
  readonly #inspectors: Inspectors;
  readonly #open = new Map<string, Database>();
  readonly #making = new Set<Promise<Database>>();
  #released: Promise<void> | null = null;

  constructor(home: Home, access: Access, administration: Administration, version: string, leave: () => Promise<void>) {
    this.#home = home;
    this.#access = access;
    this.#administration = administration;
    this.#inspectors = new Inspectors(access, administration);
    this.#leave = leave;
    this.embedded = access.embedded;
    this.version = version;
    this.address = { host: access.host, port: access.port };
  }

  async createTemplate(key: string, prepare: (database: Database) => Promise<void>): Promise<DatabaseTemplate> {
    const name = templateName(this.#home, key);
    // A release step may take minutes; another Assay that needs the same one waits for it.
    const role = await withLock(this.#home, `template-${name}`, () => this.#ensureTemplate(name, prepare), {
      timeoutMs: 900_000,
    });
    return { name, ...role };
  }

  async #ensureTemplate(name: string, prepare: (database: Database) => Promise<void>): Promise<Login> {
    const role = await this.#administration.createRole(name);
    if (await this.#administration.hasDatabase(name)) return role;
    const draft = await this.#make(role, null);
    try {
      await prepare(draft);
      await this.#inspectors.leave(draft);
      await this.#administration.makeTemplate(draft.name, name);
      this.#open.delete(draft.name);
    } catch (error) {
      await draft.drop();
      await this.#administration.dropTemplate(name);
      throw error;
    }
    return role;
  }

  createDatabase(template?: DatabaseTemplate): Promise<Database> {
    return this.#pool(template).take();
  }

  warmUp(template?: DatabaseTemplate): void {
    this.#pool(template).fill();
  }

  connectUpstream(onread?: OnReadOpts): Socket {
    return connectTo(this.#access, onread);
  }

  async query(
    database: string,
    text: string,
    parameters: readonly unknown[] = [],
  ): Promise<readonly Record<string, unknown>[]> {
    const open = this.#open.get(database);
    if (open === undefined) throw new Error(`database "${database}" does not exist on this server`);
    return this.#inspectors.query(open, text, parameters);
  }

  administer(text: string, parameters: readonly unknown[] = []): Promise<readonly Record<string, unknown>[]> {
    return this.#administration.run('ask', text, parameters);
  }

  release(): Promise<void> {
    this.#released ??= this.#release();
    return this.#released;
  }

  async #release(): Promise<void> {
    try {
      await Promise.all([...this.#pools.values()].map((pool) => pool.close()));
      await Promise.allSettled(this.#making);
      await this.#inspectors.closeAll();
      // What cannot be dropped now, because the server has gone or cannot be reached, is dropped by the next sweep.
      for (const database of this.#open.values()) await database.drop().catch(() => undefined);
    } finally {
      await this.#leave();
    }
  }

  #pool(template: DatabaseTemplate | undefined): ReadyPool<Database> {
    const key = template?.name ?? '';
    let pool = this.#pools.get(key);
    if (pool === undefined) {
      pool = new ReadyPool(() => this.#make(template ?? null, template?.name ?? null), 2);
      this.#pools.set(key, pool);
    }
    return pool;
  }

  /** @param owner null: a role of its own. */
  #make(owner: Login | null, template: string | null): Promise<Database> {
    if (this.#released !== null)
      return Promise.reject(new Fault('interrupted', 'The database server has been released.'));
    const making = this.#makeNow(owner, template);
    this.#making.add(making);
    void making.then(
      () => this.#making.delete(making),
      () => this.#making.delete(making),
    );
    return making;
  }

  async #makeNow(owner: Login | null, template: string | null): Promise<Database> {
    const name = newDatabaseName(this.#home);
    const { user, password } = owner ?? (await this.#administration.createRole(name));
    let dropped: Promise<void> | null = null;
    const database: Database = {
      name,
      user,
      password,
      url: (host, port) => databaseUrl({ name, user, password }, host, port),
      drop: () => {
        dropped ??= this.#drop(name);
        return dropped;
      },
    };
    this.#open.set(name, database);
    await this.#administration.createDatabase(name, user, template);
    return database;
  }

  async #drop(name: string): Promise<void> {
    await this.#inspectors.close(name);
    await this.#administration.dropDatabase(name);
    this.#open.delete(name);
  }
}
