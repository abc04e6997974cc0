import { createHash } from 'node:crypto';
import {
  chmodSync,
  existsSync,
  lstatSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  renameSync,
  statSync,
  unlinkSync,
  writeFileSync,
} from 'node:fs';
import { homedir } from 'node:os';
import { dirname, isAbsolute, join, resolve } from 'node:path';
import { Fault } from '@assay/contract';
import { errorCode, errorInWords, folderFault, touching } from './folder-fault.ts';
import { readSecret } from './secret.ts';

/** Assay's own data folder. Absolute paths; every folder named here exists. */
export interface Home {
  readonly root: string;
  /**
   * Where things stand that an unprivileged user must be able to walk to: `root`, but for an Assay that runs as root and whose
   * `root` nobody else can enter (/root/.assay). `cache`, `postgres` and `instances` are in it.
   */
  readonly exposed: string;
  /** Builds and dependencies, kept between runs. */
  readonly cache: string;
  readonly postgres: string;
  /** Reports and recordings of runs. */
  readonly runs: string;
  /** One folder for each running instance of a backend. */
  readonly instances: string;
  /** How long to wait for another Assay that holds a lock here. Milliseconds; default 60 s. */
  readonly lockTimeoutMs?: number;
  /** 64 hexadecimal digits that only this user can read: passwords and unguessable names come from it. */
  readonly secret: string;
}

const rootFolders = ['runs', 'locks', 'owners'] as const;
const exposedFolders = ['cache', 'postgres', 'instances'] as const;

/** Where the exposed folder stands when it cannot be in the home, and the file in it that says whose it is. */
const exposedParents = ['/var/lib', '/var/tmp', '/tmp'];
const belongsTo = 'belongs-to';

/** Opens ASSAY_HOME, or `~/.assay`, and creates what is missing. Throws `data-folder-unusable`. */
export function openHome(env: Readonly<Record<string, string | undefined>>): Home {
  const given = env['ASSAY_HOME'];
  const root = given !== undefined && given !== '' ? resolve(given) : join(env['HOME'] || homedir(), '.assay');
  const isRoot = process.getuid?.() === 0;
  const mode = isRoot ? 0o711 : 0o700;
  return touching(root, () => {
    refuseForeignFolder(root);
    openFolder(root, mode);
    const secret = readSecret(root);
    const exposed = isRoot && !isReachable(root) ? openExposedFolder(root, secret) : root;
    for (const name of rootFolders) openFolder(join(root, name), 0o700);
    for (const name of exposedFolders) openFolder(join(exposed, name), mode);
    probe(root);
    if (exposed !== root) probe(exposed);
    return {
      root,
      exposed,
      cache: join(exposed, 'cache'),
      postgres: join(exposed, 'postgres'),
      runs: join(root, 'runs'),
      instances: join(exposed, 'instances'),
      ...lockTimeout(env['ASSAY_LOCK_TIMEOUT']),
      secret,
    };
  });
}

/** @param word seconds, as ASSAY_LOCK_TIMEOUT gives them; anything else is as if it were not set */
function lockTimeout(word: string | undefined): Pick<Home, 'lockTimeoutMs'> {
  return word !== undefined && /^\d{1,5}$/.test(word) ? { lockTimeoutMs: Number(word) * 1000 } : {};
}

/** Creates a folder, or makes sure that the one there is ours alone to write to. */
function openFolder(path: string, mode: number): void {
  try {
    makeFolder(path, mode);
  } catch (error) {
    // A symbolic link to nowhere makes mkdir say ENOENT or EEXIST; both are told as they are.
    throw folderFault(path, error);
  }
  const status = statSync(path);
  if (!status.isDirectory()) throw folderFault(path, Object.assign(new Error(), { code: 'ENOTDIR' }));
  const uid = process.getuid?.();
  if (uid !== undefined && status.uid !== uid) {
    throw new Fault(
      'data-folder-unusable',
      `Assay's data folder cannot be used: ${path} belongs to user ${status.uid}, and Assay runs as user ${uid}.`,
    );
  }
  // A umask took away from it, or somebody opened it to others.
  if ((status.mode & 0o777) !== mode) chmodSync(path, mode);
}

/** Creates a folder and those it stands in. Not with `recursive`: where nothing can be created (/proc), Node.js then tries for ever. */
function makeFolder(path: string, mode: number): void {
  if (existsSync(path)) return;
  if (dirname(path) !== path) makeFolder(dirname(path), mode);
  try {
    mkdirSync(path, { mode });
  } catch (error) {
    // Another Assay may have made it in this moment.
    if (errorCode(error) !== 'EEXIST' || !existsSync(path)) throw error;
  }
}

/** Keeps a mistyped ASSAY_HOME (`/tmp`, somebody's home folder) from being taken over, permissions and all. */
function refuseForeignFolder(root: string): void {
  if (!existsSync(root) || !statSync(root).isDirectory()) return;
  const names = readdirSync(root);
  const known: readonly string[] = [...rootFolders, ...exposedFolders, 'store'];
  const foreign = names.find((name) => !known.includes(name) && !/^(secret|probe|own-)/.test(name));
  if (foreign !== undefined && !names.includes('secret')) {
    throw new Fault(
      'data-folder-unusable',
      `Assay's data folder cannot be used: ${root} holds other things (${foreign}).`,
      'Set ASSAY_HOME to an empty folder, or to one that does not exist yet.',
    );
  }
}

/** True when any user can walk to this folder. */
function isReachable(path: string): boolean {
  for (let folder = dirname(path); ; folder = dirname(folder)) {
    if ((statSync(folder).mode & 0o001) === 0) return false;
    if (folder === dirname(folder)) return true;
  }
}

function openExposedFolder(root: string, secret: string): string {
  // The secret makes the name unguessable, so that nobody can be there first.
  const name = `assay-${createHash('sha256').update(`${secret} ${root}`).digest('hex').slice(0, 12)}`;
  const reasons: string[] = [];
  for (const parent of exposedParents) {
    const path = join(parent, name);
    try {
      mkdirSync(path, { mode: 0o711 });
      sayWhose(path, root);
      return path;
    } catch (error) {
      if (errorCode(error) === 'EEXIST' && isSafeFolder(path)) {
        sayWhose(path, root);
        return path;
      }
      reasons.push(`${path}: ${errorInWords(error)}`);
    }
  }
  throw new Fault(
    'data-folder-unusable',
    `${root} is closed to other users, PostgreSQL cannot run as root, and no other folder can be used: ${reasons.join('; ')}.`,
    'Set ASSAY_HOME to a folder that other users may enter, such as /var/lib/assay.',
  );
}

/** Whole or not at all: another Assay of root may sweep at this moment, and would take for lost what seems to be nobody's. */
function sayWhose(path: string, root: string): void {
  if (whose(path) === root) return;
  const draft = join(path, `${belongsTo}.${process.pid}`);
  writeFileSync(draft, root, { mode: 0o600 });
  renameSync(draft, join(path, belongsTo));
}

/** The home that an exposed folder belongs to; null when it does not say. */
function whose(path: string): string | null {
  try {
    const root = readFileSync(join(path, belongsTo), 'utf8');
    return isAbsolute(root) ? root : null;
  } catch {
    return null;
  }
}

/** A folder, not a link, that root alone can write to. */
function isSafeFolder(path: string): boolean {
  const status = lstatSync(path);
  return status.isDirectory() && status.uid === 0 && (status.mode & 0o022) === 0;
}

/** Folders outside their homes whose homes have been removed; to be removed, too. Only root has any. */
export function lostExposedFolders(): readonly string[] {
  if (process.getuid?.() !== 0) return [];
  return exposedParents
    .flatMap((parent) => (existsSync(parent) ? readdirSync(parent).map((name) => join(parent, name)) : []))
    .filter((path) => {
      if (!/\/assay-[0-9a-f]{12}$/.test(path) || !isSafeFolder(path)) return false;
      const root = whose(path);
      return root !== null && !existsSync(root);
    });
}

/** A full disk, a quota or a read-only file system show only when something is written. */
function probe(folder: string): void {
  const path = join(folder, `probe-${process.pid}`);
  try {
    writeFileSync(path, Buffer.alloc(4096), { mode: 0o600 });
  } finally {
    try {
      unlinkSync(path);
    } catch {
      // It was never written.
    }
  }
}
