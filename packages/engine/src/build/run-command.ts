import { spawn } from 'node:child_process';
import type { OutputLine, ShellCommand } from '../backend.ts';
import { type BuildLimits, defaultBuildLimits, watchBuild } from './build-limits.ts';
import { lineSplitter } from './output-lines.ts';

/**
 * Puts something around the program that is run: a sandbox. `cwd` is the one folder that the program must be able to write to, besides the
 * caches of its package manager; `readable` are folders outside of it that it must be able to read.
 */
export type WrapCommand = (argv: readonly string[], cwd: string, readable: readonly string[]) => readonly string[];

export interface CommandOptions {
  readonly cwd: string;
  readonly environment: Readonly<Record<string, string>>;
  readonly signal: AbortSignal;
  readonly timeoutMs: number;
  readonly onOutput: (line: OutputLine) => void;
  readonly wrapCommand?: WrapCommand | undefined;
  readonly limits?: BuildLimits | undefined;
  readonly readable?: readonly string[];
}

export interface CommandResult {
  readonly outcome: 'ok' | 'failed' | 'timed-out' | 'exceeded' | 'aborted';
  /** How it ended: `exit status 1`, `signal SIGSEGV`; of one that took too much, what. */
  readonly ending: string;
  /** What it printed, both streams: everything, or its first and its last lines with a note between them. */
  readonly log: readonly string[];
}

/** Tools say first what is wrong (npm, before it explains all its options) or last (compilers); between them anything may stand. */
const kept = { first: 20, last: 60 };

/**
 * Runs beside the command, in its process group: reads a pipe whose other end Assay holds and never writes to. When Assay dies, however it
 * dies, the read ends and the whole group goes with it.
 */
const guard =
  '(read -r never <&3; kill -KILL 0) >/dev/null 2>&1 </dev/null & guard=$!; exec 3<&-; "$@"; status=$?; kill "$guard" 2>/dev/null; exit "$status"';

/** Runs a command by `sh -c` in a process group of its own, which is gone when this resolves. */
export async function runCommand(command: ShellCommand, options: CommandOptions): Promise<CommandResult> {
  if (options.signal.aborted) return { outcome: 'aborted', ending: 'not started', log: [] };
  const argv = ['sh', '-c', command];
  const wrapped = options.wrapCommand?.(argv, options.cwd, options.readable ?? []) ?? argv;
  // By its path: the backend's own settings may name another PATH, and this one runs outside of any sandbox.
  const child = spawn('/bin/sh', ['-c', guard, 'assay-build', ...wrapped], {
    cwd: options.cwd,
    env: options.environment,
    detached: true,
    stdio: ['ignore', 'pipe', 'pipe', 'pipe'],
  });

  const first: string[] = [];
  const last: string[] = [];
  let leftOut = 0;
  const splitters = (['stdout', 'stderr'] as const).map((stream) => {
    const splitter = lineSplitter((line) => {
      if (first.length < kept.first) first.push(line);
      else if (last.push(line) > kept.last) {
        last.shift();
        leftOut += 1;
      }
      options.onOutput({ source: 'build', stream, line });
    });
    child[stream]?.on('data', (chunk: Buffer) => splitter.write(chunk));
    return splitter;
  });
  // The guard's pipe breaks when the group ends; that is no error.
  child.stdio[3]?.on('error', () => {});

  let stopped: 'timed-out' | 'exceeded' | 'aborted' | null = null;
  let exceeded: string | null = null;
  const killGroup = (): void => {
    try {
      if (child.pid !== undefined) process.kill(-child.pid, 'SIGKILL');
    } catch {
      // The group is gone already.
    }
  };
  const stop = (why: 'timed-out' | 'exceeded' | 'aborted') => (): void => {
    stopped ??= why;
    killGroup();
  };
  const onAbort = stop('aborted');
  options.signal.addEventListener('abort', onAbort, { once: true });
  const timer = setTimeout(stop('timed-out'), options.timeoutMs);
  const unwatch = watchBuild(child.pid ?? 0, options.cwd, options.limits ?? defaultBuildLimits, (why) => {
    exceeded = why;
    stop('exceeded')();
  });
  try {
    const ending = await ended(child, killGroup);
    for (const splitter of splitters) splitter.end();
    const log = [...first, ...(leftOut === 0 ? [] : [`… ${leftOut.toLocaleString('en')} lines left out …`]), ...last];
    const outcome = stopped ?? (ending === 'exit status 0' ? 'ok' : 'failed');
    return { outcome, ending: exceeded ?? ending, log };
  } finally {
    unwatch();
    clearTimeout(timer);
    options.signal.removeEventListener('abort', onAbort);
    child.stdio[3]?.destroy();
  }
}

/** Waits for the command's end, clears away what it left running, and for the last of its output. */
function ended(child: ReturnType<typeof spawn>, killGroup: () => void): Promise<string> {
  return new Promise((resolve, reject) => {
    let ending = '';
    child.once('error', reject);
    child.once('exit', (code, signal) => {
      ending = code === null ? `signal ${signal ?? 'unknown'}` : `exit status ${code}`;
      killGroup();
      // A process that left the group may hold the pipes open for ever; what it prints from now on is not the build's.
      setTimeout(() => {
        child.stdout?.destroy();
        child.stderr?.destroy();
      }, 1_000).unref();
    });
    child.once('close', () => resolve(ending));
  });
}
