import type { FolderView } from '../folder-view.ts';

const names = ['server', 'app', 'index', 'main'];
const folders = ['', 'src/', 'bin/', 'lib/'];
const extensions = ['js', 'mjs', 'cjs', 'ts', 'mts', 'cts'];

/** The file that starts the backend, where package.json does not say: its `main`, or the usual names in the usual places. */
export function entryFile(view: FolderView, main: string | null): string | null {
  const usual = folders.flatMap((folder) =>
    names.flatMap((name) => extensions.map((extension) => `${folder}${name}.${extension}`)),
  );
  const candidates = (main === null ? [] : [main, `${main}.js`]).concat(usual).filter((path) => view.hasFile(path));
  return candidates.find((path) => listens(view.text(path) ?? '')) ?? candidates[0] ?? null;
}

/** Does this source open a port? */
export function listens(source: string): boolean {
  return /\.listen\s*\(|\bserve\s*\(|createServer\s*\(/.test(source);
}

/** Is the package imported anywhere in the project's own sources? */
export function imports(view: FolderView, name: string): boolean {
  const quoted = new RegExp(`(from|require\\(|import)\\s*\\(?['"]${name.replace(/[/.]/g, '\\$&')}(/[^'"]*)?['"]`);
  return view.find(/\.[cm]?[jt]sx?$/, 4).some((path) => quoted.test(view.text(path) ?? ''));
}
