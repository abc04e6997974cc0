/** A set of code points, as sorted ranges that do not overlap. */
export type CharSet = readonly (readonly [first: number, last: number])[];

/** What a regular expression is made of, as far as a generator needs to know. */
export type RegexNode =
  | { readonly kind: 'set'; readonly set: CharSet }
  | { readonly kind: 'sequence'; readonly parts: readonly RegexNode[] }
  | { readonly kind: 'choice'; readonly options: readonly RegexNode[] }
  | { readonly kind: 'repeat'; readonly part: RegexNode; readonly min: number; readonly max: number }
  | { readonly kind: 'start' }
  | { readonly kind: 'end' }
  /** A word boundary or its absence: cannot be built, only tested. */
  | { readonly kind: 'boundary' }
  | { readonly kind: 'look'; readonly ahead: boolean; readonly negative: boolean; readonly part: RegexNode }
  | { readonly kind: 'group'; readonly index: number; readonly name: string | null; readonly part: RegexNode }
  | { readonly kind: 'back'; readonly to: number | string };

/** Thrown by the parser for what it does not know; the caller then says that the pattern is unsupported. */
export class UnknownSyntax extends Error {}
