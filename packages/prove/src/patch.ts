import { existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { Fault } from '@assay/contract';
import { applyPatch, parsePatch } from 'diff';

/**
 * Applies a unified diff (paths with or without `a/` and `b/`) to a folder. Throws the fault bad-challenge, with the hunk's file, when it
 * does not fit exactly: a patch that has drifted from its reference must not pass for a mutant.
 */
export function applyPatchFile(patchFile: string, folder: string): void {
  const patches = parsePatch(readFileSync(patchFile, 'utf8')).filter((patch) => patch.hunks.length > 0);
  if (patches.length === 0) throw new Fault('bad-challenge', `${patchFile} holds no change.`);
  for (const patch of patches) {
    const from = inside(folder, patch.oldFileName, patchFile);
    const to = inside(folder, patch.newFileName, patchFile);
    const before = from === null || !existsSync(from) ? '' : readFileSync(from, 'utf8');
    const after = applyPatch(before, patch, { fuzzFactor: 0 });
    if (after === false)
      throw new Fault('bad-challenge', `${patchFile} does not fit ${patch.oldFileName ?? 'its file'} any more.`);
    if (to === null) {
      if (from !== null) rmSync(from);
      continue;
    }
    mkdirSync(path.dirname(to), { recursive: true });
    writeFileSync(to, after);
    if (from !== null && from !== to) rmSync(from);
  }
}

/** The absolute path a patch names, or null for `/dev/null`. A path that leaves the folder is refused. */
function inside(folder: string, name: string | undefined, patchFile: string): string | null {
  if (name === undefined || name === '/dev/null') return null;
  const file = path.resolve(folder, name.replace(/^[ab]\//, ''));
  if (!file.startsWith(folder + path.sep))
    throw new Fault('bad-challenge', `${patchFile} names ${name}, which is outside of the backend.`);
  return file;
}
