import { accessSync, constants, statSync } from 'node:fs';
import { homedir } from 'node:os';
import path from 'node:path';
import { Fault } from '@assay/contract';

export function expandHome(folder: string): string {
  return path.resolve(folder === '~' || folder.startsWith('~/') ? path.join(homedir(), folder.slice(1)) : folder);
}

/** Makes sure that a folder is there and can be read. Throws the faults `no-such-folder` and `not-a-backend`. */
export function openFolder(given: string): string {
  const folder = expandHome(given);
  let isFolder: boolean;
  try {
    isFolder = statSync(folder).isDirectory();
    if (isFolder) accessSync(folder, constants.R_OK | constants.X_OK);
  } catch (error) {
    const code = error instanceof Error && 'code' in error ? String(error.code) : '';
    if (code === 'EACCES' || code === 'EPERM')
      throw new Fault(
        'no-such-folder',
        `${folder} cannot be read by this user.`,
        'Make it readable, or give another one.',
      );
    throw new Fault('no-such-folder', `There is no folder ${folder}.`);
  }
  if (!isFolder) throw new Fault('no-such-folder', `${folder} is a file, not a folder.`);
  if (folder === '/' || folder === homedir())
    throw new Fault(
      'not-a-backend',
      `${folder} is ${folder === '/' ? 'the root of the machine' : 'your home folder'}, not the folder of one backend.`,
      "Give the backend's own folder.",
    );
  return folder;
}

/** Why nothing in this folder can be judged; null when it is there and can be read. */
export function whyNoFolder(
  folder: string,
): { readonly code: string; readonly message: string; readonly fix: string } | null {
  try {
    openFolder(folder);
    return null;
  } catch (error) {
    if (!(error instanceof Fault)) throw error;
    return { code: error.code, message: error.message, fix: error.fix };
  }
}

/** True for a folder that is there. */
export function isFolder(folder: string): boolean {
  try {
    return statSync(folder, { throwIfNoEntry: false })?.isDirectory() === true;
  } catch {
    return false;
  }
}
