import { existsSync } from 'node:fs';
import { homedir } from 'node:os';
import { basename, dirname, join } from 'node:path';
import { findProgram } from '../detect/toolchain.ts';
import { isWithin, realPath } from './paths.ts';
import { isSystemPath } from './system-view.ts';

/** Folders of programs that choose among versions: what they start stands elsewhere in them. */
const versionManagers = [
  '.pyenv',
  '.asdf',
  '.nvm',
  '.fnm',
  '.volta',
  '.nodenv',
  '.phpenv',
  '.jenv',
  '.goenv',
  '.rbenv',
  '.rvm',
  '.dotnet',
  '.sdkman',
  '.local/share/mise',
];

/**
 * What must be readable for these programs to run, besides the system: absolute paths. The programs are looked for on Assay's own PATH, never in
 * the backend's folder, whose links may point anywhere.
 */
export function toolchainFolders(programs: readonly string[], home = homedir()): readonly string[] {
  const wanted = [process.execPath, ...programs.flatMap((program) => findProgram(program) ?? [])];
  const javaHome = process.env['JAVA_HOME'];
  const found = new Set<string>();
  if (javaHome !== undefined && existsSync(join(javaHome, 'bin', 'java'))) found.add(javaHome);
  for (const program of wanted) {
    const cargo = folderAbove(program, '.cargo/bin');
    if (cargo !== undefined) {
      // The folder above holds passwords for registries, and what these programs start stands elsewhere.
      found.add(cargo);
      found.add(rustupHome(program));
      continue;
    }
    const manager = versionManagers.map((name) => folderAbove(program, name)).find((folder) => folder !== undefined);
    if (manager !== undefined) found.add(manager);
    for (const path of linksTo(program)) found.add(installationOf(path, home));
  }
  return [...found].filter((path) => !isSystemPath(path) && existsSync(path) && !isTooWide(path, home));
}

/** The folder of this name that a program is in: in whose home it stands may differ from who asks (sudo, another HOME). */
function folderAbove(program: string, name: string): string | undefined {
  const at = program.indexOf(`/${name}/`);
  return at < 0 ? undefined : program.slice(0, at + 1 + name.length);
}

/** Where rustup keeps the compilers that this program of its chooses among: in the home that it stands in itself, whosever that is. */
export function rustupHome(program: string): string {
  const cargo = folderAbove(program, '.cargo/bin');
  return process.env['RUSTUP_HOME'] ?? join(cargo === undefined ? homedir() : dirname(dirname(cargo)), '.rustup');
}

/** The program's own path and what it links to in the end. */
function linksTo(program: string): readonly string[] {
  const real = realPath(program);
  return real === null ? [program] : [...new Set([program, real])];
}

/** The folder above `bin` where that holds one installation; else the program's file alone. */
function installationOf(program: string, home: string): string {
  const folder = dirname(program);
  const prefix = dirname(folder);
  const holdsOne =
    basename(folder) === 'bin' &&
    ['lib', 'libexec', 'jmods', 'pkg', 'share'].some((name) => existsSync(join(prefix, name)));
  const isShared = isTooWide(prefix, home) || [join(home, '.local'), '/opt', '/usr/local', '/snap'].includes(prefix);
  if (holdsOne && !isShared) return prefix;
  return program;
}

/** A person's own folder, or one that holds it. */
function isTooWide(path: string, home: string): boolean {
  return isWithin(home, path) || path === '/home' || path === '/';
}
