import { isJsonObject, type Json } from '@assay/contract';
import type { Answer } from './mark.ts';

/** The longest answer in words. */
const longest = 40_000;

/** A text, or what is wrong with it. */
export function asText(answer: Answer): { readonly text: string } | { readonly said: string } {
  const text = typeof answer === 'string' ? answer : typeof answer === 'number' ? String(answer) : null;
  if (text === null) return { said: 'The answer must be a text.' };
  if (text.trim() === '') return { said: 'The answer is empty.' };
  if (text.length > longest)
    return {
      said: `An answer may have at most ${longest.toLocaleString('en')} characters; this one has ${text.length.toLocaleString('en')}.`,
    };
  return { text };
}

/** Whole numbers from 1 to `most`, each once at most. */
export function asNumbers(answer: Answer, most: number): readonly number[] | { readonly said: string } {
  const given: readonly Json[] = Array.isArray(answer) ? answer : [answer];
  const numbers = given
    .filter((each) => typeof each === 'number' && Number.isInteger(each) && each >= 1 && each <= most)
    .map(Number);
  if (given.length === 0) return { said: 'The answer is empty.' };
  if (numbers.length !== given.length) return { said: `The answer must be of the numbers from 1 to ${most}.` };
  return new Set(numbers).size === numbers.length ? numbers : { said: 'A number stands there twice.' };
}

export function asFiles(answer: Answer): Readonly<Record<string, string>> | { readonly said: string } {
  if (!isJsonObject(answer)) return { said: 'The answer must be a mapping of files to their texts.' };
  const entries = Object.entries(answer).filter((entry): entry is [string, string] => typeof entry[1] === 'string');
  const size = entries.reduce((sum, [, text]) => sum + text.length, 0);
  if (entries.length !== Object.keys(answer).length) return { said: 'Every file must be a text.' };
  if (size > longest * 10)
    return { said: `The files may have at most ${(longest * 10).toLocaleString('en')} characters together.` };
  return Object.fromEntries(entries);
}
