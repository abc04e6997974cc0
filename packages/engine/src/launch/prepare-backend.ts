import { randomUUID } from 'node:crypto';
import type { Socket } from 'node:net';
import type { SandboxReport } from '@assay/contract';
import type { BuiltBackend, LaunchFailure, ShellCommand, UsageTotals } from '../backend.ts';
import { removeTree } from '../home/remove-tree.ts';
import { BackendLog } from '../observe/backend-log.ts';
import { collectGarbage, inspectorPort } from '../observe/node-inspector.ts';
import { UsageRecord } from '../observe/usage-record.ts';
import { defaultLimits, type SandboxLimits } from '../sandbox/limits.ts';
import { privateFolder } from '../sandbox/outer-arguments.ts';
import type { Ending, SupervisorMessage } from '../sandbox/protocol.ts';
import { startSupervisor, type SupervisorProcess } from '../sandbox/supervisor-process.ts';
import { unprivilegedUser } from '../sandbox/unprivileged-user.ts';
import { Door, findFreePort, refuseTaken } from './door.ts';
import { backendEnvironment } from './environment.ts';
import { ungivenVariables } from './example-variables.ts';
import { describeFailure, type FailureContext, limitInWords, releaseFailure } from './failure.ts';
import { type Housing, plainHousing, sandboxHousing } from './housing.ts';
import type { DatabaseAcceptor, LaunchOptions, RunningBackend, StartResult, Stopped } from './running-backend.ts';

const markerVariable = 'ASSAY_BACKEND';
/** In a namespace of its own: below the ports that the kernel gives to connections. */
const firstFurtherPort = 27_190;
const defaultReadinessMs = 120_000;
const defaultOnceMs = 120_000;

/** Makes the sandbox and the backend's private files, ready for `start`. Whoever calls it has to `close` what it returns. */
export async function prepareBackend(built: BuiltBackend, options: LaunchOptions): Promise<RunningBackend> {
  options.signal?.throwIfAborted();
  const backend = new PreparedBackend(built, options);
  try {
    await backend.prepare();
    return backend;
  } catch (error) {
    await backend.close();
    throw error;
  }
}

class PreparedBackend implements RunningBackend {
  readonly sandbox: SandboxReport;
  readonly #built: BuiltBackend;
  readonly #options: LaunchOptions;
  readonly #limits: SandboxLimits;
  readonly #housing: Housing;
  readonly #supervisor: SupervisorProcess;
  readonly #marker = randomUUID();
  readonly #log: BackendLog;
  readonly #usage = new UsageRecord();
  readonly #now: () => number;
  readonly #exitListeners = new Set<(ending: Ending) => void>();
  readonly #onAbort = (): void => void this.close();
  #door: Door | null = null;
  /** Further ports that were opened for it. */
  readonly #doors: Door[] = [];
  #database: DatabaseAcceptor | null = null;
  #port = 0;
  #running: 'backend' | 'release' | null = null;
  #ending: Ending | null = null;
  #limit: string | null = null;
  #unwatch: (() => void) | undefined;
  #closed: Promise<void> | null = null;

  constructor(built: BuiltBackend, options: LaunchOptions) {
    this.#built = built;
    this.#options = options;
    this.sandbox = options.sandbox.report;
    this.#limits = { ...defaultLimits, ...options.limits };
    this.#now = options.now ?? (() => performance.now());
    this.#log = new BackendLog((line) => options.onOutput?.(line));
    const { bubblewrap } = options.sandbox;
    const user = bubblewrap === null ? null : unprivilegedUser();
    this.#housing =
      bubblewrap === null
        ? plainHousing(built, options.scratch, this.#limits)
        : sandboxHousing(built, bubblewrap, {
            limits: this.#limits,
            user,
            readable: options.readable ?? [],
          });
    this.#supervisor = startSupervisor(
      options.sandbox,
      {
        isolated: bubblewrap !== null,
        privateFolder: bubblewrap === null ? options.scratch : privateFolder,
        limits: this.#limits,
        owner: user,
        marker: `${markerVariable}=${this.#marker}`,
      },
      { diskBytes: this.#limits.diskBytes, environment: options.markers ?? {}, onEvent: (event) => this.#take(event) },
    );
    options.signal?.addEventListener('abort', this.#onAbort, { once: true });
  }

  async prepare(): Promise<void> {
    this.#port = this.#housing.port ?? this.#built.detected.port ?? (await findFreePort());
    const [acceptor] = await Promise.all([this.#options.database, this.#housing.prepare(this.#supervisor)]);
    this.#options.signal?.throwIfAborted();
    if (acceptor === null) return;
    this.#database = acceptor;
    const allowed = this.#limits.databaseBytes;
    this.#unwatch = acceptor.watchSize?.(allowed, (used) => {
      if (this.#running !== null) this.#pass({ limit: 'database', used, allowed });
      this.kill().catch(() => undefined);
    });
    this.#door = await Door.open(
      this.#housing.databasePort,
      (port) => this.#housing.listen(this.#supervisor, port),
      (socket) => acceptor.onConnection(socket),
    );
    if (this.#closed === null) return;
    // Closed while it was being opened: an abort does not wait, and what nobody ends would keep Assay from ending.
    this.#unwatch?.();
    await this.#door.setOpen(false);
    this.#options.signal?.throwIfAborted();
  }

  get authority(): string {
    return `127.0.0.1:${this.#port}`;
  }

  get pid(): number {
    return this.#supervisor.pid;
  }

  get alive(): boolean {
    return this.#running === 'backend';
  }

  get ending(): Ending | null {
    return this.alive ? null : this.#ending;
  }

  connect(): Promise<Socket> {
    return this.#housing.connect(this.#supervisor, this.#port);
  }

  async start(): Promise<StartResult> {
    const startedAt = performance.now();
    const timeoutMs = this.#options.readinessTimeoutMs ?? defaultReadinessMs;
    const wanted = this.#housing.port === null ? this.#built.detected.port : undefined;
    if (wanted !== undefined && this.#running !== null) await this.#supervisor.kill();
    if (wanted !== undefined) await refuseTaken(wanted);
    for (let attempt = 1; ; attempt += 1) {
      await this.#run(this.#built.detected.start, 'backend');
      const own = [...(this.#door === null ? [] : [this.#door]), ...this.#doors];
      const ignorePorts = this.#housing.port === null ? [] : own.map(({ port }) => port);
      const readiness = await this.#supervisor.awaitReady({ port: this.#port, timeoutMs, ignorePorts });
      // An abort has killed it: that is no failure of its own.
      this.#options.signal?.throwIfAborted();
      if (readiness.state === 'ready') return { started: true, durationMs: performance.now() - startedAt };
      await this.#supervisor.kill();
      this.#options.signal?.throwIfAborted();
      const taken =
        this.#housing.port === null &&
        readiness.state === 'ended' &&
        /EADDRINUSE|already in use/i.test(this.#log.last(50).join('\n'));
      if (taken && attempt < 3) {
        // Somebody took the port between our look and the backend's.
        this.#port = await findFreePort();
        continue;
      }
      return {
        started: false,
        failure: describeFailure(readiness, { ...this.#context(), command: this.#built.detected.start, timeoutMs }),
      };
    }
  }

  async runOnce(command: ShellCommand, options: { readonly timeoutMs?: number } = {}): Promise<LaunchFailure | null> {
    const timeoutMs = options.timeoutMs ?? defaultOnceMs;
    await this.#run(command, 'release');
    const ending = await this.#supervisor.awaitEnd(timeoutMs);
    await this.#supervisor.kill();
    this.#options.signal?.throwIfAborted();
    if (ending?.code === 0 && this.#limit === null) return null;
    return releaseFailure(command, ending, timeoutMs, this.#context());
  }

  kill(): Promise<void> {
    return this.#supervisor.kill();
  }

  async stop(signal: 'SIGTERM' | 'SIGINT', timeoutMs: number): Promise<Stopped> {
    const startedAt = performance.now();
    const ending = (await this.#supervisor.signal(signal)) ? await this.#supervisor.awaitEnd(timeoutMs) : this.#ending;
    return { exited: ending !== null, durationMs: performance.now() - startedAt };
  }

  async collectGarbage(): Promise<boolean> {
    if (this.#housing.port === null || !(await this.#supervisor.inspect())) return false;
    return collectGarbage(() => this.#housing.connect(this.#supervisor, inspectorPort));
  }

  async setDatabaseReachable(reachable: boolean): Promise<void> {
    await this.#door?.setOpen(reachable);
  }

  async listen(onConnection: (socket: Socket) => void): Promise<number> {
    const wish = this.#housing.port === null ? 0 : firstFurtherPort + this.#doors.length;
    const door = await Door.open(wish, (port) => this.#housing.listen(this.#supervisor, port), onConnection);
    this.#doors.push(door);
    // Closed meanwhile: nobody else would shut it.
    if (this.#closed !== null) await door.setOpen(false);
    return door.port;
  }

  onExit(listener: (ending: Ending) => void): () => void {
    this.#exitListeners.add(listener);
    return () => void this.#exitListeners.delete(listener);
  }

  log(): readonly string[] {
    return this.#log.lines();
  }

  usage(): UsageTotals {
    return this.#usage.totals();
  }

  close(): Promise<void> {
    return (this.#closed ??= this.#close());
  }

  async #close(): Promise<void> {
    this.#options.signal?.removeEventListener('abort', this.#onAbort);
    this.#unwatch?.();
    for (const door of [this.#door, ...this.#doors]) await door?.setOpen(false);
    await this.#supervisor.close();
    if (this.#options.sandbox.bubblewrap === null) await removeTree(this.#options.scratch);
  }

  async #run(command: ShellCommand, source: 'backend' | 'release'): Promise<void> {
    this.#options.signal?.throwIfAborted();
    this.#limit = null;
    if (this.#running !== null) await this.#supervisor.kill();
    this.#log.source = source;
    this.#ending = null;
    this.#running = source;
    await this.#supervisor.start(this.#housing.command(command, this.#environment()));
  }

  #environment(): Readonly<Record<string, string>> {
    const host = '127.0.0.1';
    return backendEnvironment({
      built: this.#built,
      listen: { host, port: this.#port },
      database:
        this.#database === null || this.#door === null
          ? null
          : { at: { host, port: this.#door.port }, login: this.#database.login },
      home: this.#housing.home,
      temporary: this.#housing.temporary,
      memoryBytes: this.#limits.memoryBytes,
      measured: this.#options.measured ?? false,
      markers: { ...this.#options.markers, [markerVariable]: this.#marker },
    });
  }

  #context(): Omit<FailureContext, 'command' | 'timeoutMs'> {
    return {
      port: this.#port,
      databasePort: this.#door?.port ?? null,
      log: this.#log.lines(),
      ungiven: ungivenVariables(this.#built.folder, this.#environment()),
      limit: this.#limit,
    };
  }

  #pass(limit: Parameters<typeof limitInWords>[0]): void {
    this.#limit = limitInWords(limit);
    this.#log.write('stderr', `[assay] ${this.#limit}\n`, null);
  }

  #take(event: Extract<SupervisorMessage, { event: string }>): void {
    switch (event.event) {
      case 'up':
        return;
      case 'output':
        return this.#log.write(event.stream, event.text, event.dropped);
      case 'usage': {
        const sample = this.#usage.add(this.#now(), event.cpuSeconds, event.rssBytes);
        return this.#options.onUsage?.(sample);
      }
      case 'limit':
        return this.#pass(event);
      case 'ended': {
        this.#log.end();
        const was = this.#running;
        this.#running = null;
        this.#ending = event.ending;
        if (was === 'backend') for (const listener of this.#exitListeners) listener(event.ending);
        return;
      }
      default:
        return event satisfies never;
    }
  }
}
