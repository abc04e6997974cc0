import type * as fc from 'fast-check';
import type { Json } from '../vocabulary/json.ts';
import type { Contract, Schema } from '../vocabulary/operation.ts';
import { anyText } from './alphabet.ts';
import type { ArbitraryOptions } from './arbitrary.ts';
import { UnsupportedSchema } from './cannot-make.ts';
import { applyEdit } from './edit.ts';
import { MadeArbitrary } from './made-arbitrary.ts';
import type { ValueViolation, ViolationKind } from './mutation.ts';
import { byViolation, provenMutations } from './mutations.ts';
import type { Mutated } from './mutations.ts';
import { simplerValues } from './simpler.ts';
import { createValueMaker } from './value-maker.ts';

export interface InvalidValue {
  readonly value: Json;
  readonly violation: ValueViolation;
}

export interface InvalidArbitraryOptions extends ArbitraryOptions {
  /** Only these kinds of violation; all when left out. */
  readonly kinds?: readonly ViolationKind[];
  /** What the whole value is called in descriptions. Default `the value`. */
  readonly name?: string;
}

/**
 * Values that violate a schema in exactly one chosen place, made from valid ones. Shrinking simplifies the valid rest and never makes a
 * value valid.
 *
 * @throws UnsupportedSchema when the schema allows everything, or no valid value can be found to start from.
 */
export function invalidArbitraryOf(
  contract: Contract,
  schema: Schema,
  options: InvalidArbitraryOptions,
): fc.Arbitrary<InvalidValue> {
  const maker = createValueMaker(contract, schema, {
    direction: options.direction,
    alphabet: anyText,
    name: 'the schema',
  });
  const mutations = provenMutations(maker, options.name ?? 'the value', maker.isInvalid).filter(
    ({ mutation }) => options.kinds === undefined || options.kinds.includes(mutation.kind),
  );
  if (mutations.length === 0) throw new UnsupportedSchema('the schema', 'it allows every value that could be made');
  const groups = byViolation(mutations, ({ mutation }) => mutation);
  const present = (mutated: Mutated) => ({
    value: { value: mutated.value, violation: mutated.change.violation },
    context: mutated,
  });
  return new MadeArbitrary<InvalidValue, Mutated>(
    (source) => present(source.pick(source.pick(groups)).make(source, options.mode)),
    function* (mutated) {
      for (const base of simplerValues(mutated.base, maker.models)) {
        if (!maker.isValid(base)) continue;
        const value = applyEdit(base, mutated.change.edit);
        if (value !== undefined && maker.isInvalid(value)) yield present({ base, change: mutated.change, value });
      }
    },
  );
}
