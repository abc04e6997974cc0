import type { FolderView } from '../folder-view.ts';
import type { Tool } from '../stack-rule.ts';
import { findProgram } from '../toolchain.ts';
import type { PackageJson } from './package-json.ts';
import { pnpmVersion } from './pnpm-version.ts';
import { pnpmPackages } from './pnpm-workspace.ts';

/** How the dependencies of a JavaScript project are installed. */
export interface PackageManager {
  readonly install: readonly string[];
  /** Runs a script of package.json: `npm run build`. */
  run(script: string): string;
  readonly lockFiles: readonly string[];
  readonly dependencyFolders: readonly string[];
  readonly installReadsSources: boolean;
  readonly tools: readonly Tool[];
}

const lifecycle = ['preinstall', 'install', 'postinstall', 'prepare', 'prepublish'];
const configuration = ['package.json', '.npmrc', '.yarnrc', '.yarnrc.yml', 'pnpm-workspace.yaml', '.pnpmfile.cjs'];

/** Chosen by the lock file that is there; without one, by package.json's `packageManager`; else npm. */
export function packageManagerOf(view: FolderView, manifest: PackageJson): PackageManager {
  const lock =
    ['pnpm-lock.yaml', 'yarn.lock', 'npm-shrinkwrap.json', 'package-lock.json'].find((name) => view.hasFile(name)) ??
    null;
  const name = lock === null ? (manifest.packageManager?.split('@')[0] ?? 'npm') : (managers[lock] ?? 'npm');
  const berry = view.hasFile('.yarnrc.yml') || /^yarn@[2-9]/.test(manifest.packageManager ?? '');
  const members = workspaceFolders(view, manifest);
  const nothing = Object.keys(manifest.dependencies).length === 0 && members.length === 0 && lock === null;
  const program = programOf(view, name, berry, manifest.packageManager);
  const folders = members.map((member) => `${member}/node_modules`);
  return {
    install: nothing ? [] : [installCommand(name, program, lock !== null, berry)],
    run: (script) => `${program} run ${script}`,
    lockFiles: [
      ...configuration,
      ...ownYarn(view),
      ...members.map((member) => `${member}/package.json`),
      ...(lock === null ? [] : [lock]),
    ].filter((file) => view.hasFile(file)),
    dependencyFolders: nothing
      ? []
      : ['node_modules', ...folders, ...(name === 'yarn' && berry ? ['.pnp.cjs', '.pnp.loader.mjs', '.yarn'] : [])],
    installReadsSources:
      members.length > 0 ||
      lifecycle.some((script) => script in manifest.scripts) ||
      view.hasFolder('prisma') ||
      view.hasFolder('patches') ||
      runsOwnCode(view) ||
      Object.values(manifest.dependencies).some((range) => /^(file|link|portal|\.)/.test(range)),
    tools: nothing ? [] : [{ program: program === name ? name : 'npx', purpose: 'to install its dependencies' }],
  };
}

/** The Yarn that a project brings: a file with a name, which reads no other of the project's. */
function ownYarn(view: FolderView): readonly string[] {
  return view.list('.yarn/releases').flatMap(({ name, kind }) => (kind === 'file' ? [`.yarn/releases/${name}`] : []));
}

/** Whether an install runs or reads, besides what its lock and its settings say, files of the project: their content decides with them. */
function runsOwnCode(view: FolderView): boolean {
  const own = /^(binding\.gyp|\.pnpmfile\.[cm]?js|schema\.prisma|prisma\.config\.\w+)$/;
  if (view.list('').some(({ name }) => own.test(name))) return true;
  const settings = ['.yarnrc.yml', '.yarnrc', '.npmrc', 'pnpm-workspace.yaml'].map((name) => view.text(name) ?? '');
  return settings.some(
    (text) =>
      runsOtherYarn(text) ||
      /^[ \t]*["']?(plugins|script-shell|scriptShell|node-options|nodeOptions|pnpmfile|git|userconfig|globalconfig)["']?[ =:]/m.test(
        text,
      ),
  );
}

/** Whether the Yarn that is run lies at an unusual place. */
function runsOtherYarn(settings: string): boolean {
  const named = [...settings.matchAll(/^[ \t]*["']?yarn(?:Path|-path)["']?[ \t]*[=: ][ \t]*["']?([^\s"']*)/gm)];
  return named.some(([, file = '']) => !/^(\.\/)?\.yarn\/releases\/[\w.-]+$/.test(file));
}

const managers: Readonly<Record<string, string>> = {
  'pnpm-lock.yaml': 'pnpm',
  'yarn.lock': 'yarn',
  'npm-shrinkwrap.json': 'npm',
  'package-lock.json': 'npm',
};

/**
 * The package manager itself where it is on the machine, else the one that npm fetches: of the version that `packageManager` names, and of the
 * last classic one for a lock file of Yarn 1. The Yarn of a machine is a classic one mostly, which refuses a project of a later one that it is not
 * led to by `yarnPath`.
 */
function programOf(view: FolderView, name: string, berry: boolean, wanted: string | null): string {
  const isRefused = name === 'yarn' && berry && !/^yarnPath:/m.test(view.text('.yarnrc.yml') ?? '');
  if (name === 'npm' || (findProgram(name) !== null && !isRefused)) return name;
  const version = wanted?.startsWith(`${name}@`) === true ? wanted.slice(name.length + 1).split('+')[0] : undefined;
  if (name === 'yarn' && (berry || /^[2-9]/.test(version ?? '')))
    return `npx --yes @yarnpkg/cli-dist${version === undefined ? '' : `@${version}`}`;
  return `npx --yes ${name}@${version ?? (name === 'yarn' ? '1' : pnpmVersion(view))}`;
}

function installCommand(manager: string, program: string, locked: boolean, berry: boolean): string {
  if (manager === 'pnpm') return `${program} install${locked ? ' --frozen-lockfile' : ''}`;
  if (manager === 'yarn')
    return `${program} install${locked ? ` ${berry ? '--immutable' : '--frozen-lockfile --non-interactive'}` : ''}`;
  return locked ? 'npm ci --no-audit --no-fund' : 'npm install --no-audit --no-fund';
}

/**
 * The folders that `workspaces` of package.json or `packages` of pnpm-workspace.yaml names: `packages/*` and plain paths; other patterns are left
 * to the package manager.
 */
function workspaceFolders(view: FolderView, manifest: PackageJson): readonly string[] {
  return [...manifest.workspaces, ...pnpmPackages(view)].flatMap((pattern) => {
    const path = pattern.replace(/^\.\//, '').replace(/\/$/, '');
    if (!path.endsWith('/*')) return view.hasFile(`${path}/package.json`) ? [path] : [];
    const parent = path.slice(0, -2);
    return view
      .list(parent)
      .filter((entry) => entry.kind === 'folder' && view.hasFile(`${parent}/${entry.name}/package.json`))
      .map((entry) => `${parent}/${entry.name}`);
  });
}
