import { flushCompileCache } from 'node:module';
import { Fault } from '@assay/contract';
import { readConfiguration } from './configuration.ts';
import { AlreadyRuns, type Log, startServer } from './start-server.ts';

/*
 * The server as a process of its own, as `assay start` begins it. When it is ready it says so in one line of JSON; on SIGTERM or SIGINT it ends
 * in order. Faults are one line of JSON on standard error, with the exit status that the command line has for them.
 */

const log = process.env['ASSAY_LOG'] ?? '';

const stopping = new AbortController();
const stop = (): void => {
  // A second signal ends at once; what is left is recovered at the next start.
  if (stopping.signal.aborted) process.exit(130);
  stopping.abort(new Fault('interrupted', 'The server was stopped before it was ready.'));
};
// From the first moment: PostgreSQL runs before the server is ready, and is not left behind.
for (const signal of ['SIGTERM', 'SIGINT', 'SIGHUP'] as const) process.on(signal, stop);
process.on('disconnect', stop);

try {
  const configuration = readConfiguration(process.env);
  const level: Log = log === '' ? { level: 'error' } : { level: log };
  const server = await startServer(configuration, process.env, level, stopping.signal);
  stopping.signal.addEventListener('abort', () => void server.stop().then(() => process.exit(0)));
  // Whoever reads that it is ready may end it at once.
  process.stdout.write(`${JSON.stringify({ ready: true, address: server.address, port: server.port })}\n`);
  // Kept for the next start also when this process is killed.
  flushCompileCache();
} catch (thrown) {
  const error: unknown = stopping.signal.aborted ? stopping.signal.reason : thrown;
  if (error instanceof AlreadyRuns) {
    process.stdout.write(`${JSON.stringify({ running: true, address: error.address })}\n`);
    process.exit(0);
  }
  const fault =
    error instanceof Fault
      ? error
      : new Fault('internal', error instanceof Error ? (error.stack ?? error.message) : String(error));
  process.stderr.write(`${JSON.stringify({ fault: { code: fault.code, message: fault.message, fix: fault.fix } })}\n`);
  process.exit(fault.kind === 'usage' ? 2 : 3);
}
