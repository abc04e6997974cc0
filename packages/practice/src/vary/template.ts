import type { Json } from '@assay/contract';
import type { Path, Problem } from '../shape/shape.ts';
import { evaluate, type Variables } from './expression.ts';
import { ExpressionError, plain } from './values.ts';

/** `{{ … }}`, or `\{{` for the braces themselves. */
const template = /\\\{\{|\{\{([^{}]*)\}\}/g;

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
  const whole = /^\{\{([^{}]*)\}\}$/.exec(text)?.[1];
  if (whole !== undefined) {
    const value = calculate(whole);
    return typeof value === 'boolean' ? value : plain(value);
  }
  return text.replaceAll(template, (_, expression: string | undefined) =>
    expression === undefined ? '{{' : plain(calculate(expression)),
  );
}
