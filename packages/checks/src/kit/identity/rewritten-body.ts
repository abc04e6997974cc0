import { bodyText, headerOf, isJsonObject, type Json, type RecordedRequest } from '@assay/contract';

/** The body of a request that was sent, JSON or a form, with its texts changed; null for what is neither. */
export function rewrittenBody({ headers, body }: RecordedRequest, change: (text: string) => string): string | null {
  const text = bodyText(body);
  if (/urlencoded/i.test(headerOf(headers, 'content-type') ?? ''))
    return new URLSearchParams(
      [...new URLSearchParams(text)].map(([name, value]): [string, string] => [name, change(value)]),
    ).toString();
  try {
    return JSON.stringify(rewritten(JSON.parse(text) as Json, change));
  } catch {
    return null;
  }
}

function rewritten(value: Json, change: (text: string) => string): Json {
  if (typeof value === 'string') return change(value);
  if (Array.isArray(value)) return value.map((item: Json) => rewritten(item, change));
  if (!isJsonObject(value)) return value;
  return Object.fromEntries(Object.entries(value).map(([name, member]) => [name, rewritten(member, change)]));
}
