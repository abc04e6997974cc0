import type { FolderView } from '../folder-view.ts';
import { readPnpmWorkspace } from './pnpm-workspace.ts';

/**
 * The major version of pnpm that reads this project's lock file. From 10 on, scripts of dependencies (bcrypt, the engines of Prisma) run only where
 * they are allowed by name, so that is for a project which knows of it.
 */
export function pnpmVersion(view: FolderView): string {
  const lock = /^lockfileVersion:\s*['"]?(\d+)/m.exec(view.text('pnpm-lock.yaml') ?? '')?.[1];
  if (lock === '5') return '7';
  if (lock === '6') return '8';
  return lock === undefined || isForTen(view) ? '10' : '9';
}

/** Settings stand in pnpm-workspace.yaml since version 10; before, that file named packages and their catalogs only. */
function isForTen(view: FolderView): boolean {
  const workspace = readPnpmWorkspace(view);
  return (
    /"onlyBuiltDependencies"/.test(view.text('package.json') ?? '') ||
    (workspace !== null && !('packages' in workspace && Object.keys(workspace).every((key) => known.has(key))))
  );
}

const known = new Set(['packages', 'catalog', 'catalogs']);
