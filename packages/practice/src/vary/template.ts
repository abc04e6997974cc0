import type { Json } from '@assay/contract';
import type { Path, Problem } from '../shape/shape.ts';
import { evaluate, type Variables } from './expression.ts';
import { ExpressionError, plain } from './values.ts';

/** `{{ … }}`, or `\{{` for the braces themselves. A quoted text in an expression may hold braces; an opening pair that begins no expression is a mistake. */
const template = /\\\{\{|\{\{((?:[^{}'"]|'[^']*'|"[^"]*")*)\}\}|(\{\{)/g;
const whole = /^\{\{((?:[^{}'"]|'[^']*'|"[^"]*")*)\}\}$/;

/** A copy with every `{{ expression }}` in its texts replaced by its value. A text that is nothing but one of them becomes the value itself. */
export function fill(value: Json, variables: Variables, path: Path, problems: Problem[]): Json {
  if (typeof value === 'string') return fillText(value, variables, path, problems);
  if (Array.isArray(value))
    return (value as readonly Json[]).map((item, index) => fill(item, variables, [...path, index], problems));
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(
    Object.entries(value).map(([key, item]) => [
      plain(fillText(key, variables, path, problems)),
      fill(item, variables, [...path, key], problems),
    ]),
  );
}

function fillText(text: string, variables: Variables, path: Path, problems: Problem[]): Json {
  const calculate = (expression: string): Json => {
    try {
      return evaluate(expression, variables);
    } catch (error) {
      if (!(error instanceof ExpressionError)) throw error;
      problems.push({ path, message: `{{${expression}}}: ${error.message}` });
      return '';
    }
  };
  const only = whole.exec(text)?.[1];
  if (only !== undefined) {
    const value = calculate(only);
    return typeof value === 'boolean' ? value : plain(value);
  }
  return text.replaceAll(template, (_, expression: string | undefined, stray: string | undefined) => {
    if (stray !== undefined)
      problems.push({ path, message: 'Here {{ begins no expression; write \\{{ for the braces themselves.' });
    return expression === undefined ? '{{' : plain(calculate(expression));
  });
}
