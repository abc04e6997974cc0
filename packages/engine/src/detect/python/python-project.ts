import type { FolderView } from '../folder-view.ts';
import { shellQuote } from '../shell-quote.ts';
import type { Proposal } from '../stack-rule.ts';
import type { AppObject } from './app-object.ts';
import { readRequirements, type Requirements } from './requirements.ts';

const drivers = [
  'psycopg',
  'psycopg2',
  'psycopg2-binary',
  'psycopg-binary',
  'asyncpg',
  'pg8000',
  'aiopg',
  'py-postgresql',
  'psycopg2cffi',
  'databases[postgresql]',
  'databases[asyncpg]',
  'tortoise-orm[asyncpg]',
  'tortoise-orm[psycopg]',
  'piccolo[postgres]',
  'peewee-async[postgresql]',
];

export interface PythonStack {
  readonly framework: string | null;
  readonly evidence: string;
  readonly start: Proposal['start'];
  readonly release: string | null;
}

/** Does the project name this package, or, where it names none at all, import it? */
export function usesPackage(view: FolderView, requirements: Requirements | null, name: string): boolean {
  if (requirements?.names.has(name) === true) return true;
  const imported = new RegExp(`^\\s*(from|import)\\s+${name}\\b`, 'm');
  return view.find(/\.py$/, 3).some((path) => imported.test(view.text(path) ?? ''));
}

/** What any Python backend has in common: a virtual environment that holds what the requirements name. */
export function pythonProposal(requirements: Requirements | null, stack: PythonStack): Proposal {
  const wanted =
    requirements === null || requirements.arguments.length === 0
      ? null
      : requirements.arguments.map(shellQuote).join(' ');
  return {
    ecosystem: 'python',
    language: 'Python',
    ...stack,
    install: wanted === null ? [] : installCommands(wanted, requirements?.lock ?? null),
    lockFiles: requirements?.lockFiles ?? [],
    dependencyFolders: wanted === null ? [] : ['.venv'],
    installReadsSources: requirements?.installReadsSources ?? false,
    ...(requirements?.trouble == null ? {} : { cannotInstall: `${requirements.file}: ${requirements.trouble}` }),
    compile: [],
    environment: { PYTHONUNBUFFERED: '1' },
    files: {},
    speaksPostgres: speaksPostgres(requirements),
    tools: [
      {
        program: 'python3',
        purpose: 'to run it',
        ...(requirements?.leastPython == null
          ? {}
          : { atLeast: { version: requirements.leastPython, said: requirements.file } }),
      },
    ],
  };
}

/**
 * `-I`, for a module of the backend's that is called like one of Python's (`types.py`) is not what its tools mean.
 * pip knows no lock file but its own; to it the versions of one are constraints. A package with several versions in there is left to pip. */
function installCommands(wanted: string, lock: string | null): readonly string[] {
  const environment = 'python3 -I -m venv .venv';
  if (lock === null) return [environment, `.venv/bin/python3 -I -m pip install --quiet ${wanted}`];
  const constraints = '.venv/constraints.txt';
  return [
    environment,
    `.venv/bin/python3 -I -c ${shellQuote(readLock)} ${lock} > ${constraints}`,
    `.venv/bin/python3 -I -m pip install --quiet -c ${constraints} ${wanted}`,
  ];
}

const readLock = [
  'import sys, collections',
  'toml = __import__("tomllib") if sys.version_info >= (3, 11) else __import__("pip._vendor.tomli", fromlist=["load"])',
  // What comes from a repository or a folder is no release of the index.
  'elsewhere = lambda p: p.get("source", {}).get("type", "legacy") != "legacy" or {"git", "path", "directory", "editable", "virtual"} & {*p, *p.get("source", {})}',
  'packages = [p for p in toml.load(open(sys.argv[1], "rb"))["package"] if "version" in p and not elsewhere(p)]',
  'names = collections.Counter(p["name"] for p in packages)',
  'print(*(p["name"] + "==" + p["version"] for p in packages if names[p["name"]] == 1), sep="\\n")',
].join('; ');

function speaksPostgres(requirements: Requirements | null): boolean | null {
  if (requirements === null) return null;
  if (
    drivers.some((driver) => [...requirements.names].some((name) => name === driver || name.startsWith(`${driver}[`)))
  )
    return true;
  return requirements.installReadsSources || [...requirements.names].some((name) => /postg|^pg/.test(name))
    ? null
    : false;
}

export { readRequirements };

/** Alembic and Flask-Migrate keep their migrations in files that are there or not. */
export function migrationCommand(
  view: FolderView,
  requirements: Requirements | null,
  app: AppObject | null,
): string | null {
  if (view.hasFile('alembic.ini')) return `${besideAlembic(view, app)}alembic upgrade head`;
  if (app !== null && view.hasFile(`${app.home}/alembic.ini`)) return startedIn(app, 'alembic upgrade head');
  if (requirements?.names.has('flask-migrate') !== true || !view.hasFolder('migrations') || app === null) return null;
  // `flask db upgrade` makes the application first: where that makes the tables, the migrations would find them there already.
  return /^[^#\n]*\bcreate_all\(/m.test(view.text(app.file) ?? '')
    ? null
    : startedIn(app, `flask --app ${flaskApp(app)} db upgrade`);
}

/** Its env.py imports the models by the name under which they are served. Migrations in `src/alembic` would hide Alembic itself. */
function besideAlembic(view: FolderView, app: AppObject | null): string {
  return app?.folder === 'src' && !view.hasFolder('src/alembic') ? 'PYTHONPATH=src${PYTHONPATH:+:$PYTHONPATH} ' : '';
}

/** The command in the folder where the application expects to be started. */
export function startedIn(app: AppObject, command: string): string {
  return app.home === '' ? command : `cd ${shellQuote(app.home)} && ${command}`;
}

export function flaskApp(app: AppObject): string {
  return `${app.folder === '' ? '' : `${app.folder}/`}${app.module.replaceAll('.', app.folder === '' ? '.' : '/')}:${app.name}`;
}

/** `--chdir`, `--app-dir`: where a server looks for the module when it stands below `src`. */
export function serverFlag(flag: string, app: AppObject): string {
  return app.folder === '' ? '' : ` ${flag} ${app.folder}`;
}

/** The script that starts its own server, when one has a `__main__` part. */
export function mainScript(view: FolderView): string | null {
  const names = [
    'server.py',
    'app.py',
    'main.py',
    'run.py',
    'wsgi.py',
    '__main__.py',
    'src/server.py',
    'src/app.py',
    'src/main.py',
  ];
  return (
    names.find((name) => /__name__\s*==\s*['"]__main__['"]|serve_forever\(|\.run\(/.test(view.text(name) ?? '')) ?? null
  );
}
