import type { FolderView } from '../folder-view.ts';

/** The folders with a `package main` that is compiled on this system; '' is the backend's own. */
export function mainPackages(view: FolderView): readonly string[] {
  const files = view
    .find(/\.go$/, 3)
    .filter((path) => !path.endsWith('_test.go') && isCompiledMain(view.text(path) ?? ''));
  return [...new Set(files.map((path) => path.slice(0, Math.max(0, path.lastIndexOf('/')))))];
}

/** A generator that stands beside the sources is left out of them by a build tag: `//go:build ignore`. */
function isCompiledMain(source: string): boolean {
  const at = /^package main\b/m.exec(source)?.index;
  if (at === undefined) return false;
  const [, tag] = /^\/\/(?:go:build|\s*\+build)\s+(\w+(?:\.\d+)?)\s*$/m.exec(source.slice(0, at)) ?? [];
  return tag === undefined || /^(linux|darwin|unix|amd64|arm64|cgo|gc|go1\.\d+)$/.test(tag);
}

/** The package to build: the folder's own, else the command that is named for serving, else the only command. */
export function servingPackage(folders: readonly string[]): string | null {
  if (folders.includes('')) return '.';
  const named =
    folders.find((folder) => /(^|\/)(server|api|web|app|backend|http)$/.test(folder)) ??
    (folders.length === 1 ? folders[0] : undefined);
  return named === undefined ? null : `./${named}`;
}

/**
 * The programs that a command of a Procfile runs, with the package of each: Heroku puts every command of the module into `bin`, under the name of its
 * folder, or of the module for the folder's own.
 */
export function procfilePrograms(
  command: string | null,
  view: FolderView,
  module: string,
  folders: readonly string[],
): readonly { readonly path: string; readonly package: string }[] {
  const path = /^module\s+"?([^\s"]+)/m.exec(module)?.[1] ?? '';
  const own = path
    .replace(/\/v\d+$/, '')
    .split('/')
    .at(-1);
  const names = new Set(
    [...(command ?? '').matchAll(/(?:^|[\s&;])(?:\.\/)?bin\/([\w.-]+)/g)].map(([, name = '']) => name),
  );
  return [...names].flatMap((name) => {
    if (view.hasFile(`bin/${name}`)) return [];
    const folder = folders.find((one) => (one === '' ? own : one.split('/').at(-1)) === name);
    return folder === undefined ? [] : [{ path: `bin/${name}`, package: folder === '' ? '.' : `./${folder}` }];
  });
}
