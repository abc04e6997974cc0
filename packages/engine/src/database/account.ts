import { readFileSync } from 'node:fs';
import { Fault } from '@assay/contract';

/** The user that PostgreSQL runs as. */
export interface Account {
  readonly name: string;
  readonly uid: number;
  readonly gid: number;
}

/** In this order: backends may well run as `nobody`, and should not be the same user. */
const candidates = ['postgres', 'daemon', 'nobody'];

/** PostgreSQL refuses to run as root: then the user to run it as; null when it runs as ourselves. */
export function findAccount(passwd = '/etc/passwd'): Account | null {
  if (process.getuid?.() !== 0) return null;
  const lines = readPasswd(passwd);
  for (const wanted of candidates) {
    const fields = lines.map((line) => line.split(':')).find(([name]) => name === wanted);
    const uid = Number(fields?.[2]);
    const gid = Number(fields?.[3]);
    if (fields !== undefined && uid > 0 && gid >= 0) return { name: wanted, uid, gid };
  }
  throw new Fault(
    'postgres-unavailable',
    `PostgreSQL does not run as root, and ${passwd} has none of the users ${candidates.join(', ')} to run it as.`,
    'Run Assay as an ordinary user, add a user "postgres", or set DATABASE_URL to a PostgreSQL server of your own.',
  );
}

function readPasswd(path: string): readonly string[] {
  try {
    return readFileSync(path, 'utf8').split('\n');
  } catch {
    return [];
  }
}
