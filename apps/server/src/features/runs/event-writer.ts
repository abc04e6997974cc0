import { setTimeout as pause } from 'node:timers/promises';
import type { RunEvent } from '@assay/contract';
import { isDatabaseAway } from '../../plugins/errors.ts';

/** Why a run is stopped whose events cannot be stored. */
export class NotStored extends Error {
  constructor(cause: unknown) {
    super('What happened could not be stored.', { cause });
    this.name = 'NotStored';
  }
}

/** Stores batches one after the other, and tells each when it is stored. When the database is away, it waits until it is back. */
export class EventWriter {
  readonly #store: (events: readonly RunEvent[]) => Promise<void>;
  readonly #told: (events: readonly RunEvent[]) => void;
  readonly #gaveUp: (error: NotStored) => void;
  #waiting: RunEvent[] = [];
  #writing: Promise<void> | null = null;
  #failed = false;

  constructor(
    store: (events: readonly RunEvent[]) => Promise<void>,
    told: (events: readonly RunEvent[]) => void,
    gaveUp: (error: NotStored) => void,
  ) {
    this.#store = store;
    this.#told = told;
    this.#gaveUp = gaveUp;
  }

  add(events: readonly RunEvent[]): void {
    if (this.#failed) return;
    this.#waiting.push(...events);
    this.#writing ??= this.#write();
  }

  /** Resolves when everything is stored, or was given up. */
  async drained(): Promise<void> {
    await this.#writing;
  }

  async #write(): Promise<void> {
    try {
      while (this.#waiting.length > 0) {
        const batch = this.#waiting.splice(0, 2000);
        await whenDatabaseIsBack(() => this.#store(batch));
        this.#told(batch);
      }
    } catch (error) {
      this.#failed = true;
      this.#waiting = [];
      this.#gaveUp(new NotStored(error));
    }
    this.#writing = null;
  }
}

/** How long a database may be away before what a run tells is given up. Milliseconds. */
const longestAbsenceMs = 120_000;

/** Does it, again and again while the database is away or has no room. Throws what is no absence at once, and an absence when it lasts too long. */
export async function whenDatabaseIsBack(work: () => Promise<void>, withinMs = longestAbsenceMs): Promise<void> {
  const deadline = performance.now() + withinMs;
  for (;;) {
    try {
      return await work();
    } catch (error) {
      if (!isDatabaseAway(error) || performance.now() > deadline) throw error;
      await pause(200, undefined, { ref: false });
    }
  }
}
