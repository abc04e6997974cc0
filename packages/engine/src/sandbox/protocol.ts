import type { SandboxLimits } from './limits.ts';

/** What the supervisor is told when it starts, as JSON in its first argument. */
export interface SupervisorSettings {
  /** True inside bubblewrap: every process it can see, but its own, is the backend's. */
  readonly isolated: boolean;
  /** Where the backend's private files stand, as the supervisor sees it: `app`, `home`, `tmp` … are made in it. */
  readonly privateFolder: string;
  readonly limits: SandboxLimits;
  /** Whom the private files are given to; null: they stay with whoever runs Assay. */
  readonly owner: { readonly uid: number; readonly gid: number } | null;
  /** A value that stands in the environment of every process of the backend and nowhere else. */
  readonly marker: string;
}

/** A program for the supervisor to run as the backend. */
export interface Command {
  readonly file: string;
  readonly args: readonly string[];
  /** Arguments that no other user of the machine may read: given to bubblewrap through `--args 3`. Null without bubblewrap. */
  readonly hiddenArgs: readonly string[] | null;
  /** A filter of system calls in base64, given to bubblewrap through `--seccomp 5`. Null: none. */
  readonly systemCalls: string | null;
  readonly cwd: string;
  /** Of the program itself. In the sandbox the backend's own variables come from `environmentFile`. */
  readonly environment: Readonly<Record<string, string>>;
  /** Written to `etc/environment` in the private folder before the start. Null without bubblewrap. */
  readonly environmentFile: string | null;
  /** Folders, relative to the private one, that are made sure to be folders before the start. */
  readonly mountPoints: readonly string[];
}

export type Request =
  | {
      /** Copies the backend's folder into `app`. */
      readonly ask: 'prepare';
      readonly folder: string;
      /** Folders, relative, that are not copied: an empty folder (`mount`) or a link to the original (`link`) takes their place. */
      readonly shared: readonly string[];
      readonly share: 'mount' | 'link';
      /** Files to write into `etc`. */
      readonly etc: Readonly<Record<string, string>>;
    }
  /** Replies with the listening server. */
  | { readonly ask: 'listen'; readonly port: number }
  /** Replies with the connected socket. */
  | { readonly ask: 'connect'; readonly port: number }
  | { readonly ask: 'start'; readonly command: Command }
  | {
      readonly ask: 'await-ready';
      readonly port: number;
      readonly timeoutMs: number;
      readonly ignorePorts: readonly number[];
    }
  | { readonly ask: 'await-end'; readonly timeoutMs: number }
  /** To the main process. */
  | { readonly ask: 'signal'; readonly signal: 'SIGTERM' | 'SIGINT' }
  /** Has the main process open Node's inspector on port 9229; replies with false where it is not Node.js, or has others of its kind beneath it. */
  | { readonly ask: 'inspect' }
  /** SIGKILL to every process of the backend; replies when they are gone. */
  | { readonly ask: 'kill' };

export interface Listener {
  readonly family: 'ipv4' | 'ipv6';
  readonly host: string;
  readonly port: number;
}

export interface Ending {
  readonly code: number | null;
  readonly signal: string | null;
  /** Processes of the backend that were still there after the main process had ended. */
  readonly survivors: number;
}

export type Readiness =
  | { readonly state: 'ready' }
  | { readonly state: 'ended'; readonly ending: Ending }
  | { readonly state: 'wrong-port'; readonly listeners: readonly Listener[] }
  | { readonly state: 'only-ipv6'; readonly listeners: readonly Listener[] }
  | { readonly state: 'timeout'; readonly listeners: readonly Listener[] };

export type SupervisorMessage =
  | { readonly reply: number; readonly value: unknown }
  | { readonly reply: number; readonly error: { readonly code: string; readonly message: string } }
  | { readonly event: 'up' }
  /** `dropped`: lines that came before this text and were not kept, because too much was printed at once. */
  | {
      readonly event: 'output';
      readonly stream: 'stdout' | 'stderr';
      readonly text: string;
      readonly dropped: { readonly lines: number; readonly bytes: number } | null;
    }
  | { readonly event: 'ended'; readonly ending: Ending }
  | { readonly event: 'usage'; readonly cpuSeconds: number; readonly rssBytes: number; readonly processes: number }
  /** The backend was killed for passing a limit. */
  | { readonly event: 'limit'; readonly limit: 'memory' | 'files'; readonly used: number; readonly allowed: number };
