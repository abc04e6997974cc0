import { Fault, type RunEvent } from '@assay/contract';
import { type Plots, prove, readPlots } from '@assay/prove';
import type { JudgeCommand, JudgeMessage, JudgeOrder } from './messages.ts';

/*
 * The process that judges one backend: it is told what to do over IPC, and tells what happens the same way. It takes everything down when it
 * is told to stop, and when whoever started it has gone.
 */

const stop = new AbortController();
const batchEveryMs = 50;

process.on('message', (command: JudgeCommand) => {
  if (command.type === 'stop') stop.abort(new Fault('interrupted', 'The run was stopped.'));
  else void judge(command.order);
});
process.on('disconnect', () => stop.abort(new Fault('interrupted', 'The server has gone.')));
// A terminal sends Ctrl-C to everybody; the server tells when to stop.
process.on('SIGINT', () => undefined);
process.on('SIGTERM', () => stop.abort(new Fault('interrupted', 'The run was stopped.')));

async function judge(order: JudgeOrder): Promise<void> {
  const waiting: RunEvent[] = [];
  const flush = async (): Promise<void> => {
    if (waiting.length > 0) await tell({ type: 'events', events: waiting.splice(0) });
  };
  const timer = setInterval(() => void flush(), batchEveryMs);
  try {
    const report = await prove(
      {
        ...order,
        corrections: order.overrides,
        startTimeoutSeconds: null,
        sandbox: 'auto',
        known: new Set(),
        signal: stop.signal,
      },
      (event) => waiting.push(event),
    );
    await flush();
    await tell({ type: 'report', report, plots: order.transient ? null : plotsOf(order, report.run) });
  } catch (error) {
    await flush();
    const fault = error instanceof Fault ? error : new Fault('internal', messageOf(error));
    await tell({ type: 'fault', fault: { code: fault.code, message: fault.message, fix: fault.fix } });
  } finally {
    clearInterval(timer);
    if (process.connected) process.disconnect();
  }
}

/** What a full disk kept from being recorded is made from the events, when it is asked for. */
function plotsOf(order: JudgeOrder, run: string): Plots | null {
  try {
    return readPlots(order.home.runs, run);
  } catch {
    return null;
  }
}

/** Resolves when it has been handed over; whoever has gone is told nothing. */
function tell(message: JudgeMessage): Promise<void> {
  return new Promise((resolve) => {
    if (process.connected) process.send?.(message, undefined, undefined, () => resolve());
    else resolve();
  });
}

function messageOf(error: unknown): string {
  return error instanceof Error ? (error.stack ?? error.message) : String(error);
}
