import { jsonText } from '../terminal/visible.ts';
import type { Outputs, Reporter } from './reporter.ts';

/** One report on standard output and nothing else. */
export function jsonReporter(outputs: Outputs): Reporter {
  return { on: () => undefined, end: (report) => outputs.result.write(`${jsonText(report, 2)}\n`) };
}
