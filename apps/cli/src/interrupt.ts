import { Fault } from '@assay/contract';

/**
 * Within this time, a further signal is the same one: a terminal signals every process of its foreground group, and npm passes on to its
 * child what it was sent itself. Milliseconds.
 */
const echoMs = 400;
const signals = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const;
/** How long tearing down may take after Assay itself failed. Milliseconds. */
const teardownMs = 30_000;
/** Lets go of the signals that work which has ended still listens to. */
let letGo = (): void => undefined;

/**
 * Runs work that can be interrupted. The first Ctrl-C (or SIGTERM, SIGHUP) lets everything be torn down in order; the second ends at
 * once, and what is then left behind is swept at the next start. Standard output that closes while the work goes on counts as the first. So does
 * an error of Assay's own that nobody caught, which is thrown when everything has been torn down. A signal that comes after the work, while what came
 * of it is told, ends the process with the status of what was interrupted as well, and not by the signal.
 */
export async function interruptible<T>(work: (signal: AbortSignal) => Promise<T>): Promise<T> {
  const controller = new AbortController();
  let firstAt: number | null = null;
  let isOver = false;
  const onSignal = (signal: NodeJS.Signals): void => {
    if (firstAt === null && !isOver) {
      firstAt = performance.now();
      process.stderr.write('\nassay: stopping; once more to stop at once\n');
      controller.abort(new Fault('interrupted', `Interrupted by ${signal}.`));
      return;
    }
    if (firstAt !== null && performance.now() - firstAt < echoMs) return;
    process.stderr.write(
      isOver ? 'assay: stopped at once\n' : 'assay: stopped at once; what is left is swept at the next start\n',
    );
    process.exit(3);
  };
  const onClosed = (): void => controller.abort(new Fault('interrupted', 'Nobody reads the output any more.'));
  const onError = (error: unknown): void => {
    if (controller.signal.aborted) return;
    controller.abort(error);
    setTimeout(() => process.exit(3), teardownMs).unref();
  };
  letGo();
  for (const signal of signals) process.on(signal, onSignal);
  process.stdout.on('error', onClosed);
  process.on('uncaughtException', onError);
  try {
    const result = await work(controller.signal);
    if (!(controller.signal.reason instanceof Fault)) controller.signal.throwIfAborted();
    return result;
  } catch (error) {
    // Whatever an abort made fail.
    controller.signal.throwIfAborted();
    throw error;
  } finally {
    isOver = true;
    letGo = () => signals.forEach((signal) => process.off(signal, onSignal));
    process.stdout.off('error', onClosed);
    process.off('uncaughtException', onError);
  }
}
