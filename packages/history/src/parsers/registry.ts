import { parseEdn } from './edn.ts';
import { parseJepsenLog } from './jepsen-log.ts';
import { parseJson } from './json.ts';
import { parseKvLog } from './kv-log.ts';
import type { RecordedOperation } from './record.ts';

export type FailedCas = 'observation' | 'nothing-happened';
export type NilRead = 'observation' | 'unknown';

export interface HistoryFormat {
  readonly about: string;
  /**
   * What a compare-and-set means that failed without a reason: that the value was another (`observation`), or only that nothing happened,
   * as Knossos and Elle have it.
   */
  readonly failedCas: FailedCas;
  /**
   * What a read means whose event says that it completed with nil: that nothing was there (`observation`), or that nobody noted what it saw,
   * as Knossos has it.
   */
  readonly nilRead: NilRead;
  /** Throws a `HistoryError` with the line. */
  readonly parse: (text: string) => readonly RecordedOperation[];
}

/** The formats of histories by name. */
export const formats = {
  'jepsen-log': {
    about: "operation lines of a Jepsen log: 'INFO  jepsen.util - 0  :invoke  :write  3'",
    failedCas: 'observation',
    nilRead: 'observation',
    parse: parseJepsenLog,
  },
  edn: {
    about: 'EDN histories of Knossos and Elle: maps with :process, :type, :f and :value',
    failedCas: 'nothing-happened',
    nilRead: 'unknown',
    parse: parseEdn,
  },
  json: {
    about: 'the same fields in a JSON array or ndjson; or whole operations with call and return',
    failedCas: 'nothing-happened',
    nilRead: 'unknown',
    parse: parseJson,
  },
  'kv-log': {
    about: "lines of Porcupine's key-value tests: '{:process 0, :type :invoke, :f :get, :key \"x\", :value nil}'",
    failedCas: 'nothing-happened',
    nilRead: 'observation',
    parse: parseKvLog,
  },
} as const satisfies Record<string, HistoryFormat>;

export type FormatName = keyof typeof formats;

/** The custom of what was read; whole operations say what they saw, whatever their events would. */
export function nilReadOf(format: HistoryFormat, records: readonly RecordedOperation[]): NilRead {
  return records.some(({ whole }) => whole === true) ? 'observation' : format.nilRead;
}
