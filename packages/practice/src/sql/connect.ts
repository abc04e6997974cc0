import { Socket } from 'node:net';
import { Client } from 'pg';
import type { ScratchDatabase } from '../ports.ts';

/** How much may come back from the server for one answer. */
const mostBytes = 8_000_000;

/** More came back than a person could have asked for. */
export class TooMuch extends Error {}

export interface Connection {
  readonly client: Client;
  /** The server's process, so that it can be ended from outside. */
  readonly pid: number;
  /** True when the connection was broken for what it sent. */
  readonly flooded: () => boolean;
  close(): Promise<void>;
}

/** Connects as the scratch database's owner. Values come as PostgreSQL prints them. */
export async function connect(database: ScratchDatabase): Promise<Connection> {
  let received = 0;
  let flooded = false;
  const socket = new Socket();
  socket.on('data', (data: Buffer) => {
    received += data.length;
    if (received <= mostBytes) return;
    flooded = true;
    socket.destroy(new TooMuch('The answer returns too much.'));
  });
  const client = new Client({
    host: database.host,
    port: database.port,
    database: database.database,
    user: database.user,
    password: database.password,
    connectionTimeoutMillis: 10_000,
    stream: () => socket,
    types: { getTypeParser: () => (text: unknown) => text },
  });
  // Without a listener, a connection that breaks would end this process.
  client.on('error', () => undefined);
  await client.connect();
  const { rows } = await client.query<{ pid: string }>('SELECT pg_backend_pid() AS pid');
  return {
    client,
    pid: Number(rows[0]?.pid),
    flooded: () => flooded,
    close: () => client.end().catch(() => undefined),
  };
}
