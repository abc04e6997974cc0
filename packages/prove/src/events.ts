import type { RunEvent, RunEventBody } from '@assay/contract';
import { ReportFold } from './fold.ts';
import type { RunStore } from './store.ts';

/** Numbers and times the events of a run, and hands each to the report, the store and whoever listens, in this order. */
export class EventStream {
  readonly fold = new ReportFold();
  readonly #listen: (event: RunEvent) => void;
  readonly #store: RunStore | null;
  readonly #now: () => number;
  #sequence = 0;
  #ended = false;

  /** @param now milliseconds since the start of the run. */
  constructor(store: RunStore | null, now: () => number, listen: (event: RunEvent) => void) {
    this.#store = store;
    this.#now = now;
    this.#listen = listen;
  }

  /** What still trickles in after the end, while everything is taken down, is no part of the run. */
  emit(body: RunEventBody): void {
    if (this.#ended) return;
    this.#ended = body.type === 'run-ended';
    this.#sequence += 1;
    const event: RunEvent = { sequence: this.#sequence, at: Math.round(this.#now() * 1000) / 1000, ...body };
    this.fold.add(event);
    this.#store?.add(event);
    this.#listen(event);
  }
}
