import type { Json } from '@assay/contract';
import { ExpressionError, number, plain } from './values.ts';

/** Everything that an expression can call. docs/questions.md lists them. */
const functions: Readonly<Record<string, (given: readonly Json[]) => Json>> = {
  min: (given) => Math.min(...numbers(given)),
  max: (given) => Math.max(...numbers(given)),
  sum: (given) => numbers(given).reduce((total, each) => total + each, 0),
  floor: ([value]) => Math.floor(first(value)),
  ceil: ([value]) => Math.ceil(first(value)),
  round: ([value, digits]) => Number(first(value).toFixed(digits === undefined ? 0 : number(digits))),
  fixed: ([value, digits]) => first(value).toFixed(digits === undefined ? 2 : number(digits)),
  abs: ([value]) => Math.abs(first(value)),
  sqrt: ([value]) => Math.sqrt(first(value)),
  log2: ([value]) => Math.log2(first(value)),
  hex: ([value]) => first(value).toString(16),
  binary: ([value]) => first(value).toString(2),
  upper: ([value]) => told(value).toUpperCase(),
  lower: ([value]) => told(value).toLowerCase(),
  capital: ([value]) => told(value).slice(0, 1).toUpperCase() + told(value).slice(1),
  length: ([value]) => (Array.isArray(value) ? value.length : told(value).length),
  join: ([value, between]) =>
    listOf(value)
      .map(plain)
      .join(between === undefined ? ', ' : told(between)),
  sorted: ([value]) => numbers(listOf(value)).toSorted((a, b) => a - b),
  reversed: ([value]) => listOf(value).toReversed(),
  plural: ([count, word, several]) => {
    const counted = first(count);
    const noun = counted === 1 ? told(word) : several === undefined ? `${told(word)}s` : told(several);
    return `${counted} ${noun}`;
  },
  json: ([value]) => JSON.stringify(value ?? null),
};

export function callFunction(name: string, given: readonly Json[]): Json {
  const called = Object.hasOwn(functions, name) ? functions[name] : undefined;
  if (called === undefined)
    throw new ExpressionError(`There is no function "${name}". There are: ${Object.keys(functions).join(', ')}.`);
  return called(given);
}

function first(value: Json | undefined): number {
  return number(value ?? null);
}

function told(value: Json | undefined): string {
  return plain(value ?? '');
}

function listOf(value: Json | undefined): readonly Json[] {
  if (Array.isArray(value)) return value as readonly Json[];
  throw new ExpressionError(`A list is needed, not ${JSON.stringify(value)}.`);
}

function numbers(given: readonly Json[]): readonly number[] {
  return (given.length === 1 && Array.isArray(given[0]) ? listOf(given[0]) : given).map(number);
}
