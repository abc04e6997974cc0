import type { Exchange } from '@assay/contract';

/** `GET /orders/7` — the request line, with a long target shortened in the middle. */
export function requestLine(exchange: Exchange): string {
  return `${exchange.request.method} ${shorten(exchange.request.target, 80)}`;
}

/** `GET /orders/7 answered 500`, or what happened instead of an answer. */
export function outcome(exchange: Exchange): string {
  const line = requestLine(exchange);
  if (exchange.response !== undefined) return `${line} answered ${exchange.response.status}`;
  switch (exchange.error?.kind) {
    case 'refused':
      return `${line} found nobody listening`;
    case 'reset':
      return `${line} had its connection closed without a whole answer`;
    case 'timeout':
      return `${line} got no whole answer within ${Math.round(exchange.durationMs / 100) / 10} s`;
    case 'too-large':
      return `${line} got an answer without end`;
    case 'aborted':
      return `${line} was stopped`;
    default:
      return `${line} got an answer that is not HTTP`;
  }
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

export function status(exchange: Exchange): number | null {
  return exchange.response?.status ?? null;
}

export function isSuccess(exchange: Exchange): boolean {
  const code = status(exchange);
  return code !== null && code >= 200 && code < 300;
}

export function isClientError(exchange: Exchange): boolean {
  const code = status(exchange);
  return code !== null && code >= 400 && code < 500;
}
