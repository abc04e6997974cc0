import type { Duplex } from 'node:stream';
import type {
  Canary,
  Exchange,
  Instance,
  RawOptions,
  RawReply,
  RequestSpec,
  StartOutcome,
  UsageSample,
  Wire,
} from '@assay/contract';
import type { BuiltBackend, LaunchFailure, OutputLine, UsageTotals } from './backend.ts';
import { acceptorFor } from './database/acceptor.ts';
import type { Database, DatabaseTemplate } from './database/database.ts';
import type { DatabaseServer } from './database/server.ts';
import { openCanary, type OpenCanary } from './launch/canary.ts';
import { ownerMarker } from './home/owner.ts';
import { removeTree } from './home/remove-tree.ts';
import { createHttpClient, type HttpClient, type SendOptions } from './http/client.ts';
import { launchBackend } from './launch/launch-backend.ts';
import type { RunningBackend, Stopped } from './launch/running-backend.ts';
import type { Sandbox } from './sandbox/choose-sandbox.ts';
import type { EngineRecorder } from './recorder.ts';
import { createWireProxy, type WireProxy } from './wire/wire-proxy.ts';

/** A running, watched backend as the engine gives it; each exchange says which check sent it. */
export interface EngineInstance extends Omit<Instance, 'send'> {
  /** Milliseconds from its start until it answered. */
  readonly readyMs: number;
  /** `127.0.0.1:40321`. Without a sandbox anybody on this machine can reach it there. */
  readonly authority: string;
  /** The outermost process of its tree. */
  readonly pid: number;
  /** How it ended, in words; null while it runs. */
  readonly ending: string | null;
  send(request: RequestSpec, options: SendOptions & { readonly check: string }): Promise<Exchange>;
  totals(): UsageTotals;
  /** Ends it and drops its database. Once is enough, twice does no harm. */
  close(): Promise<void>;
}

interface InstanceOptions {
  readonly id: string;
  readonly built: BuiltBackend;
  readonly server: DatabaseServer | null;
  readonly template: DatabaseTemplate | undefined;
  readonly sandbox: Sandbox;
  readonly scratch: string;
  readonly measured: boolean;
  readonly readinessTimeoutMs?: number | undefined;
  readonly now: () => number;
  readonly recorder: EngineRecorder;
  readonly onOutput: (line: OutputLine) => void;
  readonly nextExchange: () => string;
  readonly signal: AbortSignal;
}

/** Clones a database, puts the wire proxy in front of it, and starts the backend behind both. */
export async function openInstance(options: InstanceOptions): Promise<EngineInstance | LaunchFailure> {
  const { id, server, recorder, now } = options;
  const proxy =
    server === null
      ? null
      : createWireProxy({
          connectUpstream: (onread) => server.connectUpstream(onread),
          now,
          onStatement: (statement) => recorder.statement(id, statement),
        });
  const cloning = server === null ? null : server.createDatabase(options.template);
  cloning?.catch(() => undefined);
  const undo = async (): Promise<void> => {
    await proxy?.close();
    await (await cloning)?.drop();
    await removeTree(options.scratch);
  };
  try {
    const outcome = await launchBackend(options.built, {
      sandbox: options.sandbox,
      scratch: options.scratch,
      // What it keeps in its own files is as new as they are.
      release: server === null,
      database:
        server === null || proxy === null || cloning === null
          ? null
          : cloning.then((database) => acceptorFor(server, database, (socket) => proxy.accept(socket))),
      markers: ownerMarker(),
      measured: options.measured,
      ...(options.readinessTimeoutMs === undefined ? {} : { readinessTimeoutMs: options.readinessTimeoutMs }),
      onOutput: options.onOutput,
      onUsage: (sample) => recorder.usage(id, sample),
      now,
      signal: options.signal,
    });
    if (outcome.launched)
      return new RunningInstance(options, outcome.backend, proxy, (await cloning) ?? null, outcome.durationMs);
    await undo();
    return outcome.failure;
  } catch (error) {
    await undo();
    throw error;
  }
}

class RunningInstance implements EngineInstance {
  readonly id: string;
  readonly readyMs: number;
  readonly #options: InstanceOptions;
  readonly #backend: RunningBackend;
  readonly #proxy: WireProxy | null;
  readonly #database: Database | null;
  readonly #http: HttpClient;
  #check = '';
  #sent = 0;
  #canary: Promise<OpenCanary> | null = null;
  #closed: Promise<void> | null = null;

  constructor(
    options: InstanceOptions,
    backend: RunningBackend,
    proxy: WireProxy | null,
    database: Database | null,
    readyMs: number,
  ) {
    this.id = options.id;
    this.readyMs = readyMs;
    this.#options = options;
    this.#backend = backend;
    this.#proxy = proxy;
    this.#database = database;
    this.#http = createHttpClient({
      connect: () => backend.connect(),
      authority: backend.authority,
      now: options.now,
      nextId: options.nextExchange,
      // One check at a time uses an instance.
      label: () => ({ check: this.#check, instance: this.id }),
    });
  }

  get wire(): Wire | null {
    return this.#proxy;
  }

  get alive(): boolean {
    return this.#backend.alive;
  }

  get pid(): number {
    return this.#backend.pid;
  }

  get authority(): string {
    return this.#backend.authority;
  }

  get ending(): string | null {
    const { ending } = this.#backend;
    if (ending === null) return null;
    return ending.signal === null ? `it exited with status ${ending.code}` : `it was ended by ${ending.signal}`;
  }

  async send(request: RequestSpec, options: SendOptions & { readonly check: string }): Promise<Exchange> {
    this.#check = options.check;
    this.#sent += 1;
    const key = `${this.id}/${this.#sent}`;
    const { recorder, now } = this.#options;
    recorder.exchangeStarted(this.id, key, now());
    const exchange = await this.#http.send(request, options);
    recorder.exchangeEnded(key, exchange);
    return exchange;
  }

  connect(): Promise<Duplex> {
    return this.#backend.connect();
  }

  raw(bytes: Uint8Array, options?: RawOptions): Promise<RawReply> {
    return this.#http.raw(bytes, options);
  }

  /** Its connections to the database end with it: what it has sent and the database has not been given yet is lost, as with a machine. */
  async kill(): Promise<void> {
    this.#proxy?.cutAll();
    await this.#backend.kill();
    // What a rule still holds back had not reached the database when the process died; it must not get there afterwards.
    this.#proxy?.cutAll();
  }

  stop(signal: 'SIGTERM' | 'SIGINT', timeoutMs: number): Promise<Stopped> {
    return this.#backend.stop(signal, timeoutMs);
  }

  async start(): Promise<StartOutcome> {
    const result = await this.#backend.start();
    if (result.started) return { ready: true, durationMs: result.durationMs };
    return { ready: false, reason: result.failure.message, log: result.failure.log };
  }

  async sql(text: string, parameters: readonly unknown[] = []): Promise<readonly Readonly<Record<string, unknown>>[]> {
    const { server } = this.#options;
    if (server === null || this.#database === null) throw new Error('the backend brings its own database');
    return server.query(this.#database.name, text, parameters);
  }

  canary(): Promise<Canary> {
    this.#canary ??= openCanary((onConnection) => this.#backend.listen(onConnection));
    return this.#canary;
  }

  collectGarbage(): Promise<boolean> {
    return this.#backend.collectGarbage();
  }

  log(): readonly string[] {
    return this.#backend.log();
  }

  usage(): readonly UsageSample[] {
    return this.#backend.usage().samples;
  }

  totals(): UsageTotals {
    return this.#backend.usage();
  }

  close(): Promise<void> {
    this.#closed ??= this.#close();
    return this.#closed;
  }

  async #close(): Promise<void> {
    await this.#http.close();
    (await this.#canary?.catch(() => null))?.close();
    await this.#backend.close();
    await this.#proxy?.close();
    await this.#database?.drop();
    await removeTree(this.#options.scratch);
  }
}
