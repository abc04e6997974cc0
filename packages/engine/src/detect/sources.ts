import { createHash } from 'node:crypto';
import {
  accessSync,
  constants,
  fstatSync,
  lstatSync,
  readdirSync,
  readFileSync,
  readlinkSync,
  type Stats,
} from 'node:fs';
import { join } from 'node:path';
import { Fault } from '@assay/contract';
import { derivedFolders } from './derived-folders.ts';

/** One source file or link of a backend; `path` is relative, with `/`. */
export interface Source {
  readonly path: string;
  readonly kind: 'file' | 'link';
  readonly size: number;
  readonly executable: boolean;
}

/** What a backend's own sources may hold. Dependencies and build output do not count. */
export const sourceLimits = { files: 20_000, bytes: 512 * 1024 * 1024 };

/**
 * The sources of a backend, sorted by path in code-unit order. Version control, dependencies, build output and the files of a database
 * are left out; links are listed, never followed; sockets, pipes, devices and what Assay itself is printing to are left out.
 *
 * @param unreadable gets the paths inside of what this user may not read, which is left out too: the data of a container, mostly
 */
export function listSources(
  folder: string,
  limits = sourceLimits,
  unreadable: (path: string) => void = () => {},
): readonly Source[] {
  const sources: Source[] = [];
  let bytes = 0;
  const isOutput = outputFile();
  const walk = (relative: string): void => {
    if (relative !== '' && !isReadable(join(folder, relative), constants.R_OK | constants.X_OK))
      return unreadable(relative);
    const names = readNames(join(folder, relative));
    // What PostgreSQL keeps: somebody's database, in a folder of docker compose mostly.
    if (relative !== '' && names.includes('PG_VERSION')) return;
    // A virtual environment, whatever it is called.
    if (relative !== '' && names.includes('pyvenv.cfg')) return;
    const derived = derivedFolders(new Set(names));
    for (const name of names) {
      const path = relative === '' ? name : `${relative}/${name}`;
      const stats = lstatSync(join(folder, path), { throwIfNoEntry: false });
      if (stats === undefined) continue;
      if (stats.isDirectory()) {
        if (!derived(name)) walk(path);
      } else if (stats.isFile() && !derived(name) && !isReadable(join(folder, path), constants.R_OK)) {
        unreadable(path);
      } else if ((stats.isFile() || stats.isSymbolicLink()) && !derived(name) && !isOutput(stats)) {
        const kind = stats.isFile() ? 'file' : 'link';
        sources.push({ path, kind, size: stats.size, executable: kind === 'file' && (stats.mode & 0o100) !== 0 });
        bytes += stats.size;
        if (sources.length > limits.files || bytes > limits.bytes) throw tooLarge(folder, limits);
      }
    }
  };
  walk('');
  return sources.sort((a, b) => (a.path < b.path ? -1 : a.path > b.path ? 1 : 0));
}

/** SHA-256 over the sources (paths, kinds, executable bits, contents), in hexadecimal; equal exactly when a build would be given the same. */
export function hashSources(folder: string, sources: readonly Source[] = listSources(folder)): string {
  const hash = sourceHasher();
  for (const source of sources) hash.add(source, contentOf(folder, source));
  return hash.digest();
}

/** The same hash for somebody who reads the contents anyway; sources must be added in the order of `listSources`. */
export function sourceHasher(): { add(source: Source, content: Uint8Array): void; digest(): string } {
  const whole = createHash('sha256');
  return {
    add(source, content) {
      whole.update(`${source.kind}\0${source.executable ? 'x' : '-'}\0${source.path}\0${content.length}\0`);
      whole.update(content);
    },
    digest: () => whole.digest('hex'),
  };
}

/** A file's bytes, or a link's target as bytes. */
export function contentOf(folder: string, source: Source): Buffer {
  const path = join(folder, source.path);
  try {
    return source.kind === 'file' ? readFileSync(path) : Buffer.from(readlinkSync(path));
  } catch (error) {
    throw unreadable(path, error);
  }
}

function isReadable(path: string, mode: number): boolean {
  try {
    accessSync(path, mode);
    return true;
  } catch {
    return false;
  }
}

/** Tells the file that standard output goes to, which grows meanwhile: `assay check --format json > report.json`. */
function outputFile(): (stats: Stats) => boolean {
  try {
    const output = fstatSync(1);
    return output.isFile() ? ({ dev, ino }) => dev === output.dev && ino === output.ino : () => false;
  } catch {
    return () => false;
  }
}

function readNames(path: string): readonly string[] {
  try {
    return readdirSync(path);
  } catch (error) {
    throw unreadable(path, error);
  }
}

function unreadable(path: string, cause: unknown): Fault {
  return new Fault(
    'no-such-folder',
    `${path} cannot be read: ${cause instanceof Error ? cause.message : String(cause)}.`,
    'Make every file of the backend readable for the user who runs Assay.',
    { cause },
  );
}

function tooLarge(folder: string, limits: typeof sourceLimits): Fault {
  const files = limits.files.toLocaleString('en');
  const megabytes = Math.round(limits.bytes / 1024 / 1024);
  return new Fault(
    'not-a-backend',
    `${folder} holds more than ${files} files or ${megabytes} MB without its dependencies and build output; that is more than one backend.`,
    "Give the backend's own folder, and move data that is not part of its sources out of it.",
  );
}
