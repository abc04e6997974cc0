import { Kysely, PostgresDialect, WithSchemaPlugin } from 'kysely';
import { Pool, type PoolConfig } from 'pg';
import { schemaName } from './migrate.ts';
import type { Tables } from './tables.ts';

export interface Connection {
  readonly pool: Pool;
  readonly db: Kysely<Tables>;
}

/** Connections are made when they are needed: without a query, nothing is asked of a server. */
export function connect(config: PoolConfig): Connection {
  const pool = new Pool({
    max: 20,
    connectionTimeoutMillis: 5000,
    idleTimeoutMillis: 30_000,
    // A statement that hangs must not hang whoever waits for it.
    statement_timeout: 30_000,
    application_name: 'assay-server',
    options: `-c search_path=${schemaName},public`,
    ...config,
  });
  // A connection that the server closes while it is idle is taken out of the pool by itself.
  pool.on('error', () => undefined);
  pool.on('connect', (client) => client.on('error', () => undefined));
  return {
    pool,
    db: new Kysely<Tables>({ dialect: new PostgresDialect({ pool }), plugins: [new WithSchemaPlugin(schemaName)] }),
  };
}
