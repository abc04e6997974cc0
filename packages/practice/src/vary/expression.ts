import { isJsonObject, type Json } from '@assay/contract';
import { type Token, tokensOf } from './expression-tokens.ts';
import { callFunction } from './expression-functions.ts';
import { ExpressionError, number, plain } from './values.ts';

export type Variables = Readonly<Record<string, Json>>;

/**
 * The value of an expression such as `n * 2 + 1`, `rows > 10 ? 'many' : 'few'` or `plural(n, 'row')`. There are numbers, texts in quotes,
 * variables, members (`thing.table`), entries (`names[0]`), operators and a handful of functions; nothing else can be reached from it.
 */
export function evaluate(expression: string, variables: Variables): Json {
  const tokens = tokensOf(expression);
  let at = 0;
  const peek = (): Token | undefined => tokens[at];
  const takes = (text: string): boolean => {
    const token = tokens[at];
    if (token?.kind !== 'sign' || token.text !== text) return false;
    at += 1;
    return true;
  };
  const need = (text: string): void => {
    if (!takes(text)) throw new ExpressionError(`"${text}" is missing in: ${expression}`);
  };

  const choice = (): Json => {
    const condition = binary(0);
    if (!takes('?')) return condition;
    const yes = choice();
    need(':');
    const no = choice();
    return truth(condition) ? yes : no;
  };
  const binary = (level: number): Json => {
    const signs = levels[level];
    if (signs === undefined) return power();
    let left = binary(level + 1);
    for (;;) {
      const sign = signs.find((each) => takes(each));
      if (sign === undefined) return left;
      left = operate(sign, left, binary(level + 1));
    }
  };
  const power = (): Json => {
    if (takes('-')) return -number(power());
    if (takes('!')) return !truth(power());
    const base = member();
    return takes('**') ? number(base) ** number(power()) : base;
  };
  const member = (): Json => {
    let value = single();
    for (;;) {
      if (takes('.')) {
        const token = peek();
        if (token?.kind !== 'name') throw new ExpressionError(`A name is missing after "." in: ${expression}`);
        at += 1;
        value = memberOf(value, token.text);
      } else if (takes('[')) {
        value = memberOf(value, choice());
        need(']');
      } else return value;
    }
  };
  const single = (): Json => {
    const token = peek();
    at += 1;
    if (token?.kind === 'number') return Number(token.text);
    if (token?.kind === 'text') return token.text;
    if (token?.kind === 'name')
      return takes('(') ? callFunction(token.text, rest(')')) : variable(token.text, variables);
    if (token?.text === '[') return rest(']');
    if (token?.text === '(') {
      const inner = choice();
      need(')');
      return inner;
    }
    throw new ExpressionError(
      token === undefined ? `It ends too early: ${expression}` : `"${token.text}" is not expected in: ${expression}`,
    );
  };
  const rest = (end: string): readonly Json[] => {
    const found: Json[] = [];
    while (!takes(end)) {
      if (found.length > 0) need(',');
      found.push(choice());
    }
    return found;
  };

  const value = choice();
  const left = peek();
  if (left !== undefined) throw new ExpressionError(`"${left.text}" is not expected in: ${expression}`);
  return value;
}

const levels: readonly (readonly string[])[] = [
  ['||'],
  ['&&'],
  ['==', '!='],
  ['<=', '>=', '<', '>'],
  ['+', '-'],
  ['*', '/', '%'],
];

function variable(name: string, variables: Variables): Json {
  const value = Object.hasOwn(variables, name) ? variables[name] : undefined;
  if (value !== undefined) return value;
  if (name === 'true' || name === 'false') return name === 'true';
  throw new ExpressionError(
    `There is no variable "${name}". There are: ${Object.keys(variables).join(', ') || 'none'}.`,
  );
}

function memberOf(value: Json, key: Json): Json {
  let found: Json | undefined;
  if (Array.isArray(value)) found = (value as readonly Json[])[number(key)];
  else if (isJsonObject(value) && Object.hasOwn(value, String(key))) found = value[String(key)];
  if (found === undefined) throw new ExpressionError(`There is no "${String(key)}" in ${JSON.stringify(value)}.`);
  return found;
}

function operate(sign: string, left: Json, right: Json): Json {
  switch (sign) {
    case '||':
      return truth(left) || truth(right);
    case '&&':
      return truth(left) && truth(right);
    case '==':
      return JSON.stringify(left) === JSON.stringify(right);
    case '!=':
      return JSON.stringify(left) !== JSON.stringify(right);
    case '+':
      return typeof left === 'string' || typeof right === 'string'
        ? `${plain(left)}${plain(right)}`
        : number(left) + number(right);
    case '-':
      return number(left) - number(right);
    case '*':
      return number(left) * number(right);
    case '/':
      return number(left) / number(right);
    case '%':
      return number(left) % number(right);
    case '<':
      return number(left) < number(right);
    case '<=':
      return number(left) <= number(right);
    case '>':
      return number(left) > number(right);
    default:
      return number(left) >= number(right);
  }
}

function truth(value: Json): boolean {
  return value !== false && value !== null && value !== 0 && value !== '';
}
