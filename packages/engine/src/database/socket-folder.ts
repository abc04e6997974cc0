import { createHash } from 'node:crypto';
import { chmodSync, chownSync, lstatSync, mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { Fault } from '@assay/contract';
import { errorCode, folderFault } from '../home/folder-fault.ts';
import type { Home } from '../home/home.ts';
import type { Account } from './account.ts';

export const postgresPort = 5432;

/** What a Unix socket's address can hold on every system we run on (macOS: 104 bytes with the final zero). */
const longestPath = 103;

/** Where the server's socket stands: in the data folder, or in a short folder of /tmp when that path is too long. */
export function socketFolder(home: Home): string {
  const folder = join(home.postgres, 'socket');
  if (Buffer.byteLength(socketPath(folder)) <= longestPath) return folder;
  return `/tmp/assay-${createHash('sha256').update(`socket ${home.secret} ${home.postgres}`).digest('hex').slice(0, 16)}`;
}

export function socketPath(folder: string): string {
  return join(folder, `.s.PGSQL.${postgresPort}`);
}

/** Creates it, open to PostgreSQL's user alone. Its name in /tmp cannot be guessed, and a folder planted there is refused. */
export function openSocketFolder(home: Home, account: Account | null): string {
  const folder = socketFolder(home);
  try {
    mkdirSync(folder, { mode: 0o700 });
  } catch (error) {
    if (errorCode(error) !== 'EEXIST') throw folderFault(folder, error);
  }
  const status = lstatSync(folder);
  const owners = [process.getuid?.() ?? status.uid, account?.uid];
  if (!status.isDirectory() || !owners.includes(status.uid)) {
    throw new Fault('data-folder-unusable', `${folder} belongs to somebody else.`, `Remove ${folder}.`);
  }
  chmodSync(folder, 0o700);
  if (account !== null && status.uid !== account.uid) chownSync(folder, account.uid, account.gid);
  return folder;
}
