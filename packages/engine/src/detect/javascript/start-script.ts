import type { FolderView } from '../folder-view.ts';
import type { PackageJson } from './package-json.ts';
import type { PackageManager } from './package-manager.ts';
import { runnerOf } from './runner.ts';

/** Programs that serve a front end while somebody works on it; a start script of these is not a backend's. */
const frontEnd =
  /^(npx\s+)?(vite|react-scripts|webpack(-dev-server)?|ng|parcel|vue-cli-service|rollup|gulp|grunt|live-server|http-server|serve|storybook|expo|electron)\b/;

/**
 * The command behind `scripts.start` (or `start:prod`). The script itself is preferred to `npm start`: signals then reach the backend
 * rather than the package manager, and it starts sooner. A watcher that restarts the backend behind our back is left out.
 */
export function startScript(view: FolderView, manifest: PackageJson, manager: PackageManager): string | null {
  const name = nameOf(manifest);
  if (name === undefined) return null;
  const script = withoutCompiling(manifest, name).rest;
  const needsManager =
    `pre${name}` in manifest.scripts ||
    `post${name}` in manifest.scripts ||
    /npm_|\bnpm\b|\byarn\b|\bpnpm\b/.test(script);
  if (needsManager) return manager.run(name);
  return withoutMissingFile(view, withoutWatcher(manifest, script));
}

function nameOf(manifest: PackageJson): string | undefined {
  return ['start:prod', 'start:production', 'start', 'serve', 'server'].find((candidate) =>
    isBackend(manifest.scripts[candidate]),
  );
}

const compiler = /^(npx\s+)?(tsc|tsup|tsdown|swc|esbuild|babel|nest\s+build|ncc|unbuild)\b/;
const prepares = /migrat|seed|\bdb\b|prisma\s+db/;

/** `npm run build && node dist/server.js` compiles at every start: the scripts that do so, and what is left. */
function withoutCompiling(
  manifest: PackageJson,
  name: string,
): { readonly compiling: readonly string[]; readonly rest: string } {
  const compiling: string[] = [];
  let rest = manifest.scripts[name]?.trim() ?? '';
  for (;;) {
    const [whole = '', called = ''] =
      /^(?:npm\s+run|(?:yarn|pnpm)(?:\s+run)?)\s+([\w:.-]+)\s*&&\s*(?=\S)/.exec(rest) ?? [];
    const text = manifest.scripts[called] ?? '';
    if (whole === '' || prepares.test(text) || !(/^(build|compile|transpile)\b/.test(called) || compiler.test(text)))
      return { compiling, rest };
    compiling.push(called);
    rest = rest.slice(whole.length);
  }
}

/** To nodemon and ts-node-dev, `--watch` names what they look at. */
function withoutWatcher(manifest: PackageJson, script: string): string {
  if (/\b(nodemon|ts-node-dev|tsnd)\b/.test(script))
    return script.replace(
      /^(?:npx\s+)?nodemon\s+(?=(\S+\.[cm]?[jt]s)\b)/,
      (_, entry: string) => `${runnerOf(manifest, entry)} `,
    );
  return script.replace(/\s--watch(?=\s|$)/, '');
}

/** Node.js ends where a file of variables is not there, and a backend that is handed over has none: what they say is given in assay.yaml. */
function withoutMissingFile(view: FolderView, script: string): string {
  if (!/(^|[\s/])(node|tsx)\s/.test(script)) return script;
  return script.replace(
    /(\s--env-file)((?:=|\s+)["']?([^\s"']+))/g,
    (whole, flag: string, rest: string, file: string) => (view.hasFile(file) ? whole : `${flag}-if-exists${rest}`),
  );
}

function isBackend(script: string | undefined): boolean {
  return script !== undefined && script.trim() !== '' && !frontEnd.test(script.trim());
}

/** Compiling is needed when package.json says how, unless the script builds a front end that stands beside the backend. */
export function buildScript(manifest: PackageJson, manager: PackageManager): readonly string[] {
  const script = manifest.scripts.build;
  const own = script === undefined || script.trim() === '' || frontEnd.test(script.trim()) ? [] : ['build'];
  const name = nameOf(manifest);
  const compiling = name === undefined ? [] : withoutCompiling(manifest, name).compiling;
  return [...new Set([...own, ...compiling])].map((one) => manager.run(one));
}
