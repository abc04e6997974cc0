import { type ChildProcess, spawn } from 'node:child_process';
import { chownSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import type { Language } from '../question/predict.ts';
import { limited } from './limits.ts';
import { asUser, type LoneUser } from './lone-user.ts';
import { findSandbox, userOf, walls } from './sandbox.ts';
import { findToolchain } from './toolchain.ts';

export interface ProgramRun {
  readonly language: Language;
  /** File names to texts; no folders. */
  readonly files: Readonly<Record<string, string>>;
  /** The file that is run; for Java the name of its main class's file. */
  readonly main: string;
  readonly env?: Readonly<Record<string, string>>;
  /** What stands on its standard input; nothing by default. */
  readonly input?: string;
  /** Default 10 s. */
  readonly timeoutMs?: number;
}

export interface ProgramResult {
  readonly ended: 'exit' | 'timeout' | 'too-much-output';
  readonly status: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

const mostOutput = 200_000;

/** True when this machine can run programs of the language. */
export function canRun(language: Language): boolean {
  return findToolchain(language) !== null;
}

/** Runs a small program to its end, without network, without files of the machine, for ten seconds at most, and within limits of what it may use; null when the language is not there. */
export async function runProgram(run: ProgramRun): Promise<ProgramResult | null> {
  const toolchain = findToolchain(run.language);
  if (toolchain === null) return null;
  const folder = mkdtempSync(path.join(tmpdir(), 'assay-program-'));
  try {
    for (const [name, text] of Object.entries(run.files)) writeFileSync(path.join(folder, path.basename(name)), text);
    const inside = findSandbox() === null ? folder : '/assay-program';
    const command = commandOf(run, toolchain.command, inside);
    return await execute(command, folder, inside, toolchain.folders, run);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

function commandOf({ language, files, main }: ProgramRun, interpreter: string, folder: string): readonly string[] {
  const file = path.posix.join(folder, main);
  switch (language) {
    case 'node':
      return [
        interpreter,
        '--max-old-space-size=256',
        '--permission',
        `--allow-fs-read=${folder}`,
        '--disable-warning=ExperimentalWarning',
        file,
      ];
    case 'python':
      return [
        interpreter,
        '-I',
        '-c',
        `import sys, runpy; sys.path.insert(0, ${JSON.stringify(folder)}); sys.dont_write_bytecode = True; runpy.run_path(${JSON.stringify(file)}, run_name="__main__")`,
      ];
    case 'php':
      return [
        interpreter,
        '-d',
        'memory_limit=256M',
        '-d',
        'display_errors=stderr',
        '-d',
        `open_basedir=${folder}`,
        file,
      ];
    case 'java': {
      const quick = ['-Xmx256m', '-Xshare:auto', '-XX:TieredStopAtLevel=1', '-XX:+UseSerialGC'];
      if (Object.keys(files).length === 1) return [interpreter, ...quick, file];
      const compiler = path.join(path.dirname(interpreter), 'javac');
      const sources = Object.keys(files).map((name) => `'${path.posix.join(folder, name)}'`);
      const flags = quick.map((flag) => `-J${flag}`).join(' ');
      return [
        '/bin/sh',
        '-c',
        `mkdir /tmp/out.$$ && '${compiler}' ${flags} -d /tmp/out.$$ ${sources.join(' ')} && '${interpreter}' ${quick.join(' ')} -cp /tmp/out.$$ ${path.basename(main, '.java')}; status=$?; rm -r /tmp/out.$$; exit $status`,
      ];
    }
  }
  return language satisfies never;
}

function execute(
  command: readonly string[],
  folder: string,
  inside: string,
  folders: readonly string[],
  run: ProgramRun,
): Promise<ProgramResult> {
  const env = { PATH: '/usr/bin:/bin', LANG: 'C.UTF-8', TZ: 'UTC', NO_COLOR: '1', ...run.env };
  const sandbox = findSandbox();
  const user = userOf(sandbox);
  if (user !== null) giveTo(user, folder);
  const settings = Object.entries(env).flatMap(([name, value]) => ['--setenv', name, value]);
  const bounded = [...limited(run.language, sandbox !== null), ...command];
  const [program = '', ...given] =
    sandbox === null
      ? bounded
      : [
          sandbox.command,
          ...walls(sandbox, folders, ['--ro-bind', folder, inside]),
          ...settings,
          '--chdir',
          inside,
          '--',
          ...asUser(user),
          ...bounded,
        ];
  const child = spawn(program, given, { cwd: folder, env, stdio: 'pipe', detached: true });
  // It may end without having read.
  child.stdin.on('error', () => undefined);
  child.stdin.end(run.input ?? '');
  return new Promise((resolve) => {
    let ended: ProgramResult['ended'] = 'exit';
    const stop = (why: ProgramResult['ended']): void => {
      ended = why;
      killGroup(child);
    };
    const timer = setTimeout(() => stop('timeout'), run.timeoutMs ?? 10_000);
    const stdout = collect(child.stdout, () => stop('too-much-output'));
    const stderr = collect(child.stderr, () => stop('too-much-output'));
    child.on('error', () => undefined);
    child.on('close', (status) => {
      clearTimeout(timer);
      resolve({ ended, status, stdout: stdout(), stderr: stderr() });
    });
  });
}

function giveTo({ id }: LoneUser, folder: string): void {
  for (const name of readdirSync(folder)) chownSync(path.join(folder, name), id, id);
  chownSync(folder, id, id);
}

function collect(stream: NodeJS.ReadableStream, tooMuch: () => void): () => string {
  const parts: Buffer[] = [];
  let size = 0;
  stream.on('data', (part: Buffer) => {
    size += part.length;
    if (size > mostOutput) tooMuch();
    else parts.push(part);
  });
  return () => Buffer.concat(parts).toString('utf8');
}

/** The whole process group, so that nothing which the program started stays. */
function killGroup(child: ChildProcess): void {
  if (child.pid === undefined) return;
  try {
    process.kill(-child.pid, 'SIGKILL');
  } catch {
    // It has just ended.
  }
}
