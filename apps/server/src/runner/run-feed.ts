import { EventEmitter } from 'node:events';
import type { RunEvent } from '@assay/contract';

/** What is told to the watchers of a run. */
export type FeedNews =
  /** These are stored now. */
  | { readonly type: 'events'; readonly events: readonly RunEvent[] }
  /** Another run of the same folder has begun, for it is watched. */
  | { readonly type: 'next'; readonly run: string }
  | { readonly type: 'end' };

/** Who runs, and who watches. What is told here is stored already, so that a watcher who missed something finds it in the database. */
export class RunFeed {
  readonly #emitter = new EventEmitter().setMaxListeners(0);
  readonly #running = new Map<string, AbortController>();
  #watchers = 0;

  get running(): number {
    return this.#running.size;
  }

  get watchers(): number {
    return this.#watchers;
  }

  /** Returns what ends it. */
  begin(run: string): AbortController {
    const controller = new AbortController();
    this.#running.set(run, controller);
    return controller;
  }

  isRunning(run: string): boolean {
    return this.#running.has(run);
  }

  /** True when it ran here. */
  stop(run: string, reason: Error): boolean {
    const controller = this.#running.get(run);
    controller?.abort(reason);
    return controller !== undefined;
  }

  stopAll(reason: Error): void {
    for (const controller of this.#running.values()) controller.abort(reason);
  }

  tell(run: string, news: FeedNews): void {
    if (news.type === 'end') this.#running.delete(run);
    this.#emitter.emit(run, news);
  }

  /** Returns what ends the watching. */
  watch(run: string, listen: (news: FeedNews) => void): () => void {
    this.#watchers += 1;
    this.#emitter.on(run, listen);
    return () => {
      this.#watchers -= 1;
      this.#emitter.off(run, listen);
    };
  }
}
