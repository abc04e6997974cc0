import { randomBytes } from 'node:crypto';
import { linkSync, readFileSync, renameSync, unlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { errorCode } from './folder-fault.ts';

/** Reads the data folder's secret; the first Assay makes it. */
export function readSecret(root: string): string {
  const path = join(root, 'secret');
  const existing = readWhole(path);
  if (existing !== null) return existing;
  const draft = join(root, `secret-${process.pid}-${randomBytes(4).toString('hex')}`);
  writeFileSync(draft, randomBytes(32).toString('hex'), { mode: 0o600, flag: 'wx' });
  try {
    // A link, unlike a rename, does not replace the one that another Assay made in the meantime.
    linkSync(draft, path);
    unlinkSync(draft);
  } catch (error) {
    const other = errorCode(error) === 'EEXIST' ? readWhole(path) : null;
    if (other === null) {
      // A broken secret (the disk was full), or a file system without links.
      renameSync(draft, path);
    } else {
      unlinkSync(draft);
    }
  }
  return readWhole(path) ?? readSecret(root);
}

function readWhole(path: string): string | null {
  try {
    const text = readFileSync(path, 'latin1');
    return /^[0-9a-f]{64}$/.test(text) ? text : null;
  } catch (error) {
    if (errorCode(error) === 'ENOENT') return null;
    throw error;
  }
}
