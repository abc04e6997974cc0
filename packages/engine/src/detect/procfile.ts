import type { FolderView } from './folder-view.ts';

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
  return { web: types.get('web') ?? null, release: types.get('release') ?? null };
}
