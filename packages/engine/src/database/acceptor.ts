import type { Socket } from 'node:net';
import type { DatabaseAcceptor } from '../launch/running-backend.ts';
import type { Database } from './database.ts';
import type { DatabaseServer } from './server.ts';
import { watchSize } from './size-watch.ts';

/** What a backend is given in place of its database: how it logs in, where its connections go, and how much there may be. */
export function acceptorFor(
  server: DatabaseServer,
  database: Database,
  onConnection: (socket: Socket) => void,
): DatabaseAcceptor {
  return {
    login: { user: database.user, password: database.password, database: database.name },
    onConnection,
    watchSize: (allowed, exceeded) => watchSize(server, database, allowed, exceeded),
  };
}
