import { posix } from 'node:path';
import type { FolderView } from '../folder-view.ts';

export interface RequirementFiles {
  /** Files that name packages to install. */
  readonly required: readonly string[];
  /** Files that only say which versions. */
  readonly constraints: readonly string[];
}

/** What a requirements file takes in by `-r` and `-c`, itself first, wherever in the folder that stands: relative to the file that names it. */
export function requirementFiles(view: FolderView, file: string): RequirementFiles {
  const required = new Set([file]);
  const constraints = new Set<string>();
  const waiting = [file];
  for (let from = waiting.pop(); from !== undefined; from = waiting.pop()) {
    for (const line of requirementLines(view, from)) {
      const [, option, named = ''] = /^(-r|--requirement|-c|--constraint)[\s=]*["']?([^"'\s]+)/.exec(line) ?? [];
      const path = posix.join(posix.dirname(from), named);
      if (option === undefined || required.has(path) || constraints.has(path) || !view.hasFile(path)) continue;
      // What stands in a file of constraints is one as well, however it is taken in.
      (/^--?r/.test(option) && required.has(from) ? required : constraints).add(path);
      waiting.push(path);
    }
  }
  return { required: [...required], constraints: [...constraints] };
}

/** The lines of a requirements file that say something, without comments. */
export function requirementLines(view: FolderView, file: string): readonly string[] {
  return (view.text(file) ?? '')
    .split(/\r?\n/)
    .map((line) => line.replace(/(^|\s)#.*$/, '').trim())
    .filter((line) => line !== '');
}
