import type { LaunchFailure } from '../backend.ts';
import type { Ending, Listener, Readiness } from '../sandbox/protocol.ts';
import type { UngivenVariables } from './example-variables.ts';
import { findHint } from './hints.ts';

export interface FailureContext {
  readonly command: string;
  readonly port: number;
  readonly databasePort: number | null;
  readonly timeoutMs: number;
  /** Everything kept of what it printed. */
  readonly log: readonly string[];
  /** What an example of its variables names and it was not given. */
  readonly ungiven: UngivenVariables | null;
  /** Set when we killed it for passing a limit. */
  readonly limit: string | null;
}

const shownLines = 40;

/** Says why a backend did not come up. */
export function describeFailure(
  readiness: Exclude<Readiness, { state: 'ready' }>,
  context: FailureContext,
): LaunchFailure {
  const common = { command: context.command, log: context.log.slice(-shownLines) };
  const seconds = Math.round(context.timeoutMs / 100) / 10;
  const given = `It was given PORT=${context.port} and HOST=127.0.0.1.`;
  switch (readiness.state) {
    case 'ended':
      return readiness.ending.code === 0 && readiness.ending.survivors > 0 && context.limit === null
        ? {
            ...common,
            kind: 'daemonised',
            message: `The start command ended and left ${count(readiness.ending.survivors, 'process')} running in the background.`,
            detail: 'A backend has to stay in the foreground: only then can it be stopped, watched and started again.',
            fix: 'Start it without `&`, `nohup`, `--daemon` or the like: the command should run for as long as the backend does.',
          }
        : {
            ...common,
            kind: 'exited',
            message: context.limit ?? `The backend ended before it listened: ${inWords(readiness.ending)}.`,
            ...exitAdvice(readiness.ending, context),
          };
    case 'wrong-port':
      return {
        ...common,
        kind: 'wrong-port',
        message: `The backend listens on ${places(readiness.listeners)}, not on port ${context.port}, which it was given.`,
        detail: given,
        fix: `Read the port from the environment variable PORT: \`process.env.PORT\`, \`os.environ["PORT"]\`, \`getenv("PORT")\`, \`System.getenv("PORT")\`. Where it has to stay as it is, say \`port: ${readiness.listeners[0]?.port}\` in assay.yaml.`,
      };
    case 'only-ipv6':
      return {
        ...common,
        kind: 'only-ipv6',
        message: `The backend listens on port ${context.port} for IPv6 only (${places(readiness.listeners)}); nothing answers on 127.0.0.1.`,
        detail: given,
        fix: 'Listen on the address in HOST, on 0.0.0.0, or on :: with IPv4 as well. `localhost` may mean ::1 alone.',
      };
    case 'timeout':
      return {
        ...common,
        kind: 'never-listened',
        message: `The backend did not listen on port ${context.port} within ${seconds} s.`,
        detail: `${given} It runs, and listens on ${readiness.listeners.length === 0 ? 'no port' : places(readiness.listeners)}.`,
        fix:
          findHint(context)?.fix ??
          'Listen on the port in PORT as soon as it starts; look at what it printed for what it waits for.',
      };
    default:
      return readiness satisfies never;
  }
}

/** Lines of a stack trace, and what runtimes print below it. */
const isStackFrame = /^\s+(at |File "|\.{3} \d+ (more|lines))|^\s*[}\])]+\s*$|^Node\.js v\d|^npm (error|ERR!)/;
const isReason = /error|exception|fatal|failed|cannot|could not|missing|invalid/i;

function exitAdvice(ending: Ending, context: FailureContext): { readonly detail: string; readonly fix: string } {
  if (context.limit !== null) {
    return {
      detail: 'Whoever runs it shares a machine with others, so what it may use is bounded.',
      fix: 'Find what grows while it starts or answers its first request, and bound it.',
    };
  }
  const known = findHint(context);
  if (known !== null) return known;
  const last = context.log.findLast((line) => line.trim() !== '');
  const reason = context.log.findLast((line) => isReason.test(line) && !isStackFrame.test(line)) ?? null;
  const told = last !== undefined && isStackFrame.test(last) && reason !== null ? `It said: ${reason.trim()}` : null;
  return {
    detail: told ?? (last === undefined ? 'It printed nothing.' : `It printed last: ${last}`),
    fix:
      ending.code === 0
        ? 'The start command has to keep running: does it start a server?'
        : `Run \`${context.command}\` in its folder and mend what it reports.`,
  };
}

export function releaseFailure(
  command: string,
  ending: Ending | null,
  timeoutMs: number,
  context: Omit<FailureContext, 'command' | 'timeoutMs'>,
): LaunchFailure {
  const full = { ...context, command, timeoutMs };
  const how = ending === null ? `did not end within ${Math.round(timeoutMs / 1_000)} s` : `failed: ${inWords(ending)}`;
  return {
    kind: 'release-failed',
    message: `The release command ${how}.`,
    ...exitAdvice(ending ?? { code: null, signal: null, survivors: 0 }, full),
    command,
    log: context.log.slice(-shownLines),
  };
}

export function inWords(ending: Ending): string {
  if (ending.signal !== null) return `killed by ${ending.signal}`;
  return ending.code === null ? 'it was killed' : `exit status ${ending.code}`;
}

function places(listeners: readonly Listener[]): string {
  const shown = [
    ...new Set(
      listeners.map(({ family, host, port }) => (family === 'ipv6' ? `[${host}]:${port}` : `${host}:${port}`)),
    ),
  ];
  return shown.slice(0, 5).join(', ') + (shown.length > 5 ? ' …' : '');
}

function count(number: number, noun: string): string {
  return `${number} ${noun}${number === 1 ? '' : 'es'}`;
}

/** How it passed a limit, for which it was killed. */
export function limitInWords(event: {
  readonly limit: 'memory' | 'files' | 'database';
  readonly used: number;
  readonly allowed: number;
}): string {
  const mebibytes = (bytes: number): string => `${Math.round(bytes / 1024 / 1024)} MiB`;
  switch (event.limit) {
    case 'memory':
      return `The backend was killed: it used ${mebibytes(event.used)} of memory, and may use ${mebibytes(event.allowed)}.`;
    case 'files':
      return `The backend was killed: it made ${event.used} files, and may make ${event.allowed}.`;
    case 'database':
      return `The backend was killed: its database holds ${mebibytes(event.used)}, and may hold ${mebibytes(event.allowed)}.`;
    default:
      return event.limit satisfies never;
  }
}
