import { fork } from 'node:child_process';
import { existsSync } from 'node:fs';
import path from 'node:path';
import type { Report, RunEvent } from '@assay/contract';
import type { Plots } from '@assay/prove';
import type { StoredFault } from '../database/tables.ts';
import type { JudgeCommand, JudgeMessage, JudgeOrder } from './messages.ts';

export type Judged =
  | { readonly kind: 'report'; readonly report: Report; readonly plots: Plots | null }
  | { readonly kind: 'fault'; readonly fault: StoredFault }
  /** It ended without a word. */
  | { readonly kind: 'ended'; readonly reason: string };

/** How long a process may take to take everything down. Milliseconds. */
const stopWithinMs = 30_000;

/**
 * Judges in a process of its own, so that the API answers while a backend is judged, and goes on when that process dies. Never rejects.
 * @param onEvents told of each batch, in order
 */
export function judge(
  order: JudgeOrder,
  onEvents: (events: readonly RunEvent[]) => void,
  signal: AbortSignal,
): Promise<Judged> {
  const file = ['child.ts', 'child.js']
    .map((name) => path.join(import.meta.dirname, name))
    .find((one) => existsSync(one));
  if (file === undefined)
    return Promise.resolve({ kind: 'ended', reason: 'the part of Assay that judges is not here' });
  const child = fork(file, [], {
    serialization: 'json',
    stdio: ['ignore', 'ignore', 'pipe', 'ipc'],
    // A small young generation, as the command line has: V8 would let it grow to 130 MB.
    execArgv: ['--disable-warning=ExperimentalWarning', '--max-semi-space-size=8'],
    env: environment(),
  });
  let complaint = '';
  child.stderr?.setEncoding('utf8').on('data', (piece: string) => (complaint = (complaint + piece).slice(-4000)));
  return new Promise((resolve) => {
    let outcome: Judged | null = null;
    let killing: NodeJS.Timeout | undefined;
    const command = (sent: JudgeCommand): void => {
      if (child.connected) child.send(sent, () => undefined);
    };
    const stop = (): void => {
      command({ type: 'stop' });
      killing ??= setTimeout(() => child.kill('SIGKILL'), stopWithinMs);
    };
    child.on('message', (message: JudgeMessage) => {
      if (message.type === 'events') onEvents(message.events);
      else if (message.type === 'report') outcome = { kind: 'report', report: message.report, plots: message.plots };
      else outcome = { kind: 'fault', fault: message.fault };
    });
    const end = (reason: string): void => {
      clearTimeout(killing);
      signal.removeEventListener('abort', stop);
      resolve(outcome ?? { kind: 'ended', reason });
    };
    child.once('error', (error) => end(error.message));
    child.once('close', (code, by) => {
      const how = by === null ? `ended with status ${code}` : `was ended by ${by}`;
      end(`the process that judged ${how}${complaint === '' ? '' : `: ${complaint.trim().split('\n').at(-1)}`}`);
    });
    command({ type: 'judge', order });
    if (signal.aborted) stop();
    else signal.addEventListener('abort', stop, { once: true });
  });
}

/** The database and the token are the server's own. */
function environment(): NodeJS.ProcessEnv {
  const { ASSAY_TOKEN: _token, PORT: _port, HOST: _host, NODE_OPTIONS: _options, ...rest } = process.env;
  return rest;
}
