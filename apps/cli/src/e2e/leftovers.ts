import { existsSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import path from 'node:path';

/** What an Assay that has ended may not leave behind. Linux only. */
export interface Leftovers {
  /** Processes that carry the data folder in their command line or environment: Assay's own, PostgreSQL's, backends. */
  readonly processes: readonly string[];
  /** Folders of instances, and records of owners. */
  readonly folders: readonly string[];
}

export const nothing: Leftovers = { processes: [], folders: [] };

export function leftoversOf(home: string): Leftovers {
  const exposed = exposedFolder(home);
  return {
    processes: processesOf(home, exposed),
    folders: [...new Set([home, exposed])].flatMap((place) =>
      ['instances', 'owners'].flatMap((name) => entries(path.join(place, name))),
    ),
  };
}

/** Removes a data folder with what of it stands elsewhere. */
export function removeHome(home: string): void {
  rmSync(exposedFolder(home), { recursive: true, force: true });
  rmSync(home, { recursive: true, force: true });
}

/** As root, what an unprivileged user must reach stands elsewhere; the command lines of its processes name it. */
function exposedFolder(home: string): string {
  const candidates = ['/var/lib', '/var/tmp', '/tmp'].flatMap((parent) =>
    entries(parent)
      .filter((name) => /^assay-[0-9a-f]{12}$/.test(name))
      .map((name) => path.join(parent, name)),
  );
  return candidates.find((folder) => read(path.join(folder, 'belongs-to')).trim() === home) ?? home;
}

function processesOf(home: string, exposed: string): readonly string[] {
  return entries('/proc').flatMap((pid) => {
    if (!/^\d+$/.test(pid) || Number(pid) === process.pid) return [];
    const command = read(`/proc/${pid}/cmdline`).replaceAll('\0', ' ');
    const environment = read(`/proc/${pid}/environ`);
    // Inside of a sandbox a backend's home has another name; the sandbox's own command line says where it stands.
    return [home, exposed].some((folder) => command.includes(folder) || environment.includes(folder))
      ? [`${pid} ${command}`]
      : [];
  });
}

export function entries(folder: string): readonly string[] {
  return existsSync(folder) ? readdirSync(folder) : [];
}

export function read(file: string): string {
  try {
    return readFileSync(file, 'utf8');
  } catch {
    return '';
  }
}
