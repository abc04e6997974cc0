import type { Outputs, Reporter } from './reporter.ts';

/** One report on standard output and nothing else. */
export function jsonReporter(outputs: Outputs): Reporter {
  return { on: () => undefined, end: (report) => outputs.result.write(`${JSON.stringify(report, null, 2)}\n`) };
}
