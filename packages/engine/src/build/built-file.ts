import { basename, extname } from 'node:path';
import { type FolderView, viewFolder } from '../detect/folder-view.ts';

const endings = ['', '.js', '.mjs', '.cjs', '/index.js', '/package.json'];
const mostFiles = 20_000;
/** Links may lead around in a circle. */
const deepest = 10;

/**
 * A start command with the file that the build wrote elsewhere below the folder that it names: `node dist/main` where there is but `dist/src/main.js`,
 * as TypeScript does when it compiles more than the sources. As it is where the file is there, or not exactly one of its name is.
 */
export function withBuiltFile(start: string, folder: string): string {
  const [, named] =
    /^(?:\w+=\S*\s+)*node\s(?:.*\s)?((?:\.\/)?(?:dist|build|out|lib)\/[\w./-]+)(?=\s|$)/.exec(start) ?? [];
  if (named === undefined || named.includes('..')) return start;
  const view = viewFolder(folder);
  if (endings.some((ending) => view.hasFile(named + ending) || view.hasFolder(named + ending))) return start;
  const path = named.replace(/^\.\//, '');
  const top = path.slice(0, path.indexOf('/'));
  const name = basename(path);
  const wanted = extname(name) === '' ? ['.js', '.mjs', '.cjs'].map((ending) => name + ending) : [name];
  const [only, ...others] = filesBelow(view, top).filter((file) => wanted.includes(basename(file)));
  return only === undefined || others.length > 0 ? start : start.replace(named, () => only);
}

function filesBelow(view: FolderView, top: string): readonly string[] {
  const files: string[] = [];
  const waiting = [top];
  for (const at of waiting) {
    for (const { name, kind } of view.list(at)) {
      if (kind === 'file') files.push(`${at}/${name}`);
      else if (name !== 'node_modules' && at.split('/').length < deepest) waiting.push(`${at}/${name}`);
    }
    if (files.length > mostFiles || waiting.length > mostFiles) return [];
  }
  return files;
}
