import type { ExchangeDetail, ExchangeSummary } from '@assay/prove';
import type { ExchangeQuery } from '../source.ts';
import { bodyText } from '../text/body-text.ts';

/** Everything of an exchange in which words are looked for, in lower case. */
export function haystackOf({ exchange, statements }: ExchangeDetail): string {
  const { id, check, operation = '', request, response } = exchange;
  const headers = [...request.headers, ...(response?.headers ?? [])].map(([name, value]) => `${name}: ${value}`);
  const sql = statements.map(({ text, parameters }) => `${text} ${parameters.join(' ')}`);
  return [
    id,
    check,
    operation,
    request.method,
    request.target,
    ...headers,
    bodyText(request.body),
    response?.status ?? exchange.error?.message ?? '',
    bodyText(response?.body),
    ...sql,
  ]
    .join('\n')
    .toLowerCase();
}

/** Whether the filters beside the words let it through. */
export function isAsked({ method, status, check }: ExchangeSummary, query: ExchangeQuery): boolean {
  if (query.method !== null && method !== query.method) return false;
  if (query.check !== null && check !== query.check) return false;
  if (query.status === null) return true;
  return query.status === 'none' ? status === null : status !== null && `${String(status)[0]}xx` === query.status;
}
