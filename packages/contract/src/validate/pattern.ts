import { createContext, Script } from 'node:vm';
import { backtrackingOf, mayTakeLong } from './backtracking.ts';

/** A schema's `pattern`, ready to be asked. */
export interface Pattern {
  /** Whether it fits the text, or null where that cannot be told in a bounded time. */
  test(text: string): boolean | null;
}

const compiled = new Map<string, Pattern | null>();

/**
 * A schema's `pattern` as a regular expression: with the Unicode flag as JSON Schema asks, without it where only that can be read
 * (`[\w-\.]` is common in the wild), null where neither can. Never anchored, as JSON Schema says.
 */
export function compilePattern(pattern: string): Pattern | null {
  const known = compiled.get(pattern);
  if (known !== undefined) return known;
  const expression = tryFlags(pattern, 'u') ?? tryFlags(pattern, '');
  const bounded = expression === null ? null : new BoundedPattern(expression);
  compiled.set(pattern, bounded);
  return bounded;
}

function tryFlags(pattern: string, flags: string): RegExp | null {
  try {
    return new RegExp(pattern, flags);
  } catch {
    return null;
  }
}

/** In milliseconds. What fits at all mostly does in microseconds. */
const longestTest = 250;
/** Texts that may take as long before others of their length are not tried any more. */
const mostLost = 3;

/**
 * A contract's pattern is somebody's code: one that backtracks stops this process, with its timers and its signals, for hours. V8 looks for the end
 * of a script's time while it matches; that costs a thread, so it is done only where the pattern and the length of the text give cause.
 */
class BoundedPattern implements Pattern {
  readonly #expression: RegExp;
  readonly #backtracking: ReturnType<typeof backtrackingOf>;
  #lost = 0;
  #shortestLost = Number.POSITIVE_INFINITY;

  constructor(expression: RegExp) {
    this.#expression = expression;
    this.#backtracking = backtrackingOf(expression.source);
  }

  test(text: string): boolean | null {
    if (!mayTakeLong(this.#backtracking, text.length)) return this.#expression.test(text);
    if (this.#lost >= mostLost && text.length >= this.#shortestLost) return null;
    const answer = watched(this.#expression, text);
    if (answer === null) {
      this.#lost += 1;
      this.#shortestLost = Math.min(this.#shortestLost, text.length);
    }
    return answer;
  }
}

const question = { expression: /(?:)/u, text: '', fits: false };
let asked: { readonly script: Script; readonly context: object } | null = null;

function watched(expression: RegExp, text: string): boolean | null {
  asked ??= { script: new Script('fits = expression.test(text)'), context: createContext(question) };
  question.expression = expression;
  question.text = text;
  try {
    asked.script.runInContext(asked.context, { timeout: longestTest });
    return question.fits;
  } catch (error) {
    if (isTimeout(error)) return null;
    throw error;
  }
}

/** Made in the script's own context, it is no instance of this one's `Error`. */
function isTimeout(error: unknown): boolean {
  return (
    typeof error === 'object' && error !== null && 'code' in error && error.code === 'ERR_SCRIPT_EXECUTION_TIMEOUT'
  );
}
