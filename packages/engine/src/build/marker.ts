import { mkdirSync, readFileSync, renameSync, utimesSync, writeFileSync } from 'node:fs';
import { randomBytes } from 'node:crypto';
import { dirname } from 'node:path';
import { isJsonObject, type JsonObject } from '@assay/contract';

/**
 * A marker is a small JSON file that says that the folder it speaks of is whole. It appears all at once, after everything else, so what
 * has no marker is what a killed build left. Its time of change is the time of last use.
 */
export function writeMarker(path: string, content: JsonObject): void {
  mkdirSync(dirname(path), { recursive: true });
  const unfinished = `${path}.${randomBytes(6).toString('hex')}.tmp`;
  writeFileSync(unfinished, JSON.stringify(content));
  renameSync(unfinished, path);
}

/** What the marker says, or null when there is none (or something else stands in its place). */
export function readMarker(path: string): JsonObject | null {
  try {
    const content: unknown = JSON.parse(readFileSync(path, 'utf8'));
    return isJsonObject(content) ? content : null;
  } catch {
    return null;
  }
}

export function touchMarker(path: string): void {
  const now = new Date();
  try {
    utimesSync(path, now, now);
  } catch {
    // Another Assay has just pruned it; the caller finds out by itself.
  }
}
