import type { Exchange } from '@assay/contract';

/** `GET /orders/7` — the request line, with a long target shortened in the middle. */
export function requestLine(exchange: Exchange): string {
  const line = `${exchange.request.method} ${shorten(exchange.request.target, 80)}`;
  // Over SOAP every operation has the same line.
  return isEnveloped(exchange) ? `${line} (${exchange.operation})` : line;
}

/** `GET /orders/7 answered 500`, or what happened instead of an answer. */
export function outcome(exchange: Exchange): string {
  const line = requestLine(exchange);
  if (exchange.response !== undefined) return `${line} answered ${exchange.response.status}${faultWords(exchange)}`;
  switch (exchange.error?.kind) {
    case 'refused':
      return `${line} found nobody listening`;
    case 'reset':
      return `${line} had its connection closed without a whole answer`;
    case 'timeout':
      return `${line} got no whole answer within ${Math.round(exchange.durationMs / 100) / 10} s`;
    case 'too-large':
      return `${line} got an answer without end`;
    case 'overlong':
      return `${line} got an overlong answer`;
    case 'aborted':
      return `${line} was stopped`;
    default:
      return `${line} got an answer that is not HTTP`;
  }
}

/** `: {"ends_at":["Must be after starts_at."]}` — what a refusal says of itself, shortened; empty for anything else. */
export function saying({ response }: Exchange): string {
  if (response === undefined || ![400, 404, 409, 412, 422].includes(response.status)) return '';
  const { body } = response;
  const text = 'text' in body ? body.text.replaceAll(/\s+/g, ' ').trim() : '';
  return text === '' || text.startsWith('<') ? '' : `: ${shorten(text, 160)}`;
}

/** Whether it was sent as a SOAP envelope. */
export function isEnveloped({ operation, request }: Exchange): boolean {
  const type = request.headers.find(([name]) => name.toLowerCase() === 'content-type')?.[1] ?? '';
  return operation !== undefined && /^(?:text\/xml|application\/soap\+xml)\b/i.test(type);
}

/** ` with the fault soap:Client (no such product)`. */
function faultWords({ response }: Exchange): string {
  const fault = response?.fault;
  return fault === undefined
    ? ''
    : ` with the fault ${fault.code}${fault.reason === '' ? '' : ` (${shorten(fault.reason, 80)})`}`;
}

/** `200, 404 and 409`. */
export function list(words: readonly (string | number)[], last = 'and'): string {
  if (words.length <= 1) return words.join('');
  return `${words.slice(0, -1).join(', ')} ${last} ${words.at(-1)}`;
}

/** `1 request`, `2 requests`. */
export function count(n: number, noun: string, plural = `${noun}s`): string {
  return `${n} ${n === 1 ? noun : plural}`;
}

/** At most `length` characters, cut in the middle. */
export function shorten(text: string, length: number): string {
  if (text.length <= length) return text;
  const half = Math.floor((length - 1) / 2);
  return `${text.slice(0, half)}…${text.slice(text.length - half)}`;
}

/**
 * The status of the answer. A SOAP Fault has the one that it would have over REST: 500 where it says that the server failed, and 400 otherwise. One
 * that the operation declares is an answer that the contract knows, and a code of the service's own (`NotFound`) one that it chose, whoever is to blame.
 */
export function status(exchange: Exchange): number | null {
  const { response } = exchange;
  if (response?.fault === undefined) return response?.status ?? null;
  return response.fault.blames === 'server' && !response.fault.declared ? 500 : 400;
}

export function isSuccess(exchange: Exchange): boolean {
  const code = status(exchange);
  return code !== null && code >= 200 && code < 300;
}

/** Done, as far as the answer tells: 202 says that it was accepted, and whoever does it later may refuse it. */
export function isCarriedOut(exchange: Exchange): boolean {
  return isSuccess(exchange) && status(exchange) !== 202;
}

export function isClientError(exchange: Exchange): boolean {
  const code = status(exchange);
  return code !== null && code >= 400 && code < 500;
}

/** Refused for what was asked: neither for who asks, nor for how often, nor because it is not there. */
export function isRefusal(exchange: Exchange): boolean {
  return isClientError(exchange) && ![401, 404, 405, 407, 408, 410, 429].includes(status(exchange) ?? 0);
}

/** Whether the backend itself failed, or did not answer at all. */
export function hasFailed(exchange: Exchange): boolean {
  return (status(exchange) ?? 500) >= 500;
}
