import { existsSync, readdirSync } from 'node:fs';
import { basename, extname, join } from 'node:path';

const endings = ['', '.js', '.mjs', '.cjs', '/index.js', '/package.json'];
const mostFiles = 20_000;

/**
 * A start command with the file that the build wrote elsewhere below the folder that it names: `node dist/main` where there is but `dist/src/main.js`,
 * as TypeScript does when it compiles more than the sources. As it is where the file is there, or not exactly one of its name is.
 */
export function withBuiltFile(start: string, folder: string): string {
  const [, named] =
    /^(?:\w+=\S*\s+)*node\s(?:.*\s)?((?:\.\/)?(?:dist|build|out|lib)\/[\w./-]+)(?=\s|$)/.exec(start) ?? [];
  if (named === undefined || named.includes('..') || endings.some((ending) => existsSync(join(folder, named + ending))))
    return start;
  const path = named.replace(/^\.\//, '');
  const top = path.slice(0, path.indexOf('/'));
  const name = basename(path);
  const wanted = extname(name) === '' ? ['.js', '.mjs', '.cjs'].map((ending) => name + ending) : [name];
  const [only, ...others] = filesBelow(folder, top).filter((file) => wanted.includes(basename(file)));
  return only === undefined || others.length > 0 ? start : start.replace(named, () => only);
}

function filesBelow(folder: string, top: string): readonly string[] {
  const files: string[] = [];
  const waiting = [top];
  for (const at of waiting) {
    if (!existsSync(join(folder, at))) continue;
    for (const entry of readdirSync(join(folder, at), { withFileTypes: true })) {
      if (entry.isFile()) files.push(`${at}/${entry.name}`);
      else if (entry.isDirectory() && entry.name !== 'node_modules') waiting.push(`${at}/${entry.name}`);
    }
    if (files.length > mostFiles) return [];
  }
  return files;
}
