import type { Generator } from './evidence-question.ts';
import { chosen } from './evidence-question.ts';
import {
  isTransactionControl,
  isWhole,
  most,
  requestLine,
  requestsOf,
  statementLines,
  templateOf,
} from './requests.ts';

/** Which request ran the most statements, among others of other operations. */
export const mostStatements: Generator = ({ recording }, draw) => {
  if (!isWhole(recording)) return null;
  const requests = requestsOf(recording);
  const worst = most(requests, ({ statements }) => statements.length);
  if (worst === undefined || worst.statements.length < 2) return null;
  const { exchange, statements } = worst;
  // Clearly fewer: a third of them at least.
  const others = requests.filter(
    (other) => other.exchange.operation !== exchange.operation && other.statements.length * 3 <= statements.length * 2,
  );
  return chosen(
    draw,
    requestLine(exchange),
    others.map((other) => requestLine(other.exchange)),
    {
      prompt: `One request of this run sent ${statements.length} statements to the database, more than any other. Which of these was it, and what did they do?`,
      exhibit: '',
      why: `${exchange.id} ran ${statements.length} statements:\n${statementLines(statements, 12)}`,
      exchanges: [exchange.id],
    },
  );
};

/** Which statement repeats most within one request. */
export const repeatedStatement: Generator = ({ recording }, draw) => {
  const counted = requestsOf(recording).flatMap((request) => {
    const counts = new Map<string, number>();
    for (const { text } of request.statements)
      if (!isTransactionControl(text)) counts.set(templateOf(text), (counts.get(templateOf(text)) ?? 0) + 1);
    const [top, second] = [...counts].toSorted(([, a], [, b]) => b - a);
    return top === undefined || top[1] < 2 || top[1] === second?.[1]
      ? []
      : [{ request, template: top[0], times: top[1], all: [...counts.keys()] }];
  });
  const worst = most(counted, ({ times }) => times);
  if (worst === undefined) return null;
  const elsewhere = recording.statements
    .filter(({ text }) => !isTransactionControl(text))
    .map(({ text }) => templateOf(text));
  return chosen(draw, worst.template, [...worst.all, ...elsewhere], {
    prompt: `${requestLine(worst.request.exchange)} ran ${worst.request.statements.length} statements. Which of these ran most often for it?`,
    exhibit: statementLines(worst.request.statements, 12),
    why: `It ran ${worst.times} times in ${worst.request.exchange.id}.`,
    exchanges: [worst.request.exchange.id],
  });
};

const bands = [
  'less than a quarter',
  'from a quarter to a half',
  'from a half to three quarters',
  'more than three quarters',
] as const;

/** The share of SQL in the slowest request. */
export const shareInSql: Generator = ({ recording }, draw) => {
  if (!isWhole(recording)) return null;
  const slowest = most(requestsOf(recording), ({ exchange }) => exchange.durationMs);
  if (slowest === undefined || slowest.exchange.durationMs <= 0) return null;
  const share = Math.min(1, slowest.sqlMs / slowest.exchange.durationMs);
  const right = bands[Math.min(3, Math.floor(share * 4))] ?? bands[0];
  // Next to a border it could be read both ways.
  if (Math.abs(share * 4 - Math.round(share * 4)) < 0.08 && share > 0.1 && share < 0.9) return null;
  return chosen(draw, right, bands, {
    prompt: `The slowest request with statements took ${slowest.exchange.durationMs.toFixed(1)} ms: ${requestLine(slowest.exchange)}. What share of that passed while its statements ran?`,
    exhibit: statementLines(slowest.statements, 40),
    why: `${slowest.sqlMs.toFixed(1)} ms of ${slowest.exchange.durationMs.toFixed(1)} ms: ${Math.round(share * 100)} %.`,
    exchanges: [slowest.exchange.id],
  });
};

/** In how many transaction blocks a request ran. */
export const transactionCount: Generator = ({ recording }, draw) => {
  const writing = requestsOf(recording).filter(({ statements }) =>
    statements.some(({ command }) => ['INSERT', 'UPDATE', 'DELETE'].includes(command ?? '')),
  );
  if (writing.length === 0) return null;
  const { exchange, statements } = draw.pick(writing.slice(0, 50));
  const transactions = new Set(
    statements.flatMap(({ transaction, instance }) => (transaction === null ? [] : [`${instance} ${transaction}`])),
  );
  return {
    prompt: `${requestLine(exchange)} wrote to the database. In how many transaction blocks (BEGIN to COMMIT or ROLLBACK) did its statements run? Statements outside of any block do not count.`,
    exhibit: statementLines(statements, 60),
    options: null,
    key: transactions.size,
    why: `${statements.filter(({ transaction }) => transaction === null).length} of its ${statements.length} statements ran outside of a block, the others in ${transactions.size}.`,
    exchanges: [exchange.id],
  };
};

/** How many rows a request read. */
export const rowsRead: Generator = ({ recording }) => {
  if (!isWhole(recording)) return null;
  const greedy = most(
    requestsOf(recording).filter(
      ({ exchange, statements }) => exchange.request.method === 'GET' && statements.every(({ rows }) => rows !== null),
    ),
    ({ statements }) =>
      statements.reduce((sum, { command, rows }) => sum + (command === 'SELECT' ? (rows ?? 0) : 0), 0),
  );
  if (greedy === undefined) return null;
  const read = greedy.statements.reduce((sum, { command, rows }) => sum + (command === 'SELECT' ? (rows ?? 0) : 0), 0);
  return {
    prompt: `${requestLine(greedy.exchange)} fetched more rows than any other GET. How many rows did its SELECTs return together?`,
    exhibit: statementLines(greedy.statements, 100),
    options: null,
    key: read,
    why: `${read} rows in ${greedy.statements.length} statements.`,
    exchanges: [greedy.exchange.id],
  };
};
