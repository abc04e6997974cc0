import type { RuleHit, SqlValue, StatementMatch, WireRule, WireRuleHandle } from '@assay/contract';
import type { SqlKind } from './sql-kind.ts';

/** What a rule can see of a statement. The costly parts are asked for only when a rule speaks of them. */
export interface MatchedStatement {
  readonly text: string;
  readonly connection: number;
  kind(): SqlKind;
  parameters(): readonly SqlValue[];
}

export class Rule implements WireRuleHandle {
  readonly spec: WireRule;
  readonly #forget: (rule: Rule) => void;
  #hits = 0;
  #passed = 0;
  #last: RuleHit | null = null;
  #active = true;
  #held = new Set<() => void>();
  #watchers = new Set<() => void>();

  constructor(spec: WireRule, forget: (rule: Rule) => void) {
    this.spec = spec;
    this.#forget = forget;
  }

  get hits(): number {
    return this.#hits;
  }

  get last(): RuleHit | null {
    return this.#last;
  }

  get active(): boolean {
    return this.#active;
  }

  matches(statement: MatchedStatement): boolean {
    return 'match' in this.spec && matchesStatement(this.spec.match, statement);
  }

  /** Counts one act; false when the rule was removed, its turn has not come, or it has acted as often as it may. */
  take(hit: RuleHit | null = null): boolean {
    const limit = 'times' in this.spec ? (this.spec.times ?? Infinity) : Infinity;
    if (!this.#active || this.#hits >= limit) return false;
    const skip = 'skip' in this.spec ? (this.spec.skip ?? 0) : 0;
    if (this.#passed < skip) {
      this.#passed += 1;
      return false;
    }
    this.#hits += 1;
    this.#last = hit;
    for (const look of this.#watchers) look();
    return true;
  }

  /** Calls `go` when the statement may go on: after the delay, or when held ones are let go. Returns how to give up waiting. */
  wait(go: () => void): () => void {
    const timer = this.spec.do === 'delay' ? setTimeout(() => leave(), this.spec.ms) : undefined;
    const leave = (): void => {
      cancel();
      go();
    };
    const cancel = (): void => {
      clearTimeout(timer);
      this.#held.delete(leave);
    };
    this.#held.add(leave);
    return cancel;
  }

  waitForHits(count: number, signal: AbortSignal): Promise<void> {
    return new Promise((resolve, reject) => {
      const finish = (): void => {
        this.#watchers.delete(look);
        signal.removeEventListener('abort', abort);
      };
      const abort = (): void => {
        finish();
        reject(signal.reason);
      };
      const look = (): void => {
        if (this.#hits < count) return;
        finish();
        resolve();
      };
      if (signal.aborted) {
        reject(signal.reason);
        return;
      }
      signal.addEventListener('abort', abort, { once: true });
      this.#watchers.add(look);
      look();
    });
  }

  release(): void {
    // Letting one go may bring the next statement of its connection here; that one stays.
    const held = Array.from(this.#held);
    for (const leave of held) if (this.#held.has(leave)) leave();
  }

  remove(): void {
    this.#active = false;
    this.#forget(this);
    this.release();
  }
}

/** The rules in force, in the order in which they were added. */
export class RuleSet {
  #rules: readonly Rule[] = [];

  /** False lets the proxy pass statements on without asking. */
  get any(): boolean {
    return this.#rules.length > 0;
  }

  add(spec: WireRule): Rule {
    const rule = new Rule(spec, (gone) => {
      this.#rules = this.#rules.filter((one) => one !== gone);
    });
    this.#rules = [...this.#rules, rule];
    return rule;
  }

  matching(statement: MatchedStatement): readonly Rule[] {
    return this.#rules.filter((rule) => rule.matches(statement));
  }

  /** The rule that refuses connections, or undefined. */
  refusal(): Rule | undefined {
    return this.#rules.find((rule) => rule.spec.do === 'refuse-connections');
  }
}

function matchesStatement(match: StatementMatch, statement: MatchedStatement): boolean {
  if (match.connection !== undefined && match.connection !== statement.connection) return false;
  // `search` starts at the beginning also for a global expression, where `test` would go on from the match before.
  if (match.text !== undefined && statement.text.search(match.text) < 0) return false;
  if (match.where !== undefined && !match.where(statement.text)) return false;
  if (match.kind !== undefined && !matchesKind(match.kind, statement.kind())) return false;
  return match.value === undefined || mentions(match.value, statement);
}

function matchesKind(wanted: 'read' | 'write' | 'commit' | 'any', kind: SqlKind): boolean {
  if (wanted === 'any') return true;
  return wanted === kind || (wanted === 'write' && kind === 'commit');
}

function mentions(value: string, statement: MatchedStatement): boolean {
  return statement.text.includes(value) || statement.parameters().some((parameter) => String(parameter) === value);
}
