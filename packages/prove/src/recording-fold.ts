import type { Plots } from './plots/plots.ts';
import type { Recording, Report, RunEvent } from '@assay/contract';

export interface RecordingLimits {
  /** The first so many exchanges are kept, and each that is named. */
  readonly exchanges: number;
  /** Statements of an exchange; once there are `together` of all, `eachThen`. */
  readonly each: number;
  readonly together: number;
  readonly eachThen: number;
  readonly eachOfNamed: number;
}

export const recordingLimits: RecordingLimits = {
  exchanges: 5000,
  each: 50,
  together: 50_000,
  eachThen: 5,
  eachOfNamed: 500,
};

/**
 * What is kept of a run for its page, from its events in order: exchanges, and of each its own statements. One busy exchange takes nothing from the others, and
 * what is left out is counted: a request that ran SQL never looks like one that ran none.
 */
export class RecordingFold {
  readonly #named: ReadonlySet<string>;
  readonly #limits: RecordingLimits;
  readonly #exchanges: Recording['exchanges'][number][] = [];
  readonly #statements: Recording['statements'][number][] = [];
  readonly #usage: Recording['usage'][number][] = [];
  /** How many statements of an exchange are kept. */
  readonly #kept = new Map<string, number>();
  readonly #leftOut = new Map<string, number>();

  /** @param named ids of exchanges that are kept wherever they stand */
  constructor(named: ReadonlySet<string> = new Set(), limits: RecordingLimits = recordingLimits) {
    this.#named = named;
    this.#limits = limits;
  }

  add(event: RunEvent): void {
    if (event.type === 'exchange') {
      const { id } = event.exchange;
      if (this.#exchanges.length >= this.#limits.exchanges && !this.#named.has(id)) return;
      this.#exchanges.push(event.exchange);
      this.#kept.set(id, 0);
    }
    if (event.type === 'statement') this.#addStatement(event);
    // The plot is of one process tree: the instance that checks share, which is the first.
    if (event.type === 'usage' && event.instance === 'i-1') this.#usage.push(event.sample);
  }

  #addStatement({ exchange, instance, statement }: Extract<RunEvent, { readonly type: 'statement' }>): void {
    // Whose it is is decided once the exchange has ended, so the exchange has been told before.
    const before = exchange === null ? undefined : this.#kept.get(exchange);
    if (exchange === null || before === undefined) return;
    if (before >= this.#most(exchange)) {
      this.#leftOut.set(exchange, (this.#leftOut.get(exchange) ?? 0) + 1);
      return;
    }
    this.#kept.set(exchange, before + 1);
    this.#statements.push({ ...statement, instance, exchange });
  }

  #most(exchange: string): number {
    if (this.#named.has(exchange)) return this.#limits.eachOfNamed;
    return this.#statements.length < this.#limits.together ? this.#limits.each : this.#limits.eachThen;
  }

  recording(): Recording {
    return {
      exchanges: this.#exchanges,
      statements: this.#statements,
      leftOut: Object.fromEntries(this.#leftOut),
      usage: this.#usage,
    };
  }
}

/** The exchanges that findings rest on and plots point to. */
export function exchangesNamedBy({ checks }: Report, { statementsPerRequest }: Plots): ReadonlySet<string> {
  const evidence = checks.flatMap(({ findings }) => findings.flatMap((finding) => finding.evidence));
  return new Set([
    ...evidence.flatMap((each) => (each.kind === 'exchange' ? [each.exchange.id] : [])),
    ...statementsPerRequest.map(({ worst }) => worst),
  ]);
}
