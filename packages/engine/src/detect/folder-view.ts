import { readdirSync, readFileSync, realpathSync, statSync } from 'node:fs';
import { join, sep } from 'node:path';
import { derivedFolders } from './derived-folders.ts';

export interface FolderEntry {
  readonly name: string;
  readonly kind: 'file' | 'folder';
}

/** A read-only look into a backend's folder. Paths are relative, with `/`; nothing outside of the folder is ever seen. */
export interface FolderView {
  readonly root: string;
  hasFile(path: string): boolean;
  hasFolder(path: string): boolean;
  /** A file's text, or null when there is none (or it is larger than a megabyte, which no manifest is). */
  text(path: string): string | null;
  /** The entries of a folder by name; empty when there is no such folder. Links that lead out are left out. */
  list(path: string): readonly FolderEntry[];
  /** Files whose path matches, nearest to the root first; folders with dependencies or build output are not entered. */
  find(pattern: RegExp, depth: number): readonly string[];
}

const largestText = 1024 * 1024;
const mostFound = 2_000;
const mostEntries = 20_000;

export function viewFolder(root: string): FolderView {
  const realRoot = realpathSync(root);

  const resolve = (path: string): string | null => {
    try {
      const real = realpathSync(join(realRoot, path));
      return real === realRoot || real.startsWith(realRoot + sep) ? real : null;
    } catch {
      return null;
    }
  };
  const kindOf = (path: string): FolderEntry['kind'] | null => {
    const real = resolve(path);
    const stats = real === null ? undefined : statSync(real, { throwIfNoEntry: false });
    if (stats?.isFile() === true) return 'file';
    return stats?.isDirectory() === true ? 'folder' : null;
  };

  const view: FolderView = {
    root,
    hasFile: (path) => kindOf(path) === 'file',
    hasFolder: (path) => kindOf(path) === 'folder',
    text(path) {
      const real = resolve(path);
      if (real === null || kindOf(path) !== 'file' || statSync(real).size > largestText) return null;
      try {
        return decode(readFileSync(real));
      } catch {
        return null;
      }
    },
    list(path) {
      const real = resolve(path);
      if (real === null || kindOf(path) !== 'folder') return [];
      try {
        const entries: FolderEntry[] = [];
        for (const entry of readdirSync(real, { withFileTypes: true })) {
          const name = entry.name;
          if (entry.isFile()) entries.push({ name, kind: 'file' });
          else if (entry.isDirectory()) entries.push({ name, kind: 'folder' });
          else {
            const kind = entry.isSymbolicLink() ? kindOf(path === '' ? name : `${path}/${name}`) : null;
            if (kind !== null) entries.push({ name, kind });
          }
        }
        return entries.sort((a, b) => (a.name < b.name ? -1 : 1));
      } catch {
        return [];
      }
    },
    find(pattern, depth) {
      const found: string[] = [];
      let level = [''];
      let seen = 0;
      for (let at = 0; at <= depth && level.length > 0; at += 1) {
        const next: string[] = [];
        for (const folder of level) {
          const entries = view.list(folder);
          // A virtual environment, whatever it is called.
          if (folder !== '' && entries.some(({ name }) => name === 'pyvenv.cfg')) continue;
          const derived = derivedFolders(new Set(entries.map((entry) => entry.name)));
          for (const { name, kind } of entries) {
            seen += 1;
            if (seen > mostEntries || found.length >= mostFound) return found;
            const path = folder === '' ? name : `${folder}/${name}`;
            if (kind === 'folder' && !derived(name)) next.push(path);
            else if (kind === 'file' && pattern.test(path)) found.push(path);
          }
        }
        level = next;
      }
      return found;
    },
  };
  return view;
}

/** UTF-8, or what a byte order mark says: `pip freeze > requirements.txt` in PowerShell writes UTF-16. */
function decode(bytes: Buffer): string {
  const encoding =
    bytes[0] === 0xff && bytes[1] === 0xfe ? 'utf-16le' : bytes[0] === 0xfe && bytes[1] === 0xff ? 'utf-16be' : 'utf-8';
  return new TextDecoder(encoding).decode(bytes);
}
