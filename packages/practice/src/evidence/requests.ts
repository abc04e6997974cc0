import type { Exchange, Recording } from '@assay/contract';

type RecordedStatement = Recording['statements'][number];

/** A request with the statements that are certainly its own. */
export interface RequestStatements {
  readonly exchange: Exchange;
  readonly statements: readonly RecordedStatement[];
  /** Milliseconds in which at least one of them ran. */
  readonly sqlMs: number;
}

/** Whether all that was recorded is there: only then it can be said what is the most of it. */
export function isWhole({ leftOut = {} }: Recording): boolean {
  return Object.keys(leftOut).length === 0;
}

/** Every answered request whose statements are known for certain, and all of them. */
export function requestsOf({ exchanges, statements, leftOut = {} }: Recording): readonly RequestStatements[] {
  const byExchange = new Map<string, RecordedStatement[]>();
  for (const statement of statements) {
    if (statement.exchange === null || statement.exchange === 'ambiguous') continue;
    byExchange.set(statement.exchange, [...(byExchange.get(statement.exchange) ?? []), statement]);
  }
  return exchanges.flatMap((exchange) => {
    const own = byExchange.get(exchange.id);
    return own === undefined || exchange.response === undefined || leftOut[exchange.id] !== undefined
      ? []
      : [{ exchange, statements: own, sqlMs: coveredMs(own) }];
  });
}

/** The union of the intervals: statements on several connections may overlap. */
function coveredMs(statements: readonly RecordedStatement[]): number {
  const spans = statements
    .map(({ startedAt, durationMs }) => [startedAt, startedAt + (durationMs ?? 0)] as const)
    .toSorted(([a], [b]) => a - b);
  let sum = 0;
  let end = Number.NEGATIVE_INFINITY;
  for (const [from, to] of spans) {
    if (to <= end) continue;
    sum += to - Math.max(from, end);
    end = to;
  }
  return sum;
}

/** `GET /accounts/7 → 200`. */
export function requestLine({ request, response }: Exchange): string {
  const target = request.target.length > 80 ? `${request.target.slice(0, 77)}…` : request.target;
  return `${request.method} ${target}${response === undefined ? '' : ` → ${response.status}`}`;
}

/** The statement without its values: what repeats. */
export function templateOf(text: string): string {
  return text
    .replaceAll(/\s+/g, ' ')
    .replaceAll(/'(?:[^']|'')*'/g, '?')
    .replaceAll(/(?<![\w$])\d+(\.\d+)?/g, '?')
    .trim();
}

export function isTransactionControl(text: string): boolean {
  return /^\s*(begin|start transaction|commit|rollback|savepoint|release|set|end)\b/i.test(text);
}

/** The statements of a request, one a line, with their times. */
export function statementLines(statements: readonly RecordedStatement[], most = 60): string {
  const lines = statements
    .slice(0, most)
    .map(
      ({ text, rows, durationMs }) =>
        `${text.replaceAll(/\s+/g, ' ').trim()}   -- ${rows ?? '?'} rows, ${durationMs === null ? 'cut' : `${durationMs.toFixed(1)} ms`}`,
    );
  return [...lines, ...(statements.length > most ? [`… and ${statements.length - most} more`] : [])].join('\n');
}

export function most<T>(items: readonly T[], by: (item: T) => number): T | undefined {
  return items.reduce<T | undefined>(
    (best, item) => (best === undefined || by(item) > by(best) ? item : best),
    undefined,
  );
}
