import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { getCompileCacheDir } from 'node:module';
import { Server, Socket } from 'node:net';
import { dirname } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { Fault } from '@assay/contract';
import type { Sandbox } from './choose-sandbox.ts';
import { outerArguments } from './outer-arguments.ts';
import { readRow } from './supervisor/process-rows.ts';
import type { Ending, Readiness, Request, SupervisorMessage, SupervisorSettings } from './protocol.ts';

type SupervisorEvent = Extract<SupervisorMessage, { event: string }>;

/** The other end of a supervisor: see supervisor/main.ts. */
export interface SupervisorProcess {
  /** The outermost process, as this machine numbers it. */
  readonly pid: number;
  prepare(request: Omit<Extract<Request, { ask: 'prepare' }>, 'ask'>): Promise<void>;
  start(command: Extract<Request, { ask: 'start' }>['command']): Promise<void>;
  awaitReady(request: Omit<Extract<Request, { ask: 'await-ready' }>, 'ask'>): Promise<Readiness>;
  /** Null when it still runs after that time. */
  awaitEnd(timeoutMs: number): Promise<Ending | null>;
  signal(signal: 'SIGTERM' | 'SIGINT'): Promise<boolean>;
  /** Has its main process open Node's inspector on port 9229; false where that is not Node.js. */
  inspect(): Promise<boolean>;
  kill(): Promise<void>;
  /** A port on the sandbox's loopback; its connections are accepted here. */
  listen(port: number): Promise<Server>;
  /** A connection to a port on the sandbox's loopback. Rejects as `net.connect` does: `code` ECONNREFUSED. */
  connect(port: number): Promise<Socket>;
  /** Ends it and everything in it; resolves when nothing is left. */
  close(): Promise<void>;
}

const program = fileURLToPath(
  new URL(import.meta.url.endsWith('.ts') ? './supervisor/main.ts' : './supervisor.js', import.meta.url),
);

/** Starts a supervisor, in bubblewrap when there is one. It may be asked at once: requests wait for it to be up. */
export function startSupervisor(
  sandbox: Sandbox,
  settings: SupervisorSettings,
  options: {
    readonly diskBytes: number;
    readonly environment: Readonly<Record<string, string>>;
    readonly onEvent: (event: SupervisorEvent) => void;
  },
): SupervisorProcess {
  const inner = [process.execPath, '--disable-warning=ExperimentalWarning', program, JSON.stringify(settings)];
  const argv =
    sandbox.bubblewrap === null
      ? inner
      : [
          sandbox.bubblewrap,
          ...outerArguments({ root: process.getuid?.() === 0, diskBytes: options.diskBytes }),
          ...inner,
        ];
  const child = spawn(argv[0] ?? '', argv.slice(1), {
    cwd: '/',
    env: { PATH: process.env.PATH ?? '/usr/local/bin:/usr/bin:/bin', ...compileCache(), ...options.environment },
    // Ctrl-C in a terminal goes to its whole foreground process group. It is for Assay to deal with, and bubblewrap would die of it.
    detached: true,
    stdio: ['ignore', 'ignore', 'pipe', 'ipc', sandbox.bubblewrap === null ? 'ignore' : 'pipe'],
  });
  return new Connection(child, options.onEvent, sandbox.bubblewrap !== null);
}

/** Where this process keeps what it has compiled, the supervisor finds its own: half of the CPU time of its start, and of its memory. */
function compileCache(): Readonly<Record<string, string>> {
  const folder = getCompileCacheDir();
  // Node names a folder in it after its version.
  return folder === undefined ? {} : { NODE_COMPILE_CACHE: dirname(folder) };
}

class Connection implements SupervisorProcess {
  readonly #child: ChildProcess;
  readonly #onEvent: (event: SupervisorEvent) => void;
  readonly #exited: Promise<unknown>;
  readonly #waiting = new Map<
    number,
    { resolve(answer: { value: unknown; handle: unknown }): void; reject(error: Error): void }
  >();
  readonly #namespace: Promise<number | null>;
  #count = 0;
  #complaint = '';
  #closing = false;

  constructor(child: ChildProcess, onEvent: (event: SupervisorEvent) => void, isolated: boolean) {
    this.#child = child;
    this.#onEvent = onEvent;
    child.stderr?.on(
      'data',
      (chunk: Buffer) => (this.#complaint = (this.#complaint + chunk.toString('utf8')).slice(-2_000)),
    );
    this.#namespace = isolated ? firstProcess(child) : Promise.resolve(null);
    this.#exited = new Promise<void>((resolve) => {
      child.once('exit', () => resolve());
      child.once('error', (error) => {
        this.#complaint += error.message;
        resolve();
      });
    });
    void this.#exited.then(() => this.#end());
    child.on('message', (message: SupervisorMessage, handle: unknown) => this.#take(message, handle));
  }

  get pid(): number {
    return this.#child.pid ?? -1;
  }

  async prepare(request: Omit<Extract<Request, { ask: 'prepare' }>, 'ask'>): Promise<void> {
    await this.#ask({ ask: 'prepare', ...request });
  }

  async start(command: Extract<Request, { ask: 'start' }>['command']): Promise<void> {
    await this.#ask({ ask: 'start', command });
  }

  async awaitReady(request: Omit<Extract<Request, { ask: 'await-ready' }>, 'ask'>): Promise<Readiness> {
    return (await this.#ask({ ask: 'await-ready', ...request })).value as Readiness;
  }

  async awaitEnd(timeoutMs: number): Promise<Ending | null> {
    return (await this.#ask({ ask: 'await-end', timeoutMs })).value as Ending | null;
  }

  async signal(signal: 'SIGTERM' | 'SIGINT'): Promise<boolean> {
    return (await this.#ask({ ask: 'signal', signal })).value === true;
  }

  async inspect(): Promise<boolean> {
    return (await this.#ask({ ask: 'inspect' })).value === true;
  }

  async kill(): Promise<void> {
    await this.#ask({ ask: 'kill' });
  }

  async listen(port: number): Promise<Server> {
    const { handle } = await this.#ask({ ask: 'listen', port });
    if (!(handle instanceof Server)) throw this.#lost();
    return handle;
  }

  async connect(port: number): Promise<Socket> {
    const { handle } = await this.#ask({ ask: 'connect', port });
    // Without a handle: the connection ended on its way to us.
    if (!(handle instanceof Socket))
      throw Object.assign(new Error('The connection was reset.'), { code: 'ECONNRESET' });
    return handle;
  }

  async close(): Promise<void> {
    this.#closing = true;
    if (this.#child.connected) {
      await Promise.race([this.#ask({ ask: 'kill' }).catch(() => {}), pause(10_000, undefined, { ref: false })]);
      if (this.#child.connected) this.#child.disconnect();
    }
    const timer = setTimeout(() => this.#child.kill('SIGKILL'), 2_000);
    await this.#exited;
    clearTimeout(timer);
    const first = await this.#namespace;
    if (first !== null) await untilGone(first);
  }

  #ask(request: Request): Promise<{ readonly value: unknown; readonly handle: unknown }> {
    return new Promise((resolve, reject) => {
      if (!this.#child.connected) return reject(this.#lost());
      const id = ++this.#count;
      this.#waiting.set(id, { resolve, reject });
      this.#child.send({ id, request }, (error) => {
        if (error !== null && this.#waiting.delete(id)) reject(this.#lost());
      });
    });
  }

  #take(message: SupervisorMessage, handle: unknown): void {
    if ('event' in message) return this.#onEvent(message);
    const waiting = this.#waiting.get(message.reply);
    this.#waiting.delete(message.reply);
    if (waiting === undefined) {
      if (handle instanceof Socket) handle.destroy();
      if (handle instanceof Server) handle.close();
    } else if ('error' in message)
      waiting.reject(Object.assign(new Error(message.error.message), { code: message.error.code }));
    else waiting.resolve({ value: message.value, handle });
  }

  #end(): void {
    for (const { reject } of this.#waiting.values()) reject(this.#lost());
    this.#waiting.clear();
    if (!this.#closing) this.#onEvent({ event: 'ended', ending: { code: null, signal: 'SIGKILL', survivors: 0 } });
  }

  #lost(): Fault {
    const why = this.#complaint.trim() === '' ? '' : `: ${this.#complaint.trim()}`;
    return new Fault('internal', `The supervisor of the backend has ended${why}.`);
  }
}

/** The first process in the sandbox's PID namespace: when it is gone, all in it are. */
async function firstProcess(child: ChildProcess): Promise<number | null> {
  const info = child.stdio[4];
  if (info === null || info === undefined || !('on' in info)) return null;
  let text = '';
  info.on('data', (chunk: Buffer) => (text += chunk.toString('latin1')));
  info.on('error', () => {});
  await once(info, 'close');
  const pid = /"child-pid":\s*(\d+)/.exec(text)?.[1];
  return pid === undefined ? null : Number(pid);
}

async function untilGone(pid: number): Promise<void> {
  while (isAlive(pid)) await pause(1);
}

/** A process that has ended, but was not waited for by its parent yet, counts as gone: the kernel has ended its whole namespace by then. */
function isAlive(pid: number): boolean {
  const row = readRow(pid);
  return row !== null && !row.zombie;
}
