import type { FolderView } from './folder-view.ts';
import { readPackageJson } from './javascript/package-json.ts';

/** The process types of a Procfile that matter here. */
export interface Procfile {
  readonly web: string | null;
  readonly release: string | null;
}

export function readProcfile(view: FolderView): Procfile {
  const types = new Map<string, string>();
  for (const line of (view.text('Procfile') ?? '').split(/\r?\n/)) {
    const [, name, command] = /^([A-Za-z0-9_-]+):\s*(.+?)\s*$/.exec(line) ?? [];
    // Heroku's own servers for PHP stand on no other machine: the stack says how it is served.
    if (name !== undefined && command !== undefined && !/\bheroku-(php|hhvm)-/.test(command)) types.set(name, command);
  }
  const web = types.get('web') ?? null;
  const isLeft = web !== null && lacksFile(view, web) && hasStart(view);
  return { web: isLeft ? null : web, release: types.get('release') ?? null };
}

/** What the Procfile starts has moved, and package.json knows where it is. */
function hasStart(view: FolderView): boolean {
  const start = readPackageJson(view)?.scripts['start'];
  return start !== undefined && !lacksFile(view, start);
}

/** `node FILE` without that file, and none that a build would make it of. */
function lacksFile(view: FolderView, command: string): boolean {
  const file = /^node\s+(?:-\S+\s+)*(?:\.\/)?([\w./-]+)$/.exec(command.trim())?.[1];
  if (file === undefined || /^(dist|build|out|output|lib|\.\w+)\//.test(file)) return false;
  const stem = file.replace(/\.[cm]?js$/, '');
  const sources = ['', '.js', '.mjs', '.cjs', '.ts', '.mts', '.cts', '/index.js', '/index.ts', '/package.json'];
  return !view.hasFile(file) && !sources.some((ending) => view.hasFile(`${stem}${ending}`));
}
