import type { FolderView } from '../folder-view.ts';
import type { PackageJson } from './package-json.ts';

/** Where it may stand which folder a build writes to. */
const settings = ['tsconfig.json', 'tsconfig.build.json', 'tsup.config.ts'];

/**
 * What `main` of package.json names, where the build makes it out of the entry: it is not there yet, and the source may use what Node.js does
 * not run without compiling. Null when nothing says that the build writes there.
 */
export function compiledMain(view: FolderView, manifest: PackageJson, entry: string | null): string | null {
  const build = manifest.scripts.build ?? '';
  const main = manifest.main?.replace(/^\.\//, '') ?? '';
  const source = /^(?:.*\/)?([^/]+)\.[cm]?ts$/.exec(entry ?? '')?.[1];
  const [, folder = '', made] = /^([\w.-]+)\/(?:.*\/)?([^/]+?)(?:\.[cm]?js)?$/.exec(main) ?? [];
  if (build === '' || source === undefined || made !== source) return null;
  const said = [build, ...settings.map((file) => view.text(file) ?? '')].join('\n');
  if (/noEmit\b(?!"\s*:\s*false)/.test(said)) return null;
  const writes = said.includes(folder) || (folder === 'dist' && /\b(tsup|tsdown|unbuild)\b/.test(build));
  return writes ? main : null;
}
