import { encodeRequest, type Json, type Operation, type ProbeContext, type RequestCase } from '@assay/contract';
import { advice, isTurnedAway } from '../answers/turned-away.ts';
import { fullest, plainCases, sayingAll } from '../requests/cases.ts';
import { isSuccess, outcome, saying } from '../words.ts';
import { NamedPeople } from './named-people.ts';
import { OtherThings } from './other-things.ts';
import { sentHelped } from './readying.ts';
import { secondTry } from './second-try.ts';
import { type Setup, SetupFailed } from './setup.ts';

/** An operation that may make a list longer. */
export interface Maker {
  readonly operation: Operation;
  /** The places that take the parent's id; empty when the list has no parent. */
  readonly targets: readonly string[];
}

/** What came of one request. `over`: the next ones would fare the same. */
export type Attempted = 'made' | 'refused' | 'over';

/** How often an operation is refused until it is left, where another one makes the list longer. */
const mostRefused = 6;
/** After how many refusals in a row a try that was accepted is no longer the one to repeat: one may be for what it refers to. */
const forgottenAfter = 2;

/** Makes rows of a list by one operation, and learns how they are accepted. */
export class RowMaker {
  readonly #context: ProbeContext;
  readonly #setup: Setup;
  readonly #operation: Operation;
  readonly #targets: readonly string[];
  readonly #cases: Iterator<RequestCase, void>;
  readonly #tries = new Tries();
  readonly others: OtherThings;
  readonly #people: NamedPeople;
  #mustVary = false;
  #refusals = 0;
  #wasAccepted = false;
  /** Why the last request was not accepted; null when it was. */
  trouble: string | null = null;

  /** @param besides kinds of which there are to be no others: what the list belongs to */
  constructor(context: ProbeContext, setup: Setup, { operation, targets }: Maker, besides: readonly string[]) {
    this.#context = context;
    this.#setup = setup;
    this.#operation = operation;
    this.#targets = targets;
    this.#cases = plainCases(context, operation, 'fill');
    // What names the parent in its body, as a transfer its two accounts, lives on going back and forth between the same ones.
    const isPlaced = targets.every((target) => target.startsWith('path:'));
    this.others = new OtherThings(context, setup, isPlaced ? setup.bindingsOf(operation.id) : [], besides);
    this.#people = new NamedPeople(context, setup, operation);
  }

  /** Whether nothing more is to be expected of it where another one makes the list longer. */
  get isVain(): boolean {
    return this.#wasAccepted ? this.others.grows === false : this.#refusals >= mostRefused;
  }

  /** @param round how many rows it was asked for before, in this filling */
  async make(parentId: Json | null, round: number, how?: 'apart'): Promise<Attempted> {
    if (how === 'apart' && this.others.isOver) return 'over';
    const operation = this.#operation;
    const tried = this.#mustVary ? this.#tries.next() : 0;
    const plain = fullest(this.#cases, tried % 2 === 1 ? sayingAll : 1);
    if (plain === null) return 'over';
    const target = this.#targets[round % Math.max(1, this.#targets.length)];
    const own = target === undefined || parentId === null ? {} : { [target]: parentId };
    try {
      const somebody = how === 'apart' && this.#people.isNeeded ? await this.#people.next(plain) : {};
      if (somebody === null) return 'over';
      if (how === 'apart') await this.others.next();
      const next = tried > 0 ? secondTry(this.#context, operation, plain, tried) : plain;
      const bound = await this.#setup.bind(operation, next, { ...own, ...somebody });
      const first = await this.#setup.instance.send(encodeRequest(operation, bound));
      const mayHelp = !isSuccess(first) && !isTurnedAway(first);
      const exchange = (mayHelp ? await sentHelped(this.#context, this.#setup, operation, bound) : null) ?? first;
      const isMade = isSuccess(exchange);
      this.trouble = isMade ? null : `${outcome(exchange)}${saying(exchange)}${advice(exchange)}`;
      if (tried > 0) this.#tries.note(tried, isMade);
      if (isMade) this.#accepted();
      else this.#refused(how);
      return isMade ? 'made' : isTurnedAway(exchange) ? 'over' : 'refused';
    } catch (error) {
      if (!(error instanceof SetupFailed)) throw error;
      this.trouble = error.message;
      return 'over';
    }
  }

  #accepted(): void {
    [this.#wasAccepted, this.#refusals] = [true, 0];
    this.others.accepted();
    this.#people.accepted();
  }

  /** What it refers to is looked at first, and then what else it says. */
  #refused(how?: 'apart'): void {
    this.#refusals += 1;
    if (how === 'apart' && (this.others.refused() || this.#people.refused())) return;
    // It may have been for what is used up, of which the next is another one.
    this.#mustVary ||= !this.others.isEachTime || this.#refusals > 1;
  }
}

/** Which other try comes next: one that says all that it may, once such a one was accepted, and else all sorts in turn. */
class Tries {
  #last = 0;
  #good: number | null = null;
  #refusals = 0;

  next(): number {
    if (this.#good === null) this.#last += 1;
    return this.#good ?? this.#last;
  }

  note(tried: number, isAccepted: boolean): void {
    this.#refusals = isAccepted ? 0 : this.#refusals + 1;
    if (isAccepted && tried % 2 === 1) this.#good = tried;
    else if (isAccepted || this.#refusals >= forgottenAfter) this.#good = null;
  }
}
