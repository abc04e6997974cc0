import type { Json } from '../vocabulary/json.ts';
import type { Edit } from './edit.ts';
import type { Making } from './node.ts';
import type { Place } from './route.ts';

/** What is wrong with an invalid value or request. */
export const violationKinds = [
  'missing',
  'type',
  'null',
  'enum',
  'bounds',
  'length',
  'pattern',
  'format',
  'multiple',
  'items',
  'unique',
  'properties',
  'additional',
  'body',
  'content-type',
] as const;
export type ViolationKind = (typeof violationKinds)[number];

/** The one thing that is wrong with an invalid value. */
export interface ValueViolation {
  readonly kind: ViolationKind;
  /** The place in the value. For a missing property, where it would be. */
  readonly pointer: string;
  /** The keyword of the schema that is violated. */
  readonly keyword: string;
  /** A clause without a full stop: `limit is 0, the minimum is 1`. */
  readonly description: string;
}

export interface Change {
  readonly edit: Edit;
  readonly violation: ValueViolation;
}

/** A way to make values of a schema invalid in one place. */
export interface Mutation {
  readonly kind: ViolationKind;
  readonly keyword: string;
  readonly place: Place;
  /** The change for a value whose part at the place is given; null when it cannot be done to this one. */
  readonly change: (part: Json, making: Making) => Change | null;
}

/** What the mutations of one place start from. */
export interface Target {
  readonly place: Place;
  readonly pointer: string;
  /** The place as a person says it: `title`. */
  readonly subject: string;
}

/** A mutation that puts another value at the place. */
export function replacement(
  target: Target,
  kind: ViolationKind,
  keyword: string,
  replace: (part: Json, making: Making) => { readonly value: Json; readonly description: string } | null,
): Mutation {
  return {
    kind,
    keyword,
    place: target.place,
    change(part, making) {
      const replaced = replace(part, making);
      if (replaced === null) return null;
      const { pointer } = target;
      return {
        edit: { op: 'set', pointer, value: replaced.value },
        violation: { kind, keyword, pointer, description: replaced.description },
      };
    },
  };
}
