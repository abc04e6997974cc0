import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import type { Instance } from '@assay/contract';
import { openDatabaseServer, openHome } from '@assay/engine';

/** A real PostgreSQL for one test file, and databases in it that are asked as an instance's own is. */
export interface TestDatabases {
  /** A fresh database with this schema, behind an instance of which only `sql` works. */
  open(schema: string): Promise<Instance>;
  close(): Promise<void>;
}

export async function testDatabases(): Promise<TestDatabases> {
  // In /tmp itself, so that the path of a socket in it stays short.
  const folder = mkdtempSync(path.join(tmpdir(), 'assay-checks-'));
  const server = await openDatabaseServer(openHome({ ASSAY_HOME: folder }));
  return {
    open: async (schema) => {
      const { name, user } = await server.createDatabase();
      // As the backend's own, which is whose the tables of one are.
      await server.query(name, `SET ROLE "${user}"; ${schema}; RESET ROLE`);
      const cannot = (): never => {
        throw new Error('only the database of this instance can be asked');
      };
      return {
        id: 'i-1',
        wire: null,
        alive: true,
        send: cannot,
        raw: cannot,
        kill: cannot,
        stop: cannot,
        start: cannot,
        sql: (text, parameters = []) => server.query(name, text, parameters),
        log: () => [],
        usage: () => [],
      } as Partial<Instance> as Instance;
    },
    close: async () => {
      await server.release();
      rmSync(folder, { recursive: true, force: true });
    },
  };
}
