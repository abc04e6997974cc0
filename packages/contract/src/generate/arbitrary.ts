import type * as fc from 'fast-check';
import type { Direction } from '../validate/directed.ts';
import type { Json } from '../vocabulary/json.ts';
import type { Contract, Schema } from '../vocabulary/operation.ts';
import { anyText, textWithNul } from './alphabet.ts';
import { MadeArbitrary } from './made-arbitrary.ts';
import { simplerValues } from './simpler.ts';
import { createValueMaker } from './value-maker.ts';
import type { Mode } from './value-maker.ts';

export interface ArbitraryOptions {
  readonly direction: Direction;
  readonly mode: Mode;
  /** Lets strings hold U+0000 now and then, which PostgreSQL's text cannot. Default false. */
  readonly nul?: boolean;
}

/**
 * Valid values of a schema. Every value, also every shrunk one, satisfies the validator; properties that do not travel in the direction are
 * left out; shrinking ends at the smallest valid value.
 *
 * @throws UnsupportedSchema when no valid value can be found.
 */
export function arbitraryOf(contract: Contract, schema: Schema, options: ArbitraryOptions): fc.Arbitrary<Json> {
  const alphabet = options.nul === true ? textWithNul : anyText;
  const maker = createValueMaker(contract, schema, { direction: options.direction, alphabet, name: 'the schema' });
  return new MadeArbitrary<Json, Json>(
    (source) => {
      const value = maker.make(source, options.mode);
      return { value, context: value };
    },
    function* (context) {
      for (const value of simplerValues(context, maker.models))
        if (maker.isValid(value)) yield { value, context: value };
    },
  );
}
