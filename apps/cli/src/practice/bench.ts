import { Workbench } from '@assay/practice';
import { openHome, openPracticePorts } from '@assay/prove';
import { interruptible } from '../interrupt.ts';
import { version } from '../version.ts';

/** Gives the work something to mark answers with, and takes it all down again, also after Ctrl-C. */
export async function withWorkbench<T>(work: (bench: Workbench, signal: AbortSignal) => Promise<T>): Promise<T> {
  return interruptible(async (signal) => {
    const ports = openPracticePorts({ home: openHome(process.env), version, signal });
    const bench = new Workbench(ports);
    try {
      return await work(bench, signal);
    } finally {
      await bench.close();
      await ports.close();
    }
  });
}
