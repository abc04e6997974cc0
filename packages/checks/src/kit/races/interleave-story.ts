import type { Evidence, InterleavingStep, Statement } from '@assay/contract';
import { isHousekeeping } from '../database/sql-template.ts';
import { count, outcome, requestLine } from '../words.ts';
import type { Interleaved } from './interleave.ts';

type Told = Extract<Evidence, { kind: 'interleaving' }>;

/** Both requests with their statements on one time line, as evidence. */
export function storyOf({ first, second, held, statements }: Interleaved, note: string): Told {
  const start = Math.min(first.startedAt, second.startedAt);
  const heldStatement =
    held === null
      ? undefined
      : statements.findLast(
          ({ connection, text, startedAt }) =>
            connection === held.connection && text === held.text && startedAt <= held.releasedAt,
        );
  const steps: InterleavingStep[] = [];
  const add = (at: number, step: Omit<InterleavingStep, 'at'>): void => {
    steps.push({ ...step, at: Math.max(0, Math.round((at - start) * 10) / 10) });
  };
  for (const [lane, exchange] of [first, second].entries()) {
    add(exchange.startedAt, { lane, kind: 'sent', text: requestLine(exchange) });
    add(exchange.startedAt + exchange.durationMs, { lane, kind: 'answered', text: answerOf(exchange) });
  }
  for (const statement of statements) {
    const { lane, startedAt, text, parameters } = statement;
    if (statement === heldStatement && held !== null) {
      add(startedAt, { lane, kind: 'held', text, parameters });
      add(held.releasedAt, { lane, kind: 'released', text, result: resultOf(statement) });
      continue;
    }
    if (isSessionTalk(text)) continue;
    const waited =
      held?.because === 'blocked' &&
      lane === 1 &&
      startedAt < held.releasedAt &&
      startedAt + (statement.durationMs ?? 0) > held.releasedAt;
    const result = resultOf(statement);
    add(startedAt, {
      lane,
      kind: 'statement',
      text,
      parameters,
      result: waited ? `waited for the other request${result === '' ? '' : `, then ${result}`}` : result,
    });
  }
  // Sorting is stable: what has the same time stays in the order of being told.
  steps.sort((a, b) => a.at - b.at);
  return {
    kind: 'interleaving',
    lanes: [
      { name: 'A', request: requestLine(first) },
      { name: 'B', request: requestLine(second) },
    ],
    steps,
    note,
  };
}

function answerOf(exchange: Interleaved['first']): string {
  return exchange.response === undefined
    ? outcome(exchange)
    : `${exchange.response.status} ${exchange.response.reason}`.trim();
}

export function resultOf({ error, rows, durationMs, text }: Statement): string {
  if (error !== undefined) return `${error.code}: ${error.message.split('\n')[0]}`;
  if (durationMs === null) return 'never completed: the connection ended';
  return rows === null || /^\s*(begin|start|commit|rollback)\b/i.test(text) ? '' : count(rows, 'row');
}

/** What a driver says to set its session up; BEGIN and COMMIT are part of the story. */
function isSessionTalk(text: string): boolean {
  return isHousekeeping(text) && !/^\s*(begin|start|commit|rollback|savepoint|release)/i.test(text);
}
