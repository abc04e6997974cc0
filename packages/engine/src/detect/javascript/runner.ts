import type { FolderView } from '../folder-view.ts';
import { listens } from './entry-file.ts';
import type { PackageJson } from './package-json.ts';

/** TypeScript that a loader runs in development may leave out endings and use what Node.js alone does not take. */
export function runnerOf(manifest: PackageJson, entry: string): string {
  if (!/\.[cm]?ts$/.test(entry)) return 'node';
  if ('tsx' in manifest.dependencies) return 'node --import tsx';
  // ts-node's own command does not know modules.
  return 'ts-node' in manifest.dependencies && !manifest.isModule ? 'ts-node --transpile-only' : 'node';
}

/** Bun serves what a file exports by default; under Node.js the same file ends at once. */
export function isForBun(view: FolderView, entry: string): boolean {
  if (!view.hasFile('bun.lock') && !view.hasFile('bun.lockb')) return false;
  const source = view.text(entry) ?? '';
  return /\bBun\.serve\s*\(/.test(source) || (!listens(source) && /^export\s+default\b/m.test(source));
}
