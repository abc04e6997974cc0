import type { Binding, ProbeContext } from '@assay/contract';
import { parentsFirst } from './kinship.ts';
import { atOtherTime, saysTheTime, type Time } from './other-times.ts';
import { type Made, type Setup, SetupFailed } from './setup.ts';

/** How often in a row requests with other things may be refused: until things nearer by are taken, and until it is given up where each one is used up. */
const [mostRefused, mostUsedUp] = [3, 6];

/**
 * Other things for what is made next to refer to, for as long as they can be made and are accepted: every second time, or each time where what was referred
 * to once is used up by it, as a place that is booked.
 */
export class OtherThings {
  readonly #setup: Setup;
  /** What requests refer to. */
  readonly #near: readonly string[];
  /** What that refers to in turn: an appointment's slot is a practitioner's. */
  readonly #far: readonly string[];
  #reach: 'far' | 'near' | 'none';
  #turn = 0;
  #isEachTime = false;
  /** Whether the last request referred to things that no other did before it. */
  #areFresh = false;
  /** Whether what requests refer to now was accepted. */
  #areProven = false;
  #unproven: readonly Made[] = [];
  /** Made for the last request that things were made for. */
  #latest: readonly Made[] = [];
  #refusals = 0;
  /** When what is made is for, where what was said by itself is refused: what has begun is no longer booked. */
  #time: Time | null = null;
  /** Kinds that cannot be made for then. */
  readonly #atAnyTime = new Set<string>();
  /** Whether the list grew by what refers to other things, and to the same again; null: not seen. */
  readonly #grew: { fresh: boolean | null; same: boolean | null } = { fresh: null, same: null };

  /**
   * @param bindings the places of the requests that take ids of things; those of a path say where, and stay
   * @param besides kinds of which there are to be no others: what the list belongs to
   */
  constructor(
    context: Pick<ProbeContext, 'shape'>,
    setup: Setup,
    bindings: readonly Binding[],
    besides: readonly string[] = [],
  ) {
    this.#setup = setup;
    const isOther = ({ resource }: Binding): boolean =>
      !besides.includes(resource) && setup.resource(resource).create !== null;
    const kindsIn = (some: readonly Binding[]): readonly string[] => [
      ...new Set(parentsFirst(context, some.filter(isOther)).map(({ resource }) => resource)),
    ];
    this.#near = kindsIn(bindings.filter(({ target }) => target.startsWith('body:')));
    const beyond = this.#near.flatMap((kind) => setup.bindingsOf(setup.resource(kind).create ?? ''));
    this.#far = kindsIn(beyond.filter(({ target }) => /^(path|body):/.test(target))).filter(
      (kind) => !this.#near.includes(kind),
    );
    this.#reach = this.#near.length === 0 ? 'none' : this.#far.length === 0 ? 'near' : 'far';
  }

  /** Whether what requests refer to is used up by them. */
  get isEachTime(): boolean {
    return this.#isEachTime;
  }

  /** Whether it says something whether the list grew by the last request. */
  get isLearning(): boolean {
    if (this.#grew.fresh === null) return true;
    return this.#grew.fresh && this.#reach !== 'none' && !this.#isEachTime && this.#grew.same === null;
  }

  /** Whether things beyond those that requests refer to are made: that the list shows what refers to them has to be seen. */
  get isFar(): boolean {
    return this.#reach === 'far';
  }

  /** Makes them, when it is time to. */
  async next(): Promise<void> {
    const isDue = this.#isEachTime || this.#turn % 2 === 0;
    this.#turn += 1;
    this.#areFresh = false;
    if (this.#reach === 'none' || !isDue) return;
    this.#latest = [];
    if (this.#reach === 'far' && !(await this.#made(this.#far))) this.#reach = 'near';
    // Where no others can be made, those that are there are referred to on and on: it may be no use of them that was refused.
    if (!(await this.#made(this.#near))) [this.#reach, this.#isEachTime] = ['none', false];
    [this.#areFresh, this.#areProven] = [true, false];
  }

  accepted(): void {
    [this.#areProven, this.#unproven, this.#refusals] = [true, [], 0];
  }

  /**
   * What was refused may have been so for what it referred to: where that was accepted before, it is used up, and else things of before are taken
   * again. True in the first case: nothing else need be changed.
   */
  refused(): boolean {
    if (this.#reach === 'none') return false;
    if (!this.#areFresh && this.#areProven && !this.#isEachTime) {
      this.#isEachTime = true;
      return true;
    }
    this.#refusals += 1;
    if (this.#areFresh) this.#time = this.#time === null ? 'closely' : null;
    if (this.#refusals === mostRefused && (this.#reach === 'far' || !this.#isEachTime)) this.#comeNearer();
    return false;
  }

  /** Whether what is used up each time is refused time and again, for which what was referred to before will not do. */
  get isOver(): boolean {
    return this.#isEachTime && this.#refusals >= mostUsedUp;
  }

  /** Notes whether the list grew by what was accepted. */
  noteGrowth(grew: boolean): void {
    if (!this.#areFresh && this.#reach !== 'none') {
      this.#grew.same = grew;
      if (!grew && this.#grew.fresh === true) this.#isEachTime = true;
    } else if (!grew && this.#reach === 'far') this.#comeNearer();
    else this.#grew.fresh = grew;
  }

  /** Whether the list grew by it, as far as that was seen. */
  get grows(): boolean | null {
    return this.#grew.fresh;
  }

  #comeNearer(): void {
    this.#reach = this.#reach === 'far' ? 'near' : 'none';
    for (const made of [...this.#unproven, ...this.#latest]) this.#setup.forget(made);
    [this.#unproven, this.#latest] = [[], []];
    if (!this.#isEachTime) this.#refusals = 0;
  }

  /** False where one cannot be made. */
  async #made(kinds: readonly string[]): Promise<boolean> {
    try {
      for (const kind of kinds) {
        const made = await this.#one(kind);
        [this.#unproven, this.#latest] = [
          [...this.#unproven, made],
          [...this.#latest, made],
        ];
      }
      return true;
    } catch (error) {
      if (!(error instanceof SetupFailed)) throw error;
      return false;
    }
  }

  async #one(kind: string): Promise<Made> {
    const time = this.#time;
    if (time === null || this.#atAnyTime.has(kind)) return this.#setup.makeExemplary(kind);
    try {
      return await this.#setup.makeExemplary(kind, (request) =>
        saysTheTime(request) ? atOtherTime(request, time) : request,
      );
    } catch (error) {
      if (!(error instanceof SetupFailed)) throw error;
      this.#atAnyTime.add(kind);
      return this.#setup.makeExemplary(kind);
    }
  }
}
