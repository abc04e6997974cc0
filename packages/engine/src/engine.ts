import { createHash } from 'node:crypto';
import { Fault, type SandboxReport } from '@assay/contract';
import {
  type BuiltBackend,
  isLaunchFailure,
  type LaunchFailure,
  type OutputLine,
  type ShellCommand,
} from './backend.ts';
import type { DatabaseTemplate } from './database/database.ts';
import { openDatabaseServer } from './database/open.ts';
import { migrationTools } from './detect/go/migrations.ts';
import type { DatabaseServer } from './database/server.ts';
import type { Home } from './home/home.ts';
import { createOwnedFolder } from './home/owned-folder.ts';
import { recordProcessGroup } from './home/process-record.ts';
import { sweep } from './home/sweep.ts';
import { Teardown } from './home/teardown.ts';
import { type EngineInstance, openInstance } from './instance.ts';
import type { EngineRecorder } from './recorder.ts';
import { runRelease } from './release.ts';
import { chooseSandbox, type Sandbox, type SandboxMode } from './sandbox/choose-sandbox.ts';

export interface EngineOptions {
  readonly home: Home;
  readonly sandbox: SandboxMode;
  readonly database: 'postgres' | 'none';
  /** The DATABASE_URL that Assay itself was given, if any. */
  readonly ownServer: string | undefined;
  /** Instances are named `<prefix>-1`, `<prefix>-2` … Default `i`. */
  readonly instancePrefix?: string;
  /** How long a backend may take until it answers. Default 120 s. */
  readonly readinessTimeoutMs?: number | undefined;
  /** Milliseconds since the start of the run. */
  readonly now: () => number;
  readonly recorder: EngineRecorder;
  /** Told of what could not be removed or ended, in a sentence; it harms no judgement. */
  readonly onTrouble?: ((what: string) => void) | undefined;
  readonly signal: AbortSignal;
}

/** What it takes to run one backend any number of times: a database server, a sandbox, and the undoing of all that is started. */
export interface Engine {
  readonly sandbox: SandboxReport;
  /** A release command that nobody had asked for and that failed, where the backend makes its tables without it. */
  readonly leftOut: ShellCommand | null;
  /** Names the backend to launch, and runs its release command into a template that every instance's database is a clone of. */
  use(built: BuiltBackend): Promise<LaunchFailure | null>;
  /** Starts another instance, with a fresh database. Where its speed is to be `measured`, it runs as it would anywhere; otherwise it starts sooner. */
  launch(options?: { readonly measured?: boolean }): Promise<EngineInstance | LaunchFailure>;
  /** Ends every instance, drops every database. Never rejects. */
  close(): Promise<void>;
}

/** Opens the engine and sweeps what killed Assays left behind. Throws faults of the kind `surroundings`. */
export async function openEngine(options: EngineOptions): Promise<Engine> {
  const teardown = new Teardown();
  try {
    const { problems } = await sweep(options.home, { signal: options.signal });
    for (const problem of problems) options.onTrouble?.(`What an earlier Assay left behind is still there. ${problem}`);
    const [sandbox, server] = await Promise.all([
      chooseSandbox({ mode: options.sandbox }),
      options.database === 'none'
        ? null
        : teardown.setUp(
            'PostgreSQL',
            () => openDatabaseServer(options.home, { signal: options.signal, ownServer: options.ownServer }),
            (opened) => opened.release(),
          ),
    ]);
    return new RunningEngine(options, teardown, sandbox, server);
  } catch (error) {
    await teardown.run();
    throw error;
  }
}

class RunningEngine implements Engine {
  readonly #options: EngineOptions;
  readonly #teardown: Teardown;
  readonly #sandbox: Sandbox;
  readonly #server: DatabaseServer | null;
  #built: BuiltBackend | null = null;
  #template: DatabaseTemplate | undefined;
  /** How a guessed release command failed, until the first instance shows whether it was needed. */
  #doubtful: LaunchFailure | null = null;
  #leftOut: ShellCommand | null = null;
  #instances = 0;
  #exchanges = 0;

  constructor(options: EngineOptions, teardown: Teardown, sandbox: Sandbox, server: DatabaseServer | null) {
    this.#options = options;
    this.#teardown = teardown;
    this.#sandbox = sandbox;
    this.#server = server;
  }

  get sandbox(): SandboxReport {
    return this.#sandbox.report;
  }

  get leftOut(): ShellCommand | null {
    return this.#leftOut;
  }

  async use(built: BuiltBackend): Promise<LaunchFailure | null> {
    this.#built = built;
    const { release } = built.detected;
    const server = this.#server;
    if (release === null || server === null) return null;
    const key = createHash('sha256')
      .update(
        `${built.detected.sourceHash}\0${release}\0${server.version}\0${JSON.stringify([built.detected.environment, built.detected.databaseVariables])}`,
      )
      .digest('hex');
    let failure: LaunchFailure | null = null;
    try {
      this.#template = await server.createTemplate(key, async (database) => {
        failure = await runRelease(
          built,
          release,
          { server, database },
          { ...this.#place('release'), sandbox: this.#sandbox, signal: this.#options.signal },
        );
        if (failure !== null) throw new Error('the release command failed');
      });
    } catch (error) {
      if (failure === null) throw error;
    }
    if (failure === null || built.detected.releaseIsGuess !== true) return failure;
    this.#doubtful = failure;
    return null;
  }

  async launch({ measured = false } = {}): Promise<EngineInstance | LaunchFailure> {
    const opened = await this.#launch(measured);
    const failure = this.#doubtful;
    if (failure === null) return opened;
    if (isLaunchFailure(opened) || (await hasNoTables(opened))) {
      if (!isLaunchFailure(opened)) await opened.close();
      requireProgram(failure, this.#built?.detected.release ?? null);
      return failure;
    }
    this.#doubtful = null;
    this.#leftOut = failure.command;
    return opened;
  }

  async #launch(measured: boolean): Promise<EngineInstance | LaunchFailure> {
    const built = this.#built;
    if (built === null) throw new Error('no backend was named before the launch');
    this.#instances += 1;
    const id = `${this.#options.instancePrefix ?? 'i'}-${this.#instances}`;
    // Queued with its undoing first: one that comes up when everything is already being taken down goes down with the rest. Whoever is
    // done with an instance earlier closes it, and closing twice does no harm.
    let forget = (): void => undefined;
    return this.#teardown.setUp(
      `instance ${id}`,
      async () => {
        const opened = await openInstance({
          id,
          built,
          server: this.#server,
          template: this.#template,
          sandbox: this.#sandbox,
          measured,
          ...this.#place(id),
          readinessTimeoutMs: this.#options.readinessTimeoutMs,
          now: this.#options.now,
          recorder: this.#options.recorder,
          nextExchange: () => `e-${(this.#exchanges += 1)}`,
          signal: this.#options.signal,
        });
        if (!isLaunchFailure(opened)) forget = recordProcessGroup(this.#options.home, opened.pid);
        return opened;
      },
      async (opened) => {
        if (!isLaunchFailure(opened)) await opened.close();
        forget();
      },
    );
  }

  async close(): Promise<void> {
    for (const { name, message } of await this.#teardown.run())
      this.#options.onTrouble?.(`${name} could not be taken down: ${message}.`);
  }

  /** Where an instance has its files, and whom it writes to. */
  #place(instance: string) {
    const { home, recorder } = this.#options;
    return {
      scratch: createOwnedFolder(home.instances, 0o711),
      onOutput: (line: OutputLine) => recorder.output(instance, line),
    };
  }
}

/** A guess takes the usual tool: where the machine lacks it, that is no failure of the backend. */
function requireProgram({ log }: LaunchFailure, command: ShellCommand | null): void {
  const program = migrationTools.find((tool) => new RegExp(`(^|\\| )${tool} `).test(command ?? ''));
  if (program === undefined || !log.some((line) => new RegExp(`\\b${program}: (command )?not found`).test(line)))
    return;
  throw new Fault(
    'toolchain-missing',
    `The tables of this backend seem to be made by \`${command}\`, and ${program} is not on this machine.`,
    `Install ${program}, or say under \`release:\` in assay.yaml how the tables are made; \`release: false\` when the backend makes them itself.`,
  );
}

async function hasNoTables(instance: EngineInstance): Promise<boolean> {
  const rows = await instance.sql(
    `SELECT 1 FROM pg_catalog.pg_class c JOIN pg_catalog.pg_namespace n ON n.oid = c.relnamespace
     WHERE c.relkind IN ('r', 'p') AND n.nspname NOT IN ('pg_catalog', 'information_schema', 'pg_toast')
       AND c.relname NOT IN ('alembic_version', 'django_migrations') LIMIT 1`,
  );
  return rows.length === 0;
}
