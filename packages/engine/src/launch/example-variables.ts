import { viewFolder } from '../detect/folder-view.ts';

const files = ['.env.example', '.env.template', '.env.sample', '.env.dist', 'env.example'];
/** No example is longer. */
const mostNames = 40;

/** What a project's example of its variables names and the backend is not given. */
export interface UngivenVariables {
  readonly file: string;
  readonly names: readonly string[];
}

/** By the first example that stands in the folder; null where there is none, or everything in it is given. */
export function ungivenVariables(folder: string, given: Readonly<Record<string, string>>): UngivenVariables | null {
  // What a build left there may be a pipe, or lead out of the folder.
  const view = viewFolder(folder);
  for (const file of files) {
    const text = view.text(file)?.slice(0, 65_536);
    if (text === undefined) continue;
    const named = [...text.matchAll(/^[ \t]*(?:export[ \t]+)?([A-Za-z_][A-Za-z0-9_]{0,99})[ \t]*=/gm)].map(
      ([, name = '']) => name,
    );
    const names = [...new Set(named)].filter((name) => !Object.hasOwn(given, name)).slice(0, mostNames);
    return names.length === 0 ? null : { file, names };
  }
  return null;
}
