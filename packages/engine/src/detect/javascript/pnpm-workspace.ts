import { isJsonObject, type JsonObject } from '@assay/contract';
import { parseDocument } from 'yaml';
import type { FolderView } from '../folder-view.ts';

/** Null when there is none, or it cannot be read: pnpm itself says then what is wrong with it. */
export function readPnpmWorkspace(view: FolderView): JsonObject | null {
  const source = view.text('pnpm-workspace.yaml');
  if (source === null) return null;
  const document = parseDocument(source);
  const whole: unknown = document.errors.length > 0 ? null : document.toJS();
  return isJsonObject(whole) ? whole : null;
}

/** The patterns of the folders that it names as members. */
export function pnpmPackages(view: FolderView): readonly string[] {
  const packages = readPnpmWorkspace(view)?.packages;
  return Array.isArray(packages) ? packages.filter((item) => typeof item === 'string') : [];
}
