import { connect, type OnReadOpts, type Socket } from 'node:net';
import { Client } from 'pg';
import { Fault } from '@assay/contract';
import type { Home } from '../home/home.ts';
import { isOfThisRealm, isOwnerAlive, ownerToken } from '../home/owner.ts';
import { administrator } from './cluster.ts';
import { passwordOf } from './names.ts';
import { postgresPort, socketFolder, socketPath } from './socket-folder.ts';

/** How to reach a server, and as whom. */
export interface Access {
  /** A host name, or the folder of a Unix socket. */
  readonly host: string;
  readonly port: number;
  readonly user: string;
  readonly password: string;
  /** The database to be connected to while others are made and dropped. */
  readonly database: string;
  /** True for the server of this data folder: each database then has a role of its own. */
  readonly embedded: boolean;
}

export function embeddedAccess(home: Home): Access {
  return {
    host: socketFolder(home),
    port: postgresPort,
    user: administrator,
    password: passwordOf(home, administrator),
    database: 'postgres',
    embedded: true,
  };
}

/** Reads the DATABASE_URL of a server of somebody's own. Throws `postgres-unavailable`. */
export function ownAccess(url: string): Access {
  let parsed: URL;
  try {
    parsed = new URL(url);
  } catch {
    throw ownFault('it is not a URL');
  }
  if (!/^postgres(ql)?:$/.test(parsed.protocol)) throw ownFault(`"${parsed.protocol}" is not "postgresql:"`);
  const mode = parsed.searchParams.get('sslmode');
  if (mode === 'require' || mode === 'verify-ca' || mode === 'verify-full') {
    throw ownFault(`sslmode=${mode} asks for TLS, and Assay reads what passes between a backend and its server`);
  }
  const user = decoded(parsed.username) || process.env['USER'] || 'postgres';
  return {
    host: parsed.searchParams.get('host') ?? (decoded(parsed.hostname).replace(/^\[|\]$/g, '') || 'localhost'),
    port: Number(parsed.port || parsed.searchParams.get('port') || 5432),
    user,
    password: decoded(parsed.password),
    database: decoded(parsed.pathname.slice(1)) || user,
    embedded: false,
  };
}

function decoded(part: string): string {
  try {
    return decodeURIComponent(part);
  } catch {
    throw ownFault('a % in it must be written %25');
  }
}

export function ownFault(what: string, cause?: unknown): Fault {
  return new Fault(
    'postgres-unavailable',
    `DATABASE_URL cannot be used: ${what}.`,
    'Correct DATABASE_URL, or unset it to use the PostgreSQL that comes with Assay.',
    { cause },
  );
}

/** Every session of ours names its process: what a killed one had begun, the server goes on with. */
export function sessionName(): string {
  return `assay ${ownerToken()}`;
}

/** True for a session of an Assay that has ended. */
export function isAbandonedSession(name: string): boolean {
  const owner = /^assay (\S+)$/.exec(name)?.[1];
  return owner !== undefined && isOfThisRealm(owner) && !isOwnerAlive(owner);
}

export function newClient(access: Access, database = access.database): Client {
  const client = new Client({
    host: access.host,
    port: access.port,
    user: access.user,
    password: access.password,
    database,
    application_name: sessionName(),
    connectionTimeoutMillis: 10_000,
  });
  // Without a listener, a connection that the server closes would end this process.
  client.on('error', () => undefined);
  return client;
}

/** A new connection to the server, for the wire proxy: it has not said a word yet. */
export function connectTo(access: Access, onread?: OnReadOpts): Socket {
  const reading = onread === undefined ? {} : { onread };
  const isFolder = access.host.startsWith('/');
  return isFolder
    ? connect({ path: socketPath(access.host).replace(/\d+$/, String(access.port)), ...reading })
    : connect({ host: access.host, port: access.port, noDelay: true, ...reading });
}
