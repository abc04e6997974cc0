import { realpathSync } from 'node:fs';
import { dirname, sep } from 'node:path';

/** True for the folder itself and everything in it. Both absolute and without links. */
export function isWithin(path: string, folder: string): boolean {
  return path === folder || path.startsWith(folder.endsWith(sep) ? folder : folder + sep);
}

/** The path without links, or null when it leads nowhere. */
export function realPath(path: string): string | null {
  try {
    return realpathSync(path);
  } catch {
    return null;
  }
}

/** Every folder above a path, outermost first, without the root. */
export function ancestors(path: string): readonly string[] {
  const parent = dirname(path);
  return parent === dirname(parent) ? (parent === sep ? [] : [parent]) : [...ancestors(parent), parent];
}
