import type { Exchange } from '@assay/contract';
import type { EngineRecorder, OutputLine } from '@assay/engine';
import { Attribution } from './attribution.ts';
import type { EventStream } from './events.ts';
import { limitOutput } from './output-limit.ts';

export interface Recorder extends EngineRecorder {
  /** @param instance null for what the build prints */
  output(instance: string | null, line: OutputLine): void;
  /** Also told of each exchange. */
  onExchange: (exchange: Exchange) => void;
  /** Emits the statements whose exchange is still open. */
  settle(): void;
}

/** Turns what the engine sees into events: exchanges, statements with the exchange that caused them, output and usage. */
export function createRecorder(events: EventStream): Recorder {
  const attributions = new Map<string, Attribution>();
  const of = (instance: string): Attribution => {
    const known = attributions.get(instance);
    if (known !== undefined) return known;
    const made = new Attribution((statement, exchange) =>
      events.emit({ type: 'statement', instance, exchange, statement }),
    );
    attributions.set(instance, made);
    return made;
  };
  const recorder: Recorder = {
    onExchange: () => undefined,
    exchangeStarted: (instance, key, at) => of(instance).opened(key, at),
    exchangeEnded: (key, exchange) => {
      events.emit({ type: 'exchange', exchange });
      of(exchange.instance).closed(key, exchange);
      recorder.onExchange(exchange);
    },
    statement: (instance, statement) => of(instance).saw(statement),
    output: limitOutput((instance, line) => events.emit({ type: 'output', instance, ...line })),
    usage: (instance, sample) => events.emit({ type: 'usage', instance, sample }),
    settle: () => {
      for (const attribution of attributions.values()) attribution.settle();
    },
  };
  return recorder;
}
