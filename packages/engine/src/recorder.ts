import type { Exchange, Statement, UsageSample } from '@assay/contract';
import type { OutputLine } from './backend.ts';

/** Told of everything that the engine sees, as it happens. */
export interface EngineRecorder {
  /** `key` names the exchange until it has an id. `at` is milliseconds since the start of the run. */
  exchangeStarted(instance: string, key: string, at: number): void;
  exchangeEnded(key: string, exchange: Exchange): void;
  statement(instance: string, statement: Statement): void;
  output(instance: string, line: OutputLine): void;
  usage(instance: string, sample: UsageSample): void;
}
