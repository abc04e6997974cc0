import { parse } from 'smol-toml';
import { Fault, isJsonObject, type JsonObject } from '@assay/contract';
import type { FolderView } from '../folder-view.ts';

/** What a Python project says it needs, and how to install exactly that. */
export interface Requirements {
  /** The file that says so. */
  readonly file: string;
  /** Normalised names without versions: `django`, `psycopg`. */
  readonly names: ReadonlySet<string>;
  /** Arguments of `pip install`. */
  readonly arguments: readonly string[];
  readonly lockFiles: readonly string[];
  /** The lock file of Poetry, uv or PDM beside it: what is installed has the versions it names. Null when there is none. */
  readonly lock: string | null;
  /** The least Python it asks for, as in `>=3.14`; null when it names none. */
  readonly leastPython: readonly [major: number, minor: number] | null;
  /** True when pip reads more than the files above: `-e .`, a path, a VCS address. */
  readonly installReadsSources: boolean;
}

/** Read from requirements.txt, a Pipfile, pyproject.toml, setup.cfg or setup.py, in this order; null when there is none of them. */
export function readRequirements(view: FolderView): Requirements | null {
  const file = [
    'requirements.txt',
    'requirements/production.txt',
    'requirements/prod.txt',
    'requirements/base.txt',
    'requirements.in',
  ].find((name) => view.hasFile(name));
  if (file !== undefined) return fromRequirementsFile(view, file);
  if (view.hasFile('Pipfile')) return fromPipfile(view);
  const project = view.hasFile('pyproject.toml') ? fromPyproject(view) : null;
  // Many a pyproject.toml only configures tools, or names what builds the package.
  return project === null || project.arguments.length === 0 ? (fromSetup(view) ?? project) : project;
}

/** What setup.cfg or setup.py requires, where it is written out as texts: nothing is run to find it out. */
function fromSetup(view: FolderView): Requirements | null {
  const file = ['setup.cfg', 'setup.py'].find((name) => /\binstall_requires\b/.test(view.text(name) ?? ''));
  if (file === undefined) return null;
  const text = (view.text(file) ?? '').replaceAll(/(^|\s)#.*$/gm, '');
  const listed =
    file === 'setup.py'
      ? [...(/\binstall_requires\s*=\s*\[(.*?)\]\s*(?:,|\)|\n)/s.exec(text)?.[1] ?? '').matchAll(/(['"])(.*?)\1/g)].map(
          ([, , one]) => one,
        )
      : (/^install_requires\s*=(.*(?:\n[ \t]+.*)*)/m.exec(text)?.[1] ?? '').split('\n');
  const specifiers = listed.flatMap((one) => (one === undefined || one.trim() === '' ? [] : [one.trim()]));
  if (specifiers.length === 0) return null;
  return {
    file,
    names: namesOf(specifiers),
    arguments: specifiers,
    lockFiles: [file],
    lock: null,
    leastPython: null,
    installReadsSources: false,
  };
}

function fromRequirementsFile(view: FolderView, file: string): Requirements {
  const all = view.find(/^(requirements[^/]*|constraints[^/]*|requirements\/[^/]+)\.(txt|in)$/, 1);
  const lines = all
    .flatMap((name) => (view.text(name) ?? '').split(/\r?\n/))
    .map((line) => line.replace(/(^|\s)#.*$/, '').trim());
  return {
    file,
    names: namesOf(lines.filter((line) => /^[A-Za-z0-9]/.test(line))),
    arguments: ['-r', file],
    lockFiles: all,
    lock: null,
    leastPython: null,
    installReadsSources: lines.some((line) => /^(-e|--editable|\.|\/|file:)/.test(line) || /@\s*(file:|\.)/.test(line)),
  };
}

function fromPipfile(view: FolderView): Requirements {
  const lock = view.text('Pipfile.lock');
  const packages = tableOf(
    lock === null ? tomlOf(view, 'Pipfile') : jsonOf(lock),
    lock === null ? 'packages' : 'default',
  );
  const specifiers = Object.entries(packages).flatMap(([name, wanted]) => specifierOf(name, wanted));
  return {
    file: 'Pipfile',
    names: namesOf(specifiers),
    arguments: specifiers,
    lockFiles: present(view, ['Pipfile', 'Pipfile.lock']),
    lock: null,
    leastPython: null,
    installReadsSources: false,
  };
}

/** The dependencies alone are installed: an application's folder is seldom a package that pip can build. */
function fromPyproject(view: FolderView): Requirements {
  const whole = tomlOf(view, 'pyproject.toml');
  const listed = tableOf(whole, 'project').dependencies;
  const standard = Array.isArray(listed) ? listed.filter((item) => typeof item === 'string') : [];
  const poetry = Object.entries(tableOf(tableOf(tableOf(whole, 'tool'), 'poetry'), 'dependencies')).filter(
    ([name]) => name !== 'python',
  );
  const lock = ['uv.lock', 'poetry.lock', 'pdm.lock'].find((name) => view.hasFile(name)) ?? null;
  const specifiers = standard.length > 0 ? standard : poetry.flatMap(([name, wanted]) => specifierOf(name, wanted));
  return {
    file: 'pyproject.toml',
    names: namesOf(specifiers),
    arguments: specifiers,
    lockFiles: ['pyproject.toml', ...(lock === null ? [] : [lock])],
    lock,
    leastPython: leastOf(tableOf(whole, 'project')['requires-python']),
    installReadsSources: false,
  };
}

function leastOf(wanted: unknown): Requirements['leastPython'] {
  const [, major, minor] = (typeof wanted === 'string' ? /(?:>=|~=|==)\s*(\d+)\.(\d+)/.exec(wanted) : null) ?? [];
  return major === undefined || minor === undefined ? null : [Number(major), Number(minor)];
}

/** Poetry's and Pipenv's way to name a dependency, as pip writes it: `^1.2` becomes `>=1.2,<2`. */
function specifierOf(name: string, wanted: unknown): readonly string[] {
  const version = isJsonObject(wanted) ? wanted.version : wanted;
  if (isJsonObject(wanted) && wanted.optional === true) return [];
  const extras = isJsonObject(wanted) && Array.isArray(wanted.extras) ? `[${wanted.extras.join(',')}]` : '';
  const marker = isJsonObject(wanted) && typeof wanted.markers === 'string' ? `; ${wanted.markers}` : '';
  const range = typeof version === 'string' && version !== '*' ? rangeOf(version) : '';
  return [`${name}${extras}${range}${marker}`];
}

function rangeOf(version: string): string {
  const numbers = version.slice(1).split('.').map(Number);
  const first = numbers.findIndex((number) => number > 0);
  if (version.startsWith('^')) {
    const at = first === -1 ? numbers.length - 1 : first;
    return `>=${version.slice(1)},<${[...numbers.slice(0, at), (numbers[at] ?? 0) + 1].join('.')}`;
  }
  if (version.startsWith('~') && !version.startsWith('~=')) {
    const at = Math.min(1, numbers.length - 1);
    return `>=${version.slice(1)},<${[...numbers.slice(0, at), (numbers[at] ?? 0) + 1].join('.')}`;
  }
  return /^\d/.test(version) ? `==${version}` : version;
}

function namesOf(specifiers: readonly string[]): ReadonlySet<string> {
  const names = specifiers.flatMap((line) => {
    const [, name = '', extras = ''] = /^([A-Za-z0-9._-]+)\s*(\[[^\]]*\])?/.exec(line) ?? [];
    const base = name.toLowerCase().replace(/[-_.]+/g, '-');
    return [
      base,
      ...extras
        .replace(/[[\]\s]/g, '')
        .split(',')
        .filter((extra) => extra !== '')
        .map((extra) => `${base}[${extra}]`),
    ];
  });
  return new Set(names);
}

function tomlOf(view: FolderView, file: string): unknown {
  try {
    return parse(view.text(file) ?? '');
  } catch (error) {
    const why = error instanceof Error ? (error.message.split('\n')[0] ?? '') : String(error);
    throw new Fault('not-a-backend', `${file} is not valid TOML: ${why}`, `Correct ${file}.`, { cause: error });
  }
}

function jsonOf(source: string): unknown {
  try {
    return JSON.parse(source);
  } catch (error) {
    throw new Fault('not-a-backend', 'Pipfile.lock is not valid JSON.', 'Run `pipenv lock` again.', { cause: error });
  }
}

function tableOf(value: unknown, key: string): JsonObject {
  const table = isJsonObject(value) ? value[key] : undefined;
  return isJsonObject(table) ? table : {};
}

function present(view: FolderView, files: readonly string[]): readonly string[] {
  return files.filter((file) => view.hasFile(file));
}
