import { parse } from 'smol-toml';
import { Fault, isJsonObject, type JsonObject } from '@assay/contract';
import type { FolderView } from '../folder-view.ts';
import { type Dependency, dependencyOf, hasSource } from './dependency.ts';
import { requirementFiles, requirementLines } from './requirement-files.ts';

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
  /** Why pip cannot be told to install what the project wants; null when it can. */
  readonly trouble: string | null;
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
    trouble: null,
  };
}

function fromRequirementsFile(view: FolderView, file: string): Requirements {
  const beside = view.find(/^(requirements[^/]*|constraints[^/]*|requirements\/[^/]+)\.(txt|in)$/, 1);
  const { required, constraints } = requirementFiles(view, file);
  const lines = [...new Set([...beside, ...required])].flatMap((name) => requirementLines(view, name));
  return {
    file,
    names: namesOf(lines.filter((line) => /^[A-Za-z0-9]/.test(line))),
    arguments: ['-r', file],
    lockFiles: [...new Set([...beside, ...required, ...constraints])],
    lock: null,
    leastPython: null,
    installReadsSources: lines.some((line) => /^(-e|--editable|\.|\/|file:)/.test(line) || /@\s*(file:|\.)/.test(line)),
    trouble: null,
  };
}

function fromPipfile(view: FolderView): Requirements {
  const lock = view.text('Pipfile.lock');
  const packages = tableOf(
    lock === null ? tomlOf(view, 'Pipfile') : jsonOf(lock),
    lock === null ? 'packages' : 'default',
  );
  return {
    file: 'Pipfile',
    ...installing(Object.entries(packages).flatMap(([name, wanted]) => dependencyOf(name, wanted) ?? [])),
    lockFiles: present(view, ['Pipfile', 'Pipfile.lock']),
    lock: null,
    leastPython: null,
  };
}

/** The dependencies alone are installed: an application's folder is seldom a package that pip can build. */
function fromPyproject(view: FolderView): Requirements {
  const whole = tomlOf(view, 'pyproject.toml');
  const project = tableOf(whole, 'project');
  const tool = tableOf(whole, 'tool');
  const listed = Array.isArray(project.dependencies)
    ? project.dependencies.filter((item) => typeof item === 'string')
    : [];
  const { python, ...poetry } = tableOf(tableOf(tool, 'poetry'), 'dependencies');
  // Where what is listed comes from may stand apart from the list.
  const sources = { ...poetry, ...tableOf(tableOf(tool, 'uv'), 'sources') };
  const lock = ['uv.lock', 'poetry.lock', 'pdm.lock'].find((name) => view.hasFile(name)) ?? null;
  return {
    file: 'pyproject.toml',
    ...installing(
      listed.length > 0
        ? listed.flatMap((line) => standard(line, sources) ?? [])
        : Object.entries(poetry).flatMap(([name, wanted]) => dependencyOf(name, wanted) ?? []),
    ),
    lockFiles: ['pyproject.toml', ...(lock === null ? [] : [lock])],
    lock,
    leastPython: leastOf(project['requires-python'] ?? python),
  };
}

/** A line of the standard list, which pip reads as it is, unless a tool's table says where it comes from. */
function standard(line: string, sources: JsonObject): Dependency | null {
  const [, name = '', extras, marker] = /^([A-Za-z0-9._-]+)\s*(?:\[([^\]]*)\])?[^;@]*(?:;\s*(.*))?$/.exec(line) ?? [];
  const [, source] = Object.entries(sources).find(([key]) => normal(key) === normal(name)) ?? [];
  const from = Array.isArray(source) ? source.some(hasSource) : hasSource(source);
  if (name === '' || !from) return { name: line, argument: line, trouble: '', local: false };
  if (!isJsonObject(source)) return dependencyOf(name, source);
  return dependencyOf(name, {
    ...source,
    optional: false,
    ...(extras === undefined ? {} : { extras: extras.split(',').map((extra) => extra.trim()) }),
    ...(marker === undefined ? {} : { markers: marker }),
  });
}

/** What is installed of these, and what stands in the way. */
function installing(
  dependencies: readonly Dependency[],
): Pick<Requirements, 'names' | 'arguments' | 'installReadsSources' | 'trouble'> {
  return {
    names: namesOf(dependencies.map(({ name }) => name)),
    arguments: dependencies.flatMap(({ argument }) => argument ?? []),
    installReadsSources: dependencies.some(({ local }) => local),
    trouble: dependencies.find(({ trouble }) => trouble !== '')?.trouble ?? null,
  };
}

/** The least of `>=3.12`, and of Poetry's `^3.12` and `~3.12`; of several that will do, the least. */
function leastOf(wanted: unknown): Requirements['leastPython'] {
  if (typeof wanted !== 'string') return null;
  const each = wanted.split('||').map((range) => /(?:>=|~=|==|\^|~|^)\s*(\d+)\.(\d+)/.exec(range.trim()));
  const [least] = each
    .map((found): readonly [number, number] => [Number(found?.[1] ?? 0), Number(found?.[2] ?? 0)])
    .sort(([major, minor], [otherMajor, otherMinor]) => major - otherMajor || minor - otherMinor);
  return least === undefined || least[0] === 0 ? null : least;
}

function normal(name: string): string {
  return name.toLowerCase().replace(/[-_.]+/g, '-');
}

function namesOf(specifiers: readonly string[]): ReadonlySet<string> {
  const names = specifiers.flatMap((line) => {
    const [, name = '', extras = ''] = /^([A-Za-z0-9._-]+)\s*(\[[^\]]*\])?/.exec(line) ?? [];
    const base = normal(name);
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
