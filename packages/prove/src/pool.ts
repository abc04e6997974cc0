import { setTimeout as pause } from 'node:timers/promises';
import type { Contract, Exchange, Instance } from '@assay/contract';
import { type EngineInstance, isLaunchFailure, type LaunchFailure } from '@assay/engine';
import type { UnexpectedEnd } from './launch-checks.ts';
import type { LiveIdentities } from '@assay/checks';
import { Standstill } from './standstill.ts';
import { watchedBy } from './watched.ts';

/** How often a backend that ended by itself is started again for the checks that follow. */
const restarts = 5;

/**
 * How long an end may take to be noticed, by how the last request went without an answer: where a connection is refused nobody listens any
 * more, and a reset may have other reasons. Milliseconds.
 */
const noticedWithinMs: Readonly<Record<string, number>> = { refused: 3000, reset: 1000 };

/** The instances of a run: one that checks share, and those that a check has for itself. */
export class InstancePool {
  readonly ends: UnexpectedEnd[] = [];
  readonly #launch: (options: { readonly measured: boolean }) => Promise<EngineInstance | LaunchFailure>;
  #shared: EngineInstance;
  #last: string[] = [];
  /** How the last request to the shared instance went without an answer. */
  #unanswered: string | null = null;
  /** Its end is among `ends` already, and it was not started again since. */
  #told = false;
  /** How often it was started again, or that was tried. */
  #restarted = 0;
  #whyOver = 'the backend ended by itself too often to go on';
  #user = 'launch/starts';
  #standstill = new Standstill();
  readonly #identities: LiveIdentities | null;
  readonly #contract: Contract;

  constructor(
    first: EngineInstance,
    launch: (options: { readonly measured: boolean }) => Promise<EngineInstance | LaunchFailure>,
    identities: LiveIdentities | null,
    contract: Contract,
  ) {
    this.#shared = first;
    this.#launch = launch;
    this.#identities = identities;
    this.#contract = contract;
  }

  /** The shared instance for a check; started again when it had ended. Throws when it cannot be started any more. */
  async shared(check: string): Promise<Instance> {
    await this.noticeEnd();
    if (!this.#shared.alive) {
      if (this.#restarted >= restarts) throw new Error(this.#whyOver);
      this.#restarted += 1;
      const again = await this.#shared.start();
      if (!again.ready) {
        this.#whyOver = `the backend could not be started again: ${again.reason}`;
        throw new Error(this.#whyOver);
      }
      this.#told = false;
    } else if (await this.#standstill.isReached(this.#shared)) await this.#replace();
    this.#user = check;
    return this.#open(this.#shared, check);
  }

  /** What stands still would have every check after it wait in vain: they go on with another one. Without another, with the same. */
  async #replace(): Promise<void> {
    const launched = await this.#launch({ measured: false });
    if (isLaunchFailure(launched)) return;
    const still = this.#shared;
    this.#shared = launched;
    this.#standstill = new Standstill();
    this.#last = [];
    this.#unanswered = null;
    await still.close();
  }

  /** @param measured its speed is what the check is about */
  async fresh(check: string, measured: boolean): Promise<{ readonly instance: Instance; close(): Promise<void> }> {
    let launched = await this.#launch({ measured });
    // It has started before, so a start that fails now is more likely a starved machine than the backend.
    if (isLaunchFailure(launched)) launched = await this.#launch({ measured });
    if (isLaunchFailure(launched)) throw new Error(`another instance could not be started: ${launched.message}`);
    return { instance: await this.#open(launched, check), close: () => launched.close() };
  }

  /** Signs the usual identity in before the check begins, so that nothing of that falls among what it watches. */
  async #open(running: EngineInstance, check: string): Promise<Instance> {
    const instance = watchedBy(running, check, this.#identities, this.#contract);
    await this.#identities?.usual(instance);
    return instance;
  }

  /** Keeps the request lines that lead up to an end. */
  saw(exchange: Exchange): void {
    if (exchange.instance !== this.#shared.id) return;
    this.#standstill.saw(exchange);
    this.#unanswered = exchange.error?.kind ?? null;
    // A refused connection comes after the end and did not lead to it.
    if (exchange.error?.kind === 'refused') return;
    this.#last.push(
      `${exchange.request.method} ${exchange.request.target.slice(0, 200)} → ${exchange.response?.status ?? exchange.error?.kind}`,
    );
    if (this.#last.length > 5) this.#last.shift();
  }

  /** Records the end of the shared instance when it happened. Checks that share it never stop it. */
  async noticeEnd(): Promise<void> {
    // Its connections break before the process is gone, and before that is told here.
    const until = performance.now() + (noticedWithinMs[this.#unanswered ?? ''] ?? 0);
    while (this.#shared.alive && performance.now() < until) await pause(10);
    this.#unanswered = null;
    if (this.#shared.alive || this.#told) return;
    this.#told = true;
    this.ends.push({
      check: this.#user,
      how: this.#shared.ending ?? 'it was gone',
      log: this.#shared.log().slice(-20),
      last: [...this.#last],
    });
    this.#last = [];
  }

  async close(): Promise<void> {
    await this.#shared.close();
  }
}
