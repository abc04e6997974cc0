import { chosen, type Generator } from './evidence-question.ts';
import { most, requestLine } from './requests.ts';

/** Which of four requests took longest. */
export const slowestRequest: Generator = ({ recording }, draw) => {
  const answered = recording.exchanges.filter(({ response }) => response !== undefined);
  const slowest = most(answered, ({ durationMs }) => durationMs);
  if (slowest === undefined) return null;
  // Only requests that were at least a third faster: the figure is not to be guessed at.
  const others = answered.filter(({ durationMs }) => durationMs < slowest.durationMs * 0.67).map(requestLine);
  return chosen(draw, requestLine(slowest), others, {
    prompt: `Of all ${answered.length} requests of this run, one took longest: ${slowest.durationMs.toFixed(1)} ms. Which was it?`,
    exhibit: '',
    why: `${slowest.id} took ${slowest.durationMs.toFixed(1)} ms.`,
    exchanges: [slowest.id],
  });
};

/** How many answers of an operation had a status. */
export const statusCounts: Generator = ({ recording }, draw) => {
  const byOperation = new Map<string, number[]>();
  for (const { operation, response } of recording.exchanges)
    if (operation !== undefined && response !== undefined)
      byOperation.set(operation, [...(byOperation.get(operation) ?? []), response.status]);
  const several = [...byOperation].filter(([, statuses]) => new Set(statuses).size > 1 && statuses.length <= 400);
  if (several.length === 0) return null;
  const [operation, statuses] = draw.pick(several);
  const status = draw.pick([...new Set(statuses)].toSorted((a, b) => a - b));
  const counted = statuses.filter((each) => each === status).length;
  return {
    prompt: `The operation ${operation} was asked ${statuses.length} times. Here are the statuses of its answers, in the order of asking. How many of them are ${status}?`,
    exhibit: statuses.join(' '),
    options: null,
    key: counted,
    why: `${counted} of ${statuses.length} answers were ${status}.`,
    exchanges: recording.exchanges
      .filter((exchange) => exchange.operation === operation && exchange.response?.status === status)
      .map(({ id }) => id),
  };
};
