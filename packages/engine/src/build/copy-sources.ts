import { chmodSync, lstatSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { makeRealFolder } from './real-folder.ts';
import { contentOf, listSources, sourceHasher, sourceLimits, type Source } from '../detect/sources.ts';

export interface CopiedSources {
  readonly paths: readonly string[];
  /** Of what was copied, which may be newer than what was detected. */
  readonly hash: string;
  /** What was left out, with why: a link that leads out of the folder, or what this user may not read. */
  readonly leftOut: readonly string[];
}

/**
 * Copies a backend's sources. A file that is there already with the same content is left untouched, so that tools which compare times see
 * as new only what is new. Links are made again when they stay inside, and left out otherwise.
 */
export function copySources(from: string, to: string): CopiedSources {
  const leftOut: string[] = [];
  const sources = listSources(from, sourceLimits, (path) => leftOut.push(`${path} cannot be read by this user`));
  const hash = sourceHasher();
  for (const source of sources) {
    const content = contentOf(from, source);
    hash.add(source, content);
    const target = join(to, source.path);
    // What the last build left here may be a link, or a file that is a folder now.
    makeRealFolder(to, dirname(source.path));
    if (source.kind === 'file') writeFile(target, content, source.executable);
    else if (!staysInside(source, content.toString())) leftOut.push(`the link ${source.path} leads out of the folder`);
    else {
      rmSync(target, { force: true, recursive: true });
      symlinkSync(content.toString(), target);
    }
  }
  return { paths: sources.map((source) => source.path), hash: hash.digest(), leftOut };
}

function writeFile(target: string, content: Buffer, executable: boolean): void {
  const there = lstatSync(target, { throwIfNoEntry: false });
  const same = there?.isFile() === true && there.size === content.length && readFileSync(target).equals(content);
  if (!same) {
    if (there !== undefined) rmSync(target, { force: true, recursive: true });
    writeFileSync(target, content);
  }
  chmodSync(target, executable ? 0o755 : 0o644);
}

/**
 * A relative link that climbs no higher than the backend's folder, and only at its beginning: `a/../..` could climb from wherever a link
 * `a` leads to.
 */
function staysInside(source: Source, target: string): boolean {
  if (target.startsWith('/')) return false;
  const parts = target.split('/').filter((part) => part !== '' && part !== '.');
  const climbs = parts.findIndex((part) => part !== '..');
  const up = climbs === -1 ? parts.length : climbs;
  const depth = source.path.split('/').length - 1;
  return up <= depth && !parts.slice(up).includes('..');
}
