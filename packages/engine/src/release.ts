import type { Socket } from 'node:net';
import { pipeline } from 'node:stream';
import type { BuiltBackend, LaunchFailure, ShellCommand } from './backend.ts';
import { acceptorFor } from './database/acceptor.ts';
import type { Database } from './database/database.ts';
import type { DatabaseServer } from './database/server.ts';
import { ownerMarker } from './home/owner.ts';
import { removeTree } from './home/remove-tree.ts';
import { prepareBackend } from './launch/prepare-backend.ts';
import type { LaunchOptions } from './launch/running-backend.ts';

/** Runs a release command once on a database of its own, straight to the server: what a migration does is not judged. */
export async function runRelease(
  built: BuiltBackend,
  command: ShellCommand,
  target: { readonly server: DatabaseServer; readonly database: Database },
  options: Pick<LaunchOptions, 'sandbox' | 'scratch' | 'onOutput'> & {
    readonly signal: AbortSignal;
  },
): Promise<LaunchFailure | null> {
  const { server, database } = target;
  const onConnection = (client: Socket): void => {
    const upstream = server.connectUpstream();
    pipeline(client, upstream, () => undefined);
    pipeline(upstream, client, () => undefined);
  };
  const backend = await prepareBackend(built, {
    ...options,
    database: acceptorFor(server, database, onConnection),
    markers: ownerMarker(),
  });
  try {
    return await backend.runOnce(command);
  } finally {
    await backend.close();
    await removeTree(options.scratch);
  }
}
