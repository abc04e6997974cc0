import type { Socket } from 'node:net';
import type { SandboxReport, UsageSample } from '@assay/contract';
import type { LaunchFailure, OutputLine, ShellCommand, UsageTotals } from '../backend.ts';
import type { Sandbox } from '../sandbox/choose-sandbox.ts';
import type { SandboxLimits } from '../sandbox/limits.ts';
import type { Ending } from '../sandbox/protocol.ts';
import type { DatabaseLogin } from './environment.ts';

/** What takes the connections that a backend opens to its database. */
export interface DatabaseAcceptor {
  readonly login: DatabaseLogin;
  /** Nothing has been read from the socket. */
  onConnection(socket: Socket): void;
  /** Says again and again while the database holds more than it may (bytes). Returns what ends the watch. */
  watchSize?(allowed: number, exceeded: (used: number) => void): () => void;
}

export interface LaunchOptions {
  readonly sandbox: Sandbox;
  /** A folder for this instance alone, absolute; it need not exist. Only a backend without a sandbox writes to it. Removed by `close`. */
  readonly scratch: string;
  /** May be a promise: the sandbox is made while the database is being cloned. Null: the backend brings its own. */
  readonly database: DatabaseAcceptor | Promise<DatabaseAcceptor> | null;
  /** What else the backend may read in its sandbox. */
  readonly readable?: readonly string[];
  /** Variables that mark every process as ours: `ownerMarker()`. */
  readonly markers?: Readonly<Record<string, string>>;
  readonly limits?: Partial<SandboxLimits>;
  /** Its speed is going to be measured, so nothing is done to make it start sooner. Default false. */
  readonly measured?: boolean;
  /** Default 120 s. */
  readonly readinessTimeoutMs?: number;
  readonly onOutput?: (line: OutputLine) => void;
  readonly onUsage?: (sample: UsageSample) => void;
  /** Milliseconds since the start of the run. */
  readonly now?: () => number;
  /** Aborting closes it. */
  readonly signal?: AbortSignal;
}

export type StartResult =
  | { readonly started: true; readonly durationMs: number }
  | { readonly started: false; readonly failure: LaunchFailure };

export interface Stopped {
  /** False: it goes on running. */
  readonly exited: boolean;
  readonly durationMs: number;
}

/** A backend in its sandbox: prepared, running, or stopped; with the same files for as long as it is not closed. */
export interface RunningBackend {
  readonly sandbox: SandboxReport;
  /** `127.0.0.1:27180`, for the Host field. Nothing but `connect` reaches it from here when it has a network of its own. */
  readonly authority: string;
  /** The outermost process of its tree. */
  readonly pid: number;
  /** True while its main process runs. */
  readonly alive: boolean;
  /** How the main process ended last; null while it runs. */
  readonly ending: Ending | null;
  /** A new connection to the port it was given. Rejects as `net.connect` does, with `code`. Nothing has been read from the socket. */
  connect(): Promise<Socket>;
  /** Starts it, or starts it again after `kill` or `stop`, and waits until it answers. */
  start(): Promise<StartResult>;
  /** Runs a command to its end with the same files, variables and database: migrations. Null when it succeeded. */
  runOnce(command: ShellCommand, options?: { readonly timeoutMs?: number }): Promise<LaunchFailure | null>;
  /** SIGKILL to every process of the backend; resolves when they are gone. */
  kill(): Promise<void>;
  /** Sends a signal to the main process and waits for its end; it goes on running when it takes longer. */
  stop(signal: 'SIGTERM' | 'SIGINT', timeoutMs: number): Promise<Stopped>;
  /**
   * Has its runtime throw away what nothing refers to. False where that cannot be asked for: it is not one Node.js, or has no network of its own, in which
   * nobody else can be taken for it.
   */
  collectGarbage(): Promise<boolean>;
  /** While false, connections to the database are refused, as by a server that is down. */
  setDatabaseReachable(reachable: boolean): Promise<void>;
  /**
   * Opens another port on the loopback that the backend sees, for as long as it is not closed. Its connections come to `onConnection`;
   * nothing has been read from them.
   */
  listen(onConnection: (socket: Socket) => void): Promise<number>;
  /** Called each time the main process ends. Returns what takes the listener away. */
  onExit(listener: (ending: Ending) => void): () => void;
  /** What it printed, newest last; bounded. */
  log(): readonly string[];
  usage(): UsageTotals;
  /** Ends everything and removes what it wrote. */
  close(): Promise<void>;
}
