import { Fault } from '@assay/contract';

/** An undoing that failed or did not end in time. */
export interface TeardownProblem {
  readonly name: string;
  readonly message: string;
  readonly cause: unknown;
}

export interface UndoOptions {
  /** How long this undoing may take; its signal aborts then. Default 10 s. */
  readonly deadlineMs?: number;
}

interface Entry {
  readonly name: string;
  readonly deadlineMs: number;
  /** Resolves when the set-up has ended, well or badly. */
  readonly settled: Promise<void>;
  readonly undo: (signal: AbortSignal) => Promise<void> | void;
  done: Promise<TeardownProblem | null> | null;
}

/**
 * Set-up is queued with its undoing, and undone in reverse: on success, on failure, on a signal. Each undoing runs once, has a
 * deadline of its own, and its failure stops none of the others.
 */
export class Teardown {
  readonly #entries: Entry[] = [];
  #running: Promise<readonly TeardownProblem[]> | null = null;

  /** True as soon as the undoing has begun; nothing can be set up any more. */
  get begun(): boolean {
    return this.#running !== null;
  }

  /**
   * Runs `make` and queues the undoing of what it makes. The undoing is queued first: when the teardown begins while `make` is
   * still at work it waits for it (for as long as the deadline says), and what is made after that is undone at once.
   */
  async setUp<T>(
    name: string,
    make: () => Promise<T> | T,
    undo: (made: T, signal: AbortSignal) => Promise<void> | void,
    options: UndoOptions = {},
  ): Promise<T> {
    this.#refuseLate(name);
    let made: { readonly value: T } | null = null;
    const { promise: settled, resolve } = Promise.withResolvers<void>();
    this.#queue(name, settled, (signal) => (made === null ? undefined : undo(made.value, signal)), options);
    try {
      const value = await make();
      made = { value };
      // Being undone as soon as `settled` resolves: nobody may use it.
      this.#refuseLate(name);
      return value;
    } finally {
      resolve();
    }
  }

  /** Queues an undoing. The returned function undoes it now, ahead of the rest. */
  defer(
    name: string,
    undo: (signal: AbortSignal) => Promise<void> | void,
    options: UndoOptions = {},
  ): () => Promise<TeardownProblem | null> {
    this.#refuseLate(name);
    const entry = this.#queue(name, Promise.resolve(), undo, options);
    return () => this.#undo(entry);
  }

  /** Undoes everything, newest first. Called again, it returns the same promise. Never rejects. */
  run(): Promise<readonly TeardownProblem[]> {
    this.#running ??= this.#undoAll();
    return this.#running;
  }

  async #undoAll(): Promise<readonly TeardownProblem[]> {
    const problems: TeardownProblem[] = [];
    for (let entry = this.#entries.at(-1); entry !== undefined; entry = this.#entries.at(-1)) {
      const problem = await this.#undo(entry);
      if (problem !== null) problems.push(problem);
    }
    return problems;
  }

  #refuseLate(name: string): void {
    if (this.begun) throw new Fault('interrupted', `${name}: everything is already being taken down.`);
  }

  #queue(name: string, settled: Promise<void>, undo: Entry['undo'], options: UndoOptions): Entry {
    const entry: Entry = { name, settled, undo, deadlineMs: options.deadlineMs ?? 10_000, done: null };
    this.#entries.push(entry);
    return entry;
  }

  #undo(entry: Entry): Promise<TeardownProblem | null> {
    entry.done ??= undoInTime(entry).then((problem) => {
      const index = this.#entries.indexOf(entry);
      if (index !== -1) this.#entries.splice(index, 1);
      return problem;
    });
    return entry.done;
  }
}

async function undoInTime(entry: Entry): Promise<TeardownProblem | null> {
  const controller = new AbortController();
  const { promise: late, reject } = Promise.withResolvers<never>();
  const timer = setTimeout(() => {
    const error = new Error(`still not done after ${entry.deadlineMs} ms`);
    controller.abort(error);
    reject(error);
  }, entry.deadlineMs);
  try {
    await Promise.race([entry.settled.then(() => entry.undo(controller.signal)), late]);
    return null;
  } catch (error) {
    return { name: entry.name, message: error instanceof Error ? error.message : String(error), cause: error };
  } finally {
    clearTimeout(timer);
  }
}
