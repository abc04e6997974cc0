import { ExpressionError } from './values.ts';

export interface Token {
  readonly kind: 'number' | 'text' | 'name' | 'sign';
  readonly text: string;
}

const token =
  /\s*(?:(?<number>\d+(?:\.\d+)?)|(?<name>[A-Za-z_]\w*)|'(?<single>[^']*)'|"(?<double>[^"]*)"|(?<sign>\*\*|\|\||&&|[=!<>]=|[-+*/%<>!?:().,[\]]))/y;

export function tokensOf(expression: string): readonly Token[] {
  const tokens: Token[] = [];
  const source = expression.trim();
  token.lastIndex = 0;
  while (token.lastIndex < source.length) {
    const at = token.lastIndex;
    const groups = token.exec(source)?.groups;
    if (groups === undefined) throw new ExpressionError(`"${source.slice(at, at + 10)}" cannot be read in: ${source}`);
    const { number, name, sign } = groups;
    if (number !== undefined) tokens.push({ kind: 'number', text: number });
    else if (name !== undefined) tokens.push({ kind: 'name', text: name });
    else if (sign !== undefined) tokens.push({ kind: 'sign', text: sign });
    else tokens.push({ kind: 'text', text: groups['single'] ?? groups['double'] ?? '' });
  }
  return tokens;
}
