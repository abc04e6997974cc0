import type { Home } from '@assay/engine';
import { type BackendJudgement, Workbench } from '@assay/practice';
import { judgementOf, openPracticePorts } from '@assay/prove';
import { isDatabaseAway } from '../../plugins/errors.ts';
import { judge } from '../../runner/judge-process.ts';

type Ports = ReturnType<typeof openPracticePorts>;

/** What answers are marked with; a database that went away is replaced by a new one. */
export class Bench {
  readonly #home: Home;
  readonly #version: string;
  readonly #stop = new AbortController();
  #current: { readonly ports: Ports; readonly bench: Workbench } | null = null;

  constructor(home: Home, version: string) {
    this.#home = home;
    this.#version = version;
  }

  async use<T>(work: (bench: Workbench) => Promise<T>): Promise<T> {
    try {
      return await work(this.#bench());
    } catch (error) {
      if (!isDatabaseAway(error) || this.#stop.signal.aborted) throw error;
      await this.renew();
      return await work(this.#bench());
    }
  }

  #bench(): Workbench {
    if (this.#current === null) {
      const ports = openPracticePorts({ home: this.#home, version: this.#version, signal: this.#stop.signal });
      const bench = new Workbench({
        ...ports,
        judgeBackend: (folder, checks, seed) => this.#judgeBackend(folder, checks, seed),
      });
      this.#current = { ports, bench };
    }
    return this.#current.bench;
  }

  /** In a process of its own, as every backend: the API answers meanwhile. Never on a server that DATABASE_URL names. */
  async #judgeBackend(folder: string, checks: readonly string[], seed: number): Promise<BackendJudgement> {
    const order = {
      folder,
      challenge: null,
      contract: null,
      overrides: {},
      only: checks,
      seed,
      budgetSeconds: null,
      focus: null,
      transient: true,
      home: this.#home,
      ownServer: undefined,
      version: this.#version,
    };
    const judged = await judge(order, () => undefined, this.#stop.signal);
    if (judged.kind === 'fault') return { passed: false, said: [judged.fault.message] };
    if (judged.kind === 'ended') return { passed: false, said: [`It was not judged to its end: ${judged.reason}.`] };
    return judgementOf(judged.report, checks);
  }

  async renew(): Promise<void> {
    const before = this.#current;
    this.#current = null;
    await before?.bench.close().catch(() => undefined);
    await before?.ports.close().catch(() => undefined);
  }

  async close(): Promise<void> {
    this.#stop.abort();
    await this.renew();
  }
}
