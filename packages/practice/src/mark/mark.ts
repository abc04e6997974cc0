import type { Json } from '@assay/contract';

/** Whether a point is made, as far as can be told without a person. */
export interface MarkedPoint {
  readonly point: string;
  readonly met: boolean;
}

/** What marking says of an answer. */
export interface Mark {
  readonly passed: boolean;
  /** 0 to 1. */
  readonly score: number;
  /** One sentence or a few: what is right, or what is wrong and where. */
  readonly said: string;
  /** For free text: the points that its words propose. The person confirms them; see `confirmed`. */
  readonly points: readonly MarkedPoint[];
  /** More than was asked for: a plan that costs less. */
  readonly bonus: string | null;
  /** True where words were matched: it never counts toward a credential by itself. */
  readonly proposed: boolean;
}

/** What the kinds need of an answer: a text, numbers of options or items, a line or `none`, or files. */
export type Answer = Json;

export function passed(said: string, bonus: string | null = null): Mark {
  return { passed: true, score: 1, said, points: [], bonus, proposed: false };
}

export function failed(said: string, score = 0): Mark {
  return { passed: false, score, said, points: [], bonus: null, proposed: false };
}

/** A table of text, to be shown. */
export interface ShownTable {
  readonly name: string;
  readonly columns: readonly string[];
  readonly rows: readonly (readonly (string | null)[])[];
  /** How many rows it has besides these. */
  readonly more: number;
}

/** What is shown beside the prompt, by the form that an answer takes. Plain JSON. */
export type Shown =
  | { readonly form: 'text' }
  /** Answered by the numbers, from 1, of one or several options. */
  | { readonly form: 'options'; readonly options: readonly string[]; readonly several: boolean }
  /** Answered by the numbers, from 1, of all items in the right order. */
  | { readonly form: 'order'; readonly items: readonly string[] }
  | {
      readonly form: 'statement';
      readonly schema: string;
      readonly tables: readonly ShownTable[];
      readonly expected: ShownTable;
    }
  | { readonly form: 'request'; readonly exchanges: readonly string[]; readonly requests: number }
  /** Answered by what comes out. */
  | { readonly form: 'outcome'; readonly language: string; readonly code: string }
  /** Answered by the program, mended. */
  | { readonly form: 'program'; readonly language: string; readonly code: string; readonly tests: string }
  /** Answered by files, mended: `{ "server.js": "…" }`. */
  | { readonly form: 'files'; readonly files: Readonly<Record<string, string>>; readonly checks: readonly string[] }
  /** Answered by the number of an option, or by a whole number. */
  | {
      readonly form: 'evidence';
      readonly prompt: string;
      readonly exhibit: string;
      readonly options: readonly string[] | null;
    }
  /** Answered by the number of a line, or `none`. */
  | { readonly form: 'line'; readonly file: string; readonly code: string; readonly firstLine: number };
