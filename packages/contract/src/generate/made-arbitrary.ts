import { Arbitrary, Stream, Value, stream } from 'fast-check';
import type { Random } from 'fast-check';
import { randomSource } from './source.ts';
import type { Source } from './source.ts';

/** A value with what its shrinking needs to know. */
export interface Made<T, C> {
  readonly value: T;
  readonly context: C;
}

/**
 * An arbitrary made of two plain functions. Values are made in one go from a source of choices, which is several times as fast as
 * composing small arbitraries, and are shrunk by looking at them.
 */
export class MadeArbitrary<T, C> extends Arbitrary<T> {
  readonly #make: (source: Source) => Made<T, C>;
  readonly #simpler: (context: C) => Iterable<Made<T, C>>;
  readonly #contexts = new WeakMap<object, C>();

  constructor(make: (source: Source) => Made<T, C>, simpler: (context: C) => Iterable<Made<T, C>>) {
    super();
    this.#make = make;
    this.#simpler = simpler;
  }

  generate(random: Random): Value<T> {
    return this.#wrap(this.#make(randomSource(random)));
  }

  canShrinkWithoutContext(value: unknown): value is T {
    void value;
    return false;
  }

  shrink(_value: T, token: unknown): Stream<Value<T>> {
    const context = typeof token === 'object' && token !== null ? this.#contexts.get(token) : undefined;
    if (context === undefined) return Stream.nil();
    return stream(this.#simplerValues(context));
  }

  *#simplerValues(context: C): Generator<Value<T>> {
    for (const made of this.#simpler(context)) yield this.#wrap(made);
  }

  /** fast-check hands the token back as `unknown`; the map tells what it stands for without a cast. */
  #wrap({ value, context }: Made<T, C>): Value<T> {
    const token = {};
    this.#contexts.set(token, context);
    return new Value(value, token);
  }
}
