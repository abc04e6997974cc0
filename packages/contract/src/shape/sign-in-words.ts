import type { Operation } from '../vocabulary/operation.ts';
import { wordsOf } from './nouns.ts';
import { segmentsOf } from './path-segments.ts';

const loginWords = /\b(log ?in|sign ?in|sessions?|tokens?|authenticate|authentication|authorize|auth|jwt|obtain)\b/;
const signUpWords = /\b(register|registration|sign ?up|join|enrol|enroll|create (user|account|member)|new user)\b/;
const peopleWords = /^(users?|accounts?|members?|people|persons?|customers?|players?|authors?|profiles?)$/;
/** Operations with an e-mail address and a password that are about something else. */
const otherWords =
  /\b(reset|forgot|forgotten|recover|recovery|change|update|refresh|logout|log out|revoke|verify|confirm|invite)\b/;

/** What the words of its path, then of its id say that an operation is. Null when they say nothing of it. */
export function purposeInWords(operation: Operation): 'login' | 'sign-up' | 'other' | null {
  const all = [lastWords(operation), idWords(operation)];
  if (all.some((words) => otherWords.test(words))) return 'other';
  for (const words of all) {
    const signsUp = signUpWords.test(words);
    if (signsUp !== loginWords.test(words)) return signsUp ? 'sign-up' : 'login';
  }
  return null;
}

/** Whether its path ends with what people are called. */
export function namesPeople(operation: Operation): boolean {
  return peopleWords.test(lastWords(operation));
}

/** The words of the last part of its path that is fixed. */
export function lastWords({ path }: Pick<Operation, 'path'>): string {
  const fixed = segmentsOf(path).flatMap((segment) => (segment.kind === 'fixed' ? [segment.text] : []));
  return wordsOf(fixed.at(-1) ?? '').join(' ');
}

/** The words of its id; none where that is made of its method and its path. */
export function idWords({ id }: Pick<Operation, 'id'>): string {
  return id.includes('/') ? '' : wordsOf(id).join(' ');
}
