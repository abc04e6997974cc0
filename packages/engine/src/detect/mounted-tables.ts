import { isJsonObject } from '@assay/contract';
import { parseDocument } from 'yaml';
import type { ShellCommand } from '../backend.ts';
import type { FolderView } from './folder-view.ts';

const code = /\.([cm]?[jt]sx?|py|php)$/;
const tests = /(^|\/)(tests?|__tests__|spec|testdata|mocks?)\/|[._](test|spec)\.|(^|\/)(test_|conftest)/;
/** Of the database that the image of PostgreSQL has made already, or of several, where ours is but one. */
const ofServer = String.raw`^[[:space:]]*(\\c(onnect)?[[:space:]]|create[[:space:]]+database[[:space:]])`;

/**
 * What makes the tables where docker compose mounts files for the image of PostgreSQL to run on a new database, and the backend itself does not read
 * them. Null when there are none. Only a guess: where there are tables without it, it was not needed.
 */
export function mountedTables(view: FolderView): ShellCommand | null {
  const files = mountedFiles(view);
  if (files.length === 0) return null;
  const names = files.map((path) => path.slice(path.lastIndexOf('/') + 1));
  const isRead = view
    .find(code, 6)
    .filter((path) => !tests.test(path))
    .some((path) => {
      const text = view.text(path) ?? '';
      return names.some((name) => text.includes(name));
    });
  return isRead ? null : psqlCommand(view, files);
}

/** Runs files of SQL one after the other on the database of ours. */
export function psqlCommand(view: FolderView, files: readonly string[]): ShellCommand {
  const psql = 'psql -v ON_ERROR_STOP=1';
  const leavesIt = files.some((path) => /^\s*(\\c(onnect)?\s|create\s+database\s)/im.test(view.text(path) ?? ''));
  return leavesIt
    ? `grep -ivhE '${ofServer}' ${files.join(' ')} | ${psql}`
    : `${psql} ${files.map((path) => `-f ${path}`).join(' ')}`;
}

/** The files of SQL that compose mounts for PostgreSQL, in the order in which the image runs them. */
export function mountedFiles(view: FolderView): readonly string[] {
  const composed = view.list('').filter(({ name }) => /^(docker-)?compose[^/]*\.ya?ml$/.test(name));
  const mounts = composed.map(({ name }) => firstMounts(view.text(name) ?? '')).find((found) => found.length > 0) ?? [];
  if (mounts.length === 0) return [];
  return view
    .find(/\.sql$/, 6)
    .filter((path) => mounts.some((one) => path === one || path.slice(0, path.lastIndexOf('/')) === one))
    .filter(isPlain)
    .toSorted();
}

/** What the first database of PostgreSQL mounts that is not there for tests. */
function firstMounts(text: string): readonly string[] {
  const whole = parsed(text);
  const services = isJsonObject(whole) && isJsonObject(whole.services) ? whole.services : {};
  return (
    Object.entries(services)
      .filter(([name, service]) => !/test/i.test(name) && isPostgres(service))
      .map(([, service]) => mountsOf(service))
      .find((mounts) => mounts.length > 0) ?? []
  );
}

/** Null for what is no YAML, or names what is not there, or itself. */
function parsed(text: string): unknown {
  try {
    const document = parseDocument(text);
    return document.errors.length > 0 ? null : document.toJS({ maxAliasCount: 100 });
  } catch {
    return null;
  }
}

function isPostgres(service: unknown): boolean {
  if (!isJsonObject(service)) return false;
  const image = typeof service.image === 'string' ? service.image : '';
  const { environment } = service;
  const given = isJsonObject(environment) ? Object.keys(environment) : Array.isArray(environment) ? environment : [];
  return (
    /postg|pgvector|timescale/i.test(image) ||
    (image === '' && given.some((one) => typeof one === 'string' && one.startsWith('POSTGRES_')))
  );
}

function mountsOf(service: unknown): readonly string[] {
  const volumes = isJsonObject(service) && Array.isArray(service.volumes) ? service.volumes : [];
  return volumes.flatMap((volume: unknown) => {
    const long = isJsonObject(volume) ? `${String(volume.source)}:${String(volume.target)}` : String(volume);
    const [, path] = /^(?:\.\/)?([^:]+?)\/?:\/docker-entrypoint-initdb\.d\b/.exec(long) ?? [];
    return path === undefined ? [] : [path];
  });
}

/** It is written into a command as it stands. */
export function isPlain(path: string): boolean {
  return /^[\w./-]+$/.test(path);
}
