import type { Report, RunEvent } from '@assay/contract';
import { Fault } from '@assay/contract';
import { nearest } from '@assay/prove';

/** Listens to a run and tells of it. */
export interface Reporter {
  /** Each event as it happens. */
  on(event: RunEvent): void;
  /** The whole report, once. */
  end(report: Report): void;
  /** The run ends without a report: nothing more is told. */
  stop?(): void;
}

/** Where a reporter writes. `progress` is for people and never part of what machines read. */
export interface Outputs {
  readonly result: NodeJS.WriteStream;
  readonly progress: NodeJS.WriteStream;
}

export const formats = ['pretty', 'json', 'ndjson', 'junit', 'sarif'] as const;
export type Format = (typeof formats)[number];

export function parseFormat(word: string): Format {
  const found = formats.find((format) => format === word);
  if (found === undefined) throw new Fault('unknown-format', `There is no format ${word}.${nearest(word, formats)}`);
  return found;
}
