import { posix } from 'node:path';
import { isJsonObject, type JsonObject } from '@assay/contract';

/** One dependency as Poetry, Pipenv and uv name it, in pip's words. */
export interface Dependency {
  /** With its extras: `psycopg[binary]`. */
  readonly name: string;
  /** The argument of `pip install`; null when pip cannot be told where this comes from. */
  readonly argument: string | null;
  /** Why it cannot, or empty. */
  readonly trouble: string;
  /** True for one that stands in the backend's own folder. */
  readonly local: boolean;
}

const versionControl = ['git', 'hg', 'svn', 'bzr'] as const;

/**
 * Poetry's and Pipenv's way to name a dependency, as pip writes it: `^1.2` becomes `>=1.2,<2`. What comes from a repository, an address
 * or a folder is taken from there: by its bare name, pip would take whatever the package index has under that name. Null for an optional one.
 */
export function dependencyOf(name: string, wanted: unknown): Dependency | null {
  if (Array.isArray(wanted)) {
    // One for each platform or Python: which is meant is told by markers, and the lock file names the version.
    const trouble = wanted.some(hasSource) ? `${name} comes from several places` : '';
    return { name, argument: trouble === '' ? name : null, trouble, local: false };
  }
  if (!isJsonObject(wanted)) return registered(name, '', wanted, '');
  if (wanted.optional === true) return null;
  const extras = Array.isArray(wanted.extras) && wanted.extras.length > 0 ? `[${wanted.extras.join(',')}]` : '';
  const marker = typeof wanted.markers === 'string' ? `; ${wanted.markers}` : '';
  return hasSource(wanted) ? sourced(name, extras, wanted, marker) : registered(name, extras, wanted.version, marker);
}

/** Does it say where it comes from, other than by an index? */
export function hasSource(wanted: unknown): boolean {
  if (!isJsonObject(wanted)) return false;
  return wanted.workspace === true || [...versionControl, 'url', 'file', 'path'].some((key) => isText(wanted[key]));
}

function registered(name: string, extras: string, version: unknown, marker: string): Dependency {
  const range = typeof version === 'string' && version !== '*' ? rangeOf(version) : '';
  return { name: `${name}${extras}`, argument: `${name}${extras}${range}${marker}`, trouble: '', local: false };
}

function sourced(bare: string, extras: string, wanted: JsonObject, marker: string): Dependency {
  const name = `${bare}${extras}`;
  const spaced = marker === '' ? '' : ` ${marker}`;
  const system = versionControl.find((key) => isText(wanted[key]));
  const place = [wanted[system ?? 'url'], wanted.file, wanted.path].find(isText);
  if (place === undefined)
    return {
      name,
      argument: null,
      trouble: `${bare} is another member of its uv workspace (\`workspace = true\`), which pip cannot be told`,
      local: false,
    };
  if (system !== undefined && !/^[./]/.test(place))
    return { name, argument: `${name} @ ${repository(system, place, wanted)}${spaced}`, trouble: '', local: false };
  if (/^\w[\w+.-]*:\/\//.test(place) && !place.startsWith('file:'))
    return { name, argument: `${name} @ ${place}${spaced}`, trouble: '', local: false };
  const path = posix.normalize(place);
  if (system !== undefined || path.startsWith('..') || path.startsWith('/') || place.startsWith('file:'))
    return {
      name,
      argument: null,
      trouble: `${bare} comes from ${place}, which lies outside of this folder`,
      local: false,
    };
  return { name, argument: `./${path}${extras}${spaced}`, trouble: '', local: true };
}

function repository(system: string, place: string, wanted: JsonObject): string {
  const bare = place.startsWith(`${system}+`) ? place.slice(system.length + 1) : place;
  // git@github.com:shop/lib.git, as `git clone` takes it.
  const address = /^[\w.-]+@[\w.-]+:(?!\/)/.test(bare) ? `ssh://${bare.replace(':', '/')}` : bare;
  const revision = [wanted.rev, wanted.tag, wanted.branch, wanted.ref].find(isText);
  const folder = isText(wanted.subdirectory) ? `#subdirectory=${wanted.subdirectory}` : '';
  return `${system}+${address}${revision === undefined ? '' : `@${revision}`}${folder}`;
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

function isText(value: unknown): value is string {
  return typeof value === 'string' && value !== '';
}
