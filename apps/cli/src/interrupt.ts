import { Fault } from '@assay/contract';

/**
 * Runs work that can be interrupted. The first Ctrl-C (or SIGTERM, SIGHUP) lets everything be torn down in order; the second ends at
 * once, and what is then left behind is swept at the next start.
 */
export async function interruptible<T>(work: (signal: AbortSignal) => Promise<T>): Promise<T> {
  const controller = new AbortController();
  let times = 0;
  const onSignal = (signal: NodeJS.Signals): void => {
    times += 1;
    if (times === 1) {
      process.stderr.write('\nassay: stopping; once more to stop at once\n');
      controller.abort(new Fault('interrupted', `Interrupted by ${signal}.`));
      return;
    }
    process.stderr.write('assay: stopped at once; what is left is swept at the next start\n');
    process.exit(3);
  };
  const signals = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const;
  for (const signal of signals) process.on(signal, onSignal);
  try {
    return await work(controller.signal);
  } finally {
    for (const signal of signals) process.off(signal, onSignal);
  }
}
