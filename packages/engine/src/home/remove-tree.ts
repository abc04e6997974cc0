import { execFile } from 'node:child_process';
import { lstat, rmdir } from 'node:fs/promises';
import { promisify } from 'node:util';
import { Fault } from '@assay/contract';
import { errorCode } from './folder-fault.ts';

const run = promisify(execFile);

/**
 * Removes a folder with everything in it; no fault when it is not there. `rm` and not Node.js's own: it opens what it enters and
 * never follows a link that a process still alive puts in the place of a folder, which matters when Assay is root.
 */
export async function removeTree(path: string): Promise<void> {
  // Most folders of an instance are empty, since its files were in a file system of its own; a process would cost more than all else here.
  if (await isGoneWithoutMore(path)) return;
  try {
    await run('rm', ['-rf', '--', path]);
  } catch {
    // Folders without write permission: Go's module cache is full of them, and a backend may make some.
    await run('chmod', ['-R', 'u+rwX', '--', path]).catch(() => undefined);
    await run('rm', ['-rf', '--', path]).catch(() => undefined);
  }
  const remains = await lstat(path).then(
    () => true,
    (error: unknown) => errorCode(error) !== 'ENOENT' && errorCode(error) !== 'ENOTDIR',
  );
  if (remains) throw new Fault('data-folder-unusable', `${path} cannot be removed.`, 'Remove it by hand.');
}

/** Removes an empty folder; never what a link points to. */
async function isGoneWithoutMore(path: string): Promise<boolean> {
  return rmdir(path).then(
    () => true,
    (error: unknown) => errorCode(error) === 'ENOENT',
  );
}
