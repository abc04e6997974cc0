import type { Duplex } from 'node:stream';
import type { Challenge } from './challenge.ts';
import type { Exchange, HeaderFields, RequestSpec } from './exchange.ts';
import type { Identities } from './identity.ts';
import type { FaultNames, FindingDraft, Severity } from './finding.ts';
import type { Contract, ContractShape } from './operation.ts';
import type { CheckStatus, Stack, UsageSample } from './report.ts';
import type { Random } from './random.ts';
import type { Skill } from './skills.ts';
import type { Statement, WireRule, WireRuleHandle } from './statement.ts';

/** What the wire proxy of one instance has seen, and the rules it follows. */
export interface Wire {
  /** Every statement completed so far, in the order in which the backend sent them. */
  statements(): readonly Statement[];
  /** A point in the stream of statements, to be given to `since`. */
  mark(): number;
  /** Statements the backend sent after the mark, complete or cut. */
  since(mark: number): readonly Statement[];
  /** Resolves when no statement has been in flight for `quietMs` milliseconds; one that waits at the database for long, as for a lock, is passed over. */
  idle(quietMs: number, signal: AbortSignal): Promise<void>;
  rule(rule: WireRule): WireRuleHandle;
  /** Ends every connection as PostgreSQL does when it is shut down: FATAL 57P01, then closed. New ones are taken; see `refuse-connections`. */
  shutDown(): void;
}

/** What came back over a plain socket: the bytes, and how the connection ended. */
export interface RawReply {
  readonly received: Uint8Array;
  readonly end: 'closed' | 'reset' | 'timeout' | 'refused';
  readonly durationMs: number;
}

export interface RawOptions {
  /** Ends the wait. Default 5 s. */
  readonly timeoutMs?: number;
  /** Stop reading when this says that enough has come. */
  readonly until?: (received: Uint8Array) => boolean;
  /** Send the bytes in pieces of this size … */
  readonly chunkBytes?: number;
  /** … this many milliseconds apart. */
  readonly everyMs?: number;
  /** Send this many bytes at once in front of the pieces. */
  readonly atOnceBytes?: number;
  /** Close our writing side after the last byte. */
  readonly halfClose?: boolean;
  readonly signal?: AbortSignal;
}

export type StartOutcome =
  | { readonly ready: true; readonly durationMs: number }
  | { readonly ready: false; readonly reason: string; readonly log: readonly string[] };

/** Something that reached the canary: a request, or a connection on which no HTTP was spoken (a TLS greeting). */
export interface CanaryHit {
  /** `GET /<token>`; empty for a connection without a request. */
  readonly line: string;
  readonly headers: HeaderFields;
}

/** An HTTP listener on the backend's loopback, which nobody asks unless the backend is made to. It answers everything with 200 and a short text. */
export interface Canary {
  /** `127.0.0.1:27190`, as the backend has to dial it. */
  readonly authority: string;
  /** `http://127.0.0.1:27190/<token>`. */
  url(token: string): string;
  /** What it answers to a request for that address, and nobody else could know. */
  answer(token: string): string;
  /** What has come so far, oldest first. */
  hits(): readonly CanaryHit[];
  /** Resolves true as soon as a request has come whose line holds the token, false after the time or when the signal aborts. */
  waitFor(token: string, timeoutMs: number, signal: AbortSignal): Promise<boolean>;
}

/** One running, watched backend with a database of its own. */
export interface Instance {
  /** `i-1`, `i-2` … */
  readonly id: string;
  /** Null when the backend brings its own database. */
  readonly wire: Wire | null;
  /** True while its main process runs. */
  readonly alive: boolean;
  /** Sends one request over a pooled connection and records the exchange. Never throws for what the backend does. */
  send(
    request: RequestSpec,
    options?: { readonly timeoutMs?: number; readonly signal?: AbortSignal },
  ): Promise<Exchange>;
  /** Opens a connection of its own and sends bytes as they are. */
  raw(bytes: Uint8Array, options?: RawOptions): Promise<RawReply>;
  /** A plain connection to the backend, of which nothing is recorded: for load. Rejects as the operating system does. */
  connect(): Promise<Duplex>;
  /** `127.0.0.1:27180`, for the Host field of what is sent over such a connection. */
  readonly authority: string;
  /** SIGKILL to every process of the backend at once; resolves when they are gone. The database stays. */
  kill(): Promise<void>;
  /** Sends a signal to the main process and waits for its end. `exited: false` when it still ran after the time. */
  stop(
    signal: 'SIGTERM' | 'SIGINT',
    timeoutMs: number,
  ): Promise<{ readonly exited: boolean; readonly durationMs: number }>;
  /** Starts the backend again on the same database, after `kill` or `stop`. */
  start(): Promise<StartOutcome>;
  /** Asks the instance's database directly, past the proxy. Throws when there is none. */
  sql(text: string, parameters?: readonly unknown[]): Promise<readonly Readonly<Record<string, unknown>>[]>;
  /** Opened when first asked for, the same each time after that, and gone with the instance. */
  canary(): Promise<Canary>;
  /** Has its runtime throw away what nothing refers to; false, or absent, where it cannot be asked for that. */
  collectGarbage?(): Promise<boolean>;
  /** What the backend printed, newest last; bounded. */
  log(): readonly string[];
  usage(): readonly UsageSample[];
}

/** The challenge's reference backend that is the most like the one under test, running beside it. Its exchanges are in no record. */
export interface Reference {
  readonly instance: Instance;
  /** The name of its folder: `express`. */
  readonly name: string;
  /** Written in the same framework, or in the same language where one of them has none: what the stack itself costs is the same. */
  readonly alike: boolean;
}

/** What a check is given while it gathers evidence. */
export interface ProbeContext {
  readonly contract: Contract;
  readonly shape: ContractShape;
  readonly challenge: Challenge | null;
  /** Variables that the backend was given by the challenge or the settings: a key that stands there is known. */
  readonly env: Readonly<Record<string, string>>;
  readonly random: Random;
  /**
   * The instance to ask. For a check of `instance: 'shared'` others use it too, one check after the other: leave it running and
   * without rules. For `instance: 'own'` it has a fresh database and is torn down after the probe.
   */
  readonly backend: Instance;
  readonly identities: Identities;
  /** As detected. */
  readonly stack: Stack;
  /** Another instance with a fresh database, for this check alone; it is torn down after the probe. */
  fresh(): Promise<Instance>;
  /** A new instance of the challenge's reference with a fresh database; it is torn down after the probe. Built when first asked for. */
  reference(): Promise<Reference | { readonly unavailable: string }>;
  /** Aborts when the check's time is up or the run is stopped. */
  readonly signal: AbortSignal;
  /** Milliseconds until the check's time is up. */
  remaining(): number;
  /** Only this operation is of interest (set by a replay); null for all. */
  readonly focus: string | null;
  progress(note: string): void;
  /**
   * Work that several checks share, done once in a run by whichever needs it first: an exploration of the contract, a filled table.
   * `make` must depend on the given context alone, which carries a random source of its own named after `key`.
   */
  shared<T>(key: string, make: (context: ProbeContext) => Promise<T>): Promise<T>;
}

/** Why a check cannot bite on this contract, or null when it can. */
export type Applicability = { readonly applies: true } | { readonly applies: false; readonly reason: string };

export interface Judgement {
  readonly status: CheckStatus;
  /** One clause: what a pass rests on, or why it is undecided or not applicable. */
  readonly reason: string;
  readonly findings: readonly FindingDraft[];
}

/** What the registry, the docs and the reports say about a check. */
export interface CheckDescription {
  /** `area/name`. */
  readonly id: string;
  /** What holds when it passes, as a sentence without a full stop: "A created thing can be read back unchanged". */
  readonly claim: string;
  readonly skill: Skill;
  readonly severity: Severity;
  readonly names: FaultNames;
  /** `wire`: it judges statements, so Assay's own PostgreSQL must stand behind the backend. */
  readonly needs: readonly 'wire'[];
  /** Whether it may share a running backend with others, or kills, cuts, fills or counts and so needs one of its own. */
  readonly instance: 'shared' | 'own';
  /** `http`: what it claims has no meaning over SOAP, so operations of a WSDL are kept from it. */
  readonly over?: 'http';
  /** It measures time, so nothing else of the run goes on beside it. */
  readonly alone?: true;
  /** It judges the exchanges of the exploration and asks nothing more: once one such check has run, the others cost no time. */
  readonly explores?: true;
}

/**
 * One claim about a backend that a run can prove or refute. `probe` gathers evidence (plain JSON) and never decides; `judge` is pure
 * and decides on evidence alone, so that recorded evidence replays without a backend.
 */
export interface Check<E = unknown> extends CheckDescription {
  applies(contract: Contract, shape: ContractShape, challenge: Challenge | null): Applicability;
  probe(context: ProbeContext): Promise<E>;
  judge(evidence: E, contract: Contract): Judgement;
}
