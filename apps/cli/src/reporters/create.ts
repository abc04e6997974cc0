import { jsonReporter } from './json.ts';
import { junitReporter } from './junit.ts';
import { ndjsonReporter } from './ndjson.ts';
import { prettyReporter } from './pretty.ts';
import { progressReporter } from './progress.ts';
import type { Format, Outputs, Reporter } from './reporter.ts';
import { sarifReporter } from './sarif.ts';

const makers: Readonly<Record<Format, (outputs: Outputs) => Reporter>> = {
  pretty: prettyReporter,
  json: jsonReporter,
  ndjson: ndjsonReporter,
  junit: junitReporter,
  sarif: sarifReporter,
};

/** The reporter of a format; the formats for machines tell a person of the progress beside it, when one is watching. */
export function createReporter(format: Format, outputs: Outputs): Reporter {
  const reporter = makers[format](outputs);
  if (format === 'pretty') return reporter;
  const progress = progressReporter(outputs.progress);
  return {
    on: (event) => {
      progress.on(event);
      reporter.on(event);
    },
    end: (report) => {
      progress.stop();
      reporter.end(report);
    },
    stop: progress.stop,
  };
}
