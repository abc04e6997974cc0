import { readFileSync } from 'node:fs';
import { join } from 'node:path';

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
  for (const file of files) {
    const text = textOf(join(folder, file));
    if (text === null) continue;
    const named = [...text.matchAll(/^[ \t]*(?:export[ \t]+)?([A-Za-z_][A-Za-z0-9_]{0,99})[ \t]*=/gm)].map(
      ([, name = '']) => name,
    );
    const names = [...new Set(named)].filter((name) => !Object.hasOwn(given, name)).slice(0, mostNames);
    return names.length === 0 ? null : { file, names };
  }
  return null;
}

function textOf(path: string): string | null {
  try {
    return readFileSync(path, 'utf8').slice(0, 65_536);
  } catch {
    return null;
  }
}
