import { opendir } from 'node:fs/promises';
import { homedir } from 'node:os';
import path from 'node:path';
import { expandHome, isFolder } from './folder.ts';

export interface Completion {
  readonly path: string;
  readonly parent: string | null;
  readonly exists: boolean;
  readonly items: { name: string; path: string; isBackend: boolean }[];
}

/** How many entries of a folder are looked at, and how many are shown. */
const mostRead = 5000;
const mostShown = 100;

/** What gives a backend away, by name. */
const manifests = [
  'assay.yaml',
  'assay.yml',
  'package.json',
  'manage.py',
  'requirements.txt',
  'pyproject.toml',
  'pom.xml',
  'build.gradle',
  'build.gradle.kts',
  'composer.json',
  'go.mod',
  'Procfile',
];

/** The folders that a typed path may become: those in it when it ends in `/`, else those beside it that begin so. */
export async function complete(typed: string): Promise<Completion> {
  const whole = typed === '' ? `${homedir()}/` : typed;
  const full = expandHome(whole);
  const inside = whole.endsWith('/') || whole === '~';
  const folder = inside ? full : path.dirname(full);
  const prefix = inside ? '' : path.basename(full).toLowerCase();
  const names = await subfolders(folder, prefix);
  const items = names
    .sort((a, b) => a.localeCompare(b))
    .slice(0, mostShown)
    .map((name) => ({ name, path: path.join(folder, name), isBackend: false }));
  return {
    path: full,
    parent: full === '/' ? null : path.dirname(full),
    exists: isFolder(full),
    items: await Promise.all(items.map(async (item) => ({ ...item, isBackend: await looksLikeBackend(item.path) }))),
  };
}

async function subfolders(folder: string, prefix: string): Promise<string[]> {
  const found: string[] = [];
  try {
    let read = 0;
    for await (const entry of await opendir(folder)) {
      if ((read += 1) > mostRead) break;
      const hidden = entry.name.startsWith('.') && !prefix.startsWith('.');
      if (hidden || entry.name === 'node_modules' || !entry.name.toLowerCase().startsWith(prefix)) continue;
      if (entry.isDirectory() || (entry.isSymbolicLink() && isFolder(path.join(folder, entry.name))))
        found.push(entry.name);
    }
  } catch {
    // What is not there, or not ours to read, has nothing to offer.
  }
  return found;
}

async function looksLikeBackend(folder: string): Promise<boolean> {
  try {
    let read = 0;
    for await (const { name } of await opendir(folder)) {
      if ((read += 1) > 500) return false;
      if (manifests.includes(name)) return true;
    }
  } catch {
    // Not ours to read.
  }
  return false;
}
