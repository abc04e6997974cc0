import { accessSync, constants, realpathSync, statSync, type Stats } from 'node:fs';
import { homedir } from 'node:os';
import { resolve } from 'node:path';
import { Fault } from '@assay/contract';
import type { DetectedBackend, ShellCommand } from '../backend.ts';
import { realPath } from '../sandbox/paths.ts';
import type { Settings } from '../settings/settings.ts';
import { chooseStack } from './choose-stack.ts';
import { databaseOf, hasOtherDatabase } from './database.ts';
import { databaseVariables } from './database-variables.ts';
import { type FolderView, viewFolder } from './folder-view.ts';
import { mountedTables } from './mounted-tables.ts';
import { namedPrograms } from './named-programs.ts';
import { nestedBackends } from './near-misses.ts';
import { lacksPostgres } from './php/lacks-postgres.ts';
import { readProcfile } from './procfile.ts';
import { requirePyenvVersion } from './python/pyenv-version.ts';
import { writtenScheme } from './python/written-address.ts';
import { hashSources } from './sources.ts';
import type { Proposal, Tool } from './stack-rule.ts';
import { findProgram, runtimeOf, versionText } from './toolchain.ts';

/**
 * Reads a folder and says what it is and how it is built and started; `assay.yaml` overrides any of it, and a Procfile what no
 * setting says. Nothing is run but what asks the toolchain for its version and extensions, and nothing is written.
 *
 * Throws the Faults no-such-folder, not-a-backend, ambiguous-stack and toolchain-missing.
 */
export async function detect(folder: string, settings: Settings): Promise<DetectedBackend> {
  const absolute = resolve(folder);
  refuseFolder(folder, absolute);
  const view = viewFolder(absolute);
  const procfile = readProcfile(view);
  const startGiven = settings.start ?? procfile.web;
  const stack = chooseStack(view, startGiven);
  const start = startGiven ?? startOf(stack, view);
  const { install, compile } = commandsOf(settings, stack);
  if (stack?.cannotInstall !== undefined && settings.install === null && settings.build === null)
    throw new Fault(
      'not-a-backend',
      `What this backend needs cannot be installed from ${absolute} alone. ${stack.cannotInstall}.`,
      'Say with `install:` in assay.yaml how it is installed, or give a folder that holds all of it.',
    );
  requireTools(stack, install.length + compile.length > 0);
  if (stack?.ecosystem === 'python') requirePyenvVersion(view);
  await requireVersions(stack);
  const database = settings.database ?? databaseFor(view, stack);
  if (database === 'postgres') await requireDriver(view, stack, start);
  const release =
    settings.release === false
      ? null
      : (settings.release ?? procfile.release ?? stack?.release ?? lastGuess(view, stack, database));
  return {
    folder: absolute,
    stack: {
      language: stack?.language ?? 'unknown',
      framework: stack?.framework ?? null,
      runtime: stack === null ? null : await runtimeOf(stack.ecosystem),
    },
    evidence: evidenceOf(settings, procfile.web, stack),
    install,
    lockFiles: stack?.lockFiles ?? [],
    dependencyFolders: install.length === 0 ? [] : (stack?.dependencyFolders ?? []),
    compile,
    start,
    release,
    releaseIsGuess: settings.release === null && procfile.release === null,
    environment: { ...environmentOf(view, stack, database), ...settings.env },
    database,
    ...(database === 'none' ? {} : { databaseVariables: databaseVariables(view) }),
    ...(settings.port === null ? {} : { port: settings.port }),
    toolchain: toolchainOf(stack, [...install, ...compile, release, start]),
    installReadsSources: settings.install === null ? (stack?.installReadsSources ?? false) : true,
    files: startGiven === null ? (stack?.files ?? {}) : {},
    sourceHash: hashSources(absolute),
    settings: { challenge: settings.challenge, contract: settings.contract, identities: settings.identities },
  };
}

function toolchainOf(stack: Proposal | null, commands: readonly (ShellCommand | null)[]): readonly string[] {
  const told = [...(stack?.tools.map((tool) => tool.program) ?? []), ...(stack?.programs ?? [])];
  return [...new Set([...told, ...namedPrograms(commands)])];
}

function databaseFor(view: FolderView, stack: Proposal | null): DetectedBackend['database'] {
  if (stack === null) return 'postgres';
  return stack.hasOwnDatabase === true || hasOtherDatabase(view) ? 'none' : databaseOf(view, stack);
}

/** Java makes its tables itself, and Go says more of it. */
function lastGuess(
  view: FolderView,
  stack: Proposal | null,
  database: DetectedBackend['database'],
): ShellCommand | null {
  const isAsked = stack !== null && ['javascript', 'python', 'php'].includes(stack.ecosystem);
  return isAsked && database === 'postgres' ? mountedTables(view) : null;
}

/** With a database of its own, a backend has its address from elsewhere. */
function environmentOf(
  view: FolderView,
  stack: Proposal | null,
  database: DetectedBackend['database'],
): Readonly<Record<string, string>> {
  const { DATABASE_URL: placeholder, ...others } = stack?.environment ?? {};
  if (database !== 'postgres') return others;
  return { ...others, ...(placeholder === undefined ? {} : { DATABASE_URL: placeholder }), ...driverOf(view, stack) };
}

/** An address of which the scheme alone counts in the end; a build that reads it finds one that can be parsed. */
function driverOf(view: FolderView, stack: Proposal | null): Readonly<Record<string, string>> {
  const scheme = stack?.ecosystem === 'python' ? writtenScheme(view) : null;
  return scheme === null ? {} : { DATABASE_URL: `${scheme}://127.0.0.1:5432/postgres` };
}

/** `build:` is the whole build, unless `install:` is given beside it or it only repeats the detected install command. */
function commandsOf(
  settings: Settings,
  stack: Proposal | null,
): { readonly install: readonly ShellCommand[]; readonly compile: readonly ShellCommand[] } {
  const detected = { install: stack?.install ?? [], compile: stack?.compile ?? [] };
  const build = settings.build === false ? [] : settings.build;
  const install = settings.install === false ? [] : settings.install;
  if (build === null) return { install: install ?? detected.install, compile: detected.compile };
  if (install !== null) return { install, compile: build };
  const repeats =
    build.length > 0 &&
    build.every((command) =>
      detected.install.some((known) => known === command || known.startsWith(`${command} --no-`)),
    );
  // A virtual environment is made in any case: without one, `pip install` would write into the machine's Python.
  const environment = stack?.ecosystem === 'python' && build.length > 0 ? ['python3 -I -m venv .venv'] : [];
  return repeats ? { install: detected.install, compile: [] } : { install: [], compile: [...environment, ...build] };
}

function startOf(stack: Proposal | null, view: FolderView): ShellCommand {
  if (stack !== null && 'command' in stack.start) return stack.start.command;
  const nested = nestedBackends(view);
  const why = stack === null || 'command' in stack.start ? 'nothing says how' : stack.start.missing;
  const what = stack === null ? 'a backend' : `${stack.framework ?? stack.language} (${stack.evidence})`;
  throw new Fault(
    'not-a-backend',
    [`${view.root} holds ${what}, but it cannot be told how to start it: ${why}.`, ...nested].join(' '),
    nested.length > 0 ? undefined : 'Say how with `start:` in assay.yaml.',
  );
}

function evidenceOf(settings: Settings, web: string | null, stack: Proposal | null): string {
  const from = settings.start !== null ? ['assay.yaml (start)'] : web !== null ? ['Procfile (web)'] : [];
  return [...(stack === null ? [] : [stack.evidence]), ...from].join(', ');
}

function requireTools(stack: Proposal | null, builds: boolean): void {
  const needed = stack?.tools.filter((tool) => builds || tool.purpose === 'to run it') ?? [];
  const missing = needed.filter((tool: Tool) => findProgram(tool.program) === null);
  if (stack === null || missing.length === 0) return;
  const list = missing.map(({ program, purpose }) => `\`${program}\` ${purpose}`).join(' and ');
  throw new Fault(
    'toolchain-missing',
    `This is a ${stack.framework ?? stack.language} backend (${stack.evidence}), which needs ${list}; not found on the PATH.`,
  );
}

async function requireVersions(stack: Proposal | null): Promise<void> {
  for (const { program, atLeast } of stack?.tools ?? []) {
    const found = atLeast === undefined ? null : /(\d+)\.(\d+)/.exec((await versionText(program)) ?? '');
    if (stack === null || atLeast === undefined || found === null) continue;
    const [major, minor] = atLeast.version;
    const [has, hasMinor] = [Number(found[1]), Number(found[2])];
    if (has > major || (has === major && hasMinor >= minor)) continue;
    throw new Fault(
      'toolchain-missing',
      `This is a ${stack.framework ?? stack.language} backend whose ${atLeast.said} asks for ${program} ${major}.${minor} or newer; the one on the PATH is ${found[0]}.`,
      `Put a ${program} of that version first on the PATH.`,
    );
  }
}

async function requireDriver(view: FolderView, stack: Proposal | null, start: ShellCommand): Promise<void> {
  if (stack?.ecosystem !== 'php' || !(await lacksPostgres(view, stack, start))) return;
  throw new Fault(
    'toolchain-missing',
    `This is a ${stack.framework ?? stack.language} backend (${stack.evidence}) with PostgreSQL, and the PHP on the PATH lacks the extension pdo_pgsql.`,
    'Install it (`apt-get install php-pgsql`; see `assay doctor`), or say `database: none` in assay.yaml where it needs no PostgreSQL.',
  );
}

function refuseFolder(given: string, absolute: string): void {
  const stats = statsOf(given, absolute);
  if (stats === undefined) throw new Fault('no-such-folder', `There is no folder ${given}.`);
  if (!stats.isDirectory()) throw new Fault('no-such-folder', `${given} is a file, not a folder.`);
  try {
    accessSync(absolute, constants.R_OK | constants.X_OK);
  } catch (error) {
    throw new Fault(
      'no-such-folder',
      `${given} cannot be read by this user.`,
      'Make the folder readable, or give another one.',
      { cause: error },
    );
  }
  const real = realpathSync(absolute);
  if (
    real === '/' ||
    (real === realPath(homedir()) && statSync(`${real}/.config`, { throwIfNoEntry: false }) !== undefined)
  ) {
    throw new Fault(
      'not-a-backend',
      `${given} is ${real === '/' ? 'the root of the machine' : 'a home folder'}, not the folder of one backend.`,
      "Give the backend's own folder.",
    );
  }
}

function statsOf(given: string, absolute: string): Stats | undefined {
  try {
    return statSync(absolute, { throwIfNoEntry: false });
  } catch (error) {
    throw new Fault(
      'no-such-folder',
      `${given} cannot be read by this user.`,
      'Make the folder readable, or give another one.',
      { cause: error },
    );
  }
}
