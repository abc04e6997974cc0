import { readdirSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { Fault } from '@assay/contract';
import type { FolderView } from '../folder-view.ts';
import { findProgram } from '../toolchain.ts';

/**
 * A python3 that pyenv chooses runs only where the version of `.python-version` is there, in the built copy as well. It is compared by name and
 * nothing is run. Throws the fault toolchain-missing where none of those that the file names is.
 */
export function requirePyenvVersion(view: FolderView, python = findProgram('python3')): void {
  if (python === null || basename(dirname(python)) !== 'shims' || process.env.PYENV_VERSION !== undefined) return;
  const wanted = (view.text('.python-version') ?? '')
    .split('\n')
    .flatMap((line) => line.replace(/#.*/, '').split(/\s+/))
    .filter((name) => name !== '');
  const installed = installedIn(dirname(dirname(python)));
  if (wanted.length === 0 || installed.length === 0 || wanted.some((name) => isThere(name, installed))) return;
  const [first = ''] = wanted;
  throw new Fault(
    'toolchain-missing',
    `.python-version asks for Python ${first}, and the pyenv that is first on the PATH has only ${installed.join(', ')}.`,
    `Run \`pyenv install ${first}\`, or put another python3 first on the PATH: \`PATH=${join(dirname(dirname(python)), 'versions', installed.at(-1) ?? '', 'bin')}:$PATH\`.`,
  );
}

function isThere(wanted: string, installed: readonly string[]): boolean {
  // What is no version may be an environment or a link that pyenv knows how to find.
  return !/^\d+(\.\d+)*$/.test(wanted) || installed.some((name) => name === wanted || name.startsWith(`${wanted}.`));
}

function installedIn(root: string): readonly string[] {
  try {
    return readdirSync(join(root, 'versions')).toSorted((a, b) => a.localeCompare(b, 'en', { numeric: true }));
  } catch {
    return [];
  }
}
