import { jsonText } from '../terminal/visible.ts';
import type { Outputs, Reporter } from './reporter.ts';

/** Every event as a line of JSON when it happens; the last line is `{"type":"report", "report": …}`. */
export function ndjsonReporter(outputs: Outputs): Reporter {
  const line = (value: unknown): void => {
    outputs.result.write(`${jsonText(value)}\n`);
  };
  return { on: line, end: (report) => line({ type: 'report', report }) };
}
