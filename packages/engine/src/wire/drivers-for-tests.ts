import type { Statement } from '@assay/contract';
import { execFile } from 'node:child_process';
import { createHash } from 'node:crypto';
import { cp, mkdir, mkdtemp, readFile, rename, rm, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { startPostgres, startProxy } from './postgres-for-tests.ts';

const run = promisify(execFile);
const drivers = join(import.meta.dirname, 'drivers');

/** A driver program that is ready to run, or why it is not. */
export type DriverProgram =
  | { readonly ready: true; run(...options: readonly string[]): Promise<unknown> }
  | { readonly ready: false; readonly reason: string };

/** Python with its drivers from PyPI in an environment of its own. */
export function pythonDrivers(): Promise<DriverProgram> {
  return prepared('python', ['requirements.txt'], async (folder) => {
    await run('python3', ['-m', 'venv', join(folder, 'venv')]);
    await run(join(folder, 'venv/bin/python'), ['-m', 'pip', 'install', '-q', '-r', join(folder, 'requirements.txt')]);
  }).then((folder) => program(folder, (at) => [join(at, 'venv/bin/python'), join(drivers, 'python/driver.py')]));
}

/** Java with pgjdbc from Maven Central. */
export function javaDriver(): Promise<DriverProgram> {
  return prepared('java', ['pom.xml', 'src/main/java/Driver.java'], async (folder) => {
    const goals = ['compile', 'dependency:copy-dependencies'];
    await run('mvn', ['-q', '-B', ...goals, '-DoutputDirectory=target/dependency'], { cwd: folder });
  }).then((folder) =>
    program(folder, (at) => [
      'java',
      '-cp',
      `${join(at, 'target/classes')}:${join(at, 'target/dependency')}/*`,
      'Driver',
    ]),
  );
}

/** PHP with PDO, as the system has it. */
export async function phpDriver(): Promise<DriverProgram> {
  try {
    const { stdout } = await run('php', ['-m']);
    if (!stdout.includes('pdo_pgsql')) return { ready: false, reason: 'PHP lacks pdo_pgsql' };
  } catch (error) {
    return { ready: false, reason: String(error) };
  }
  return program(drivers, (at) => ['php', join(at, 'php/driver.php')]);
}

/** With ASSAY_REQUIRE=all nothing may be left out: what is missing then fails. */
export function leftOut(driver: DriverProgram): boolean {
  return !driver.ready && process.env['ASSAY_REQUIRE'] !== 'all';
}

/** What the program printed, and each statement that the proxy saw of it in one line. */
export async function throughProxy(driver: DriverProgram, ...options: readonly string[]) {
  if (!driver.ready) throw new Error(driver.reason);
  const postgres = await startPostgres();
  const through = await startProxy(postgres.port);
  try {
    const printed = await driver.run(...options, String(through.port));
    return { printed, statements: through.proxy.statements().map(inOneLine) };
  } finally {
    await through.stop();
    await postgres.stop();
  }
}

/** `1 extended INSERT 1 | INSERT INTO item VALUES ($1) | [7]`: transaction, protocol, tag or SQLSTATE, text, parameters. */
function inOneLine({ transaction, protocol, command, rows, error, text, parameters }: Statement): string {
  const end = error?.code ?? (rows === null ? 'cut' : `${command} ${rows}`);
  const values = parameters.length > 0 ? ` | ${JSON.stringify(parameters)}` : '';
  return `${transaction ?? '-'} ${protocol} ${end} | ${text}${values}`;
}

function program(folder: string | Error, command: (folder: string) => readonly string[]): DriverProgram {
  if (folder instanceof Error) return { ready: false, reason: folder.message };
  const [file = '', ...parameters] = command(folder);
  return {
    ready: true,
    async run(...options) {
      const { stdout } = await run(file, [...parameters, ...options], { timeout: 60_000 });
      const result: unknown = JSON.parse(stdout);
      return result;
    },
  };
}

/** Installs once for each content of the files that decide, and keeps it beside what npm installs, which goes with it. */
async function prepared(
  language: string,
  files: readonly string[],
  install: (folder: string) => Promise<void>,
): Promise<string | Error> {
  try {
    const hash = createHash('sha256');
    for (const file of files) hash.update(await readFile(join(drivers, language, file)));
    const home = join(import.meta.dirname, '../../../../node_modules/.cache/wire-drivers');
    const folder = join(home, `${language}-${hash.digest('hex').slice(0, 16)}`);
    const marker = join(folder, 'complete');
    if (await exists(marker)) return folder;
    await mkdir(home, { recursive: true });
    await rm(folder, { recursive: true, force: true });
    await cp(join(drivers, language), folder, { recursive: true });
    await install(folder);
    // The marker comes last, so that an installation which broke off is made again.
    await rename(await mkdtemp(join(home, 'done-')), marker);
    return folder;
  } catch (error) {
    const output = error instanceof Error && 'stdout' in error ? String(error.stdout) : '';
    return new Error(`${String(error)}\n${output}`);
  }
}

async function exists(path: string): Promise<boolean> {
  return stat(path).then(
    () => true,
    () => false,
  );
}
