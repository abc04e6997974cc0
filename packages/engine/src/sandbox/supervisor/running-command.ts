import { type ChildProcess, spawn } from 'node:child_process';
import { mkdirSync, writeFileSync } from 'node:fs';
import { constants } from 'node:os';
import { join } from 'node:path';
import type { Readable } from 'node:stream';
import { setTimeout as pause } from 'node:timers/promises';
import { makeRealFolder } from '../../build/real-folder.ts';
import type { Command, Ending, SupervisorMessage } from '../protocol.ts';
import { findInspectable, findMainProcess } from './main-process.ts';
import { OutputLimiter } from './output-limiter.ts';
import type { ProcessRow } from './process-rows.ts';
import type { ProcessTree } from './process-tree.ts';
import { send } from './kill-tree.ts';

const windowMs = 100;

/** One start of the backend, from its first process to the end of that process. */
export class RunningCommand {
  readonly ended: Promise<Ending>;
  #exited = false;
  #ending: Ending | null = null;
  readonly #child: ChildProcess;
  readonly #tree: ProcessTree;
  /** The first process of the backend's own PID namespace; null without one, or before it is known. */
  #init: number | null = null;

  private constructor(child: ChildProcess, tree: ProcessTree, emit: (message: SupervisorMessage) => void) {
    this.#child = child;
    this.#tree = tree;
    const outputs = [forward(child.stdout, 'stdout', emit), forward(child.stderr, 'stderr', emit)];
    this.ended = new Promise((resolve) => {
      const finish = async (code: number | null, signal: string | null): Promise<void> => {
        this.#exited = true;
        // A process that stays behind may hold the pipes open for ever: its output is not waited for.
        await Promise.race([Promise.all(outputs.map((output) => output.closed)), pause(150)]);
        for (const output of outputs) output.flush();
        this.#ending = { ...asEnding(code, signal), survivors: await this.#countSurvivors() };
        emit({ event: 'ended', ending: this.#ending });
        resolve(this.#ending);
      };
      child.once('error', () => void finish(127, null));
      child.once('exit', (code, signal) => void finish(code, signal));
    });
  }

  static async start(
    command: Command,
    privateFolder: string,
    tree: ProcessTree,
    emit: (message: SupervisorMessage) => void,
  ): Promise<RunningCommand> {
    for (const path of command.mountPoints) makeRealFolder(privateFolder, path);
    if (command.environmentFile !== null) {
      mkdirSync(join(privateFolder, 'etc'), { recursive: true });
      writeFileSync(join(privateFolder, 'etc', 'environment'), command.environmentFile, { mode: 0o644 });
    }
    const contained = command.hiddenArgs !== null;
    const child = spawn(command.file, command.args, {
      cwd: command.cwd,
      env: command.environment,
      // A group of its own without a sandbox, so that it can be found; inside one bubblewrap makes a session of its own.
      detached: !contained,
      stdio: ['ignore', 'pipe', 'pipe', ...pipesOf(command)],
    });
    const running = new RunningCommand(child, tree, emit);
    if (child.pid !== undefined) tree.root(child.pid);
    if (contained) {
      if (command.systemCalls !== null) giveWhole(child, 5, Buffer.from(command.systemCalls, 'base64'));
      running.#init = await giveArguments(child, command.hiddenArgs ?? []);
    }
    return running;
  }

  /** Whether its main process has exited; `ended` comes a little later, with what can be told of the end. */
  get exited(): boolean {
    return this.#exited;
  }

  get init(): number | null {
    return this.#init;
  }

  /** False when it has ended already. */
  signal(signal: NodeJS.Signals): boolean {
    const main = this.#main(this.#tree.rows());
    return main !== null && send(main, signal);
  }

  /** Whether it was asked to open Node's inspector, and will. */
  inspect(): boolean {
    const rows = this.#tree.rows();
    const main = this.#main(rows);
    const node = main === null ? null : findInspectable(rows, main);
    return node !== null && send(node, 'SIGUSR1');
  }

  #main(rows: readonly ProcessRow[]): number | null {
    if (this.#ending !== null || this.#child.exitCode !== null || this.#child.pid === undefined) return null;
    const first =
      this.#init === null
        ? this.#child.pid
        : rows
            .filter(({ parent }) => parent === this.#init)
            .sort((a, b) => Number(a.startedAt) - Number(b.startedAt) || a.pid - b.pid)[0]?.pid;
    return first === undefined ? null : findMainProcess(rows, first);
  }

  /** Children of a main process that has just ended may be on their way out too: they are given a moment. */
  async #countSurvivors(): Promise<number> {
    for (let patience = 20; ; patience -= 1) {
      const left = this.#tree.rows().filter(({ pid }) => pid !== this.#init && pid !== this.#child.pid).length;
      if (left === 0 || patience === 0) return left;
      await pause(10);
    }
  }
}

function forward(
  stream: Readable | null,
  name: 'stdout' | 'stderr',
  emit: (message: SupervisorMessage) => void,
): { closed: Promise<void>; flush(): void } {
  const limiter = new OutputLimiter((output) => emit({ event: 'output', stream: name, ...output }));
  let flushed = false;
  stream?.on('data', (chunk: Buffer) => {
    if (!flushed && !limiter.write(chunk)) stream.pause();
  });
  stream?.on('error', () => {});
  const timer = setInterval(() => {
    limiter.nextWindow();
    stream?.resume();
  }, windowMs);
  const closed = new Promise<void>((resolve) => (stream === null ? resolve() : stream.once('close', resolve)));
  return {
    closed,
    flush: () => {
      if (flushed) return;
      flushed = true;
      clearInterval(timer);
      limiter.end();
      // What stays behind and goes on printing gets a broken pipe instead of filling it and waiting for ever.
      stream?.destroy();
    },
  };
}

/** Besides the standard streams: arguments, information, and the filter of system calls. */
function pipesOf({ hiddenArgs, systemCalls }: Command): readonly 'pipe'[] {
  if (hiddenArgs === null) return [];
  return systemCalls === null ? ['pipe', 'pipe'] : ['pipe', 'pipe', 'pipe'];
}

function giveWhole(child: ChildProcess, at: number, bytes: Uint8Array | string): void {
  const input = child.stdio[at];
  input?.on('error', () => {});
  if (input !== null && input !== undefined && 'end' in input) input.end(bytes);
}

/** Hands over bubblewrap's arguments and learns the number of the first process in the new namespace. Null when bubblewrap failed. */
function giveArguments(child: ChildProcess, args: readonly string[]): Promise<number | null> {
  const info = child.stdio[4];
  return new Promise((resolve) => {
    let text = '';
    info?.on('error', () => {});
    info?.on('data', (chunk: Buffer) => (text += chunk.toString('latin1')));
    info?.on('close', () => {
      const pid = /"child-pid":\s*(\d+)/.exec(text)?.[1];
      resolve(pid === undefined ? null : Number(pid));
    });
    giveWhole(child, 3, args.map((arg) => `${arg}\0`).join(''));
  });
}

/** Signals that nothing but a kill or a crash brings about: bubblewrap reports them as 128 + number, as a shell does. */
const fatalSignals = ['SIGKILL', 'SIGSEGV', 'SIGABRT', 'SIGBUS', 'SIGILL', 'SIGFPE', 'SIGXFSZ', 'SIGSYS'] as const;

function asEnding(
  code: number | null,
  signal: string | null,
): { readonly code: number | null; readonly signal: string | null } {
  const fatal = fatalSignals.find((name) => code === 128 + constants.signals[name]);
  return fatal === undefined ? { code, signal } : { code: null, signal: fatal };
}
