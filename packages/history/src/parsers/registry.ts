import { parseEdn } from './edn.ts';
import { parseJepsenLog } from './jepsen-log.ts';
import { parseJson } from './json.ts';
import { parseKvLog } from './kv-log.ts';
import type { RecordedOperation } from './record.ts';

export type FailedCas = 'observation' | 'nothing-happened';

export interface HistoryFormat {
  readonly about: string;
  /**
   * What a compare-and-set means that failed without a reason: that the value was another (`observation`), or only that nothing happened,
   * as Knossos and Elle have it.
   */
  readonly failedCas: FailedCas;
  /** Throws a `HistoryError` with the line. */
  readonly parse: (text: string) => readonly RecordedOperation[];
}

/** The formats of histories by name. */
export const formats = {
  'jepsen-log': {
    about: "operation lines of a Jepsen log: 'INFO  jepsen.util - 0  :invoke  :write  3'",
    failedCas: 'observation',
    parse: parseJepsenLog,
  },
  edn: {
    about: 'EDN histories of Knossos and Elle: maps with :process, :type, :f and :value',
    failedCas: 'nothing-happened',
    parse: parseEdn,
  },
  json: {
    about: 'the same fields in a JSON array or ndjson; or whole operations with call and return',
    failedCas: 'nothing-happened',
    parse: parseJson,
  },
  'kv-log': {
    about: "lines of Porcupine's key-value tests: '{:process 0, :type :invoke, :f :get, :key \"x\", :value nil}'",
    failedCas: 'nothing-happened',
    parse: parseKvLog,
  },
} as const satisfies Record<string, HistoryFormat>;

export type FormatName = keyof typeof formats;
