import { bodyJson, bodyText, type Exchange } from '@assay/contract';
import { scalarsIn } from '../answers/scalars-in.ts';
import { status } from '../words.ts';

/** The same request for an account that there is, and for one that there is not. */
export interface Pair {
  readonly known: Exchange;
  readonly unknown: Exchange;
}

/** By what the two can be told apart, and what stands there. */
export interface Difference {
  readonly what: string;
  readonly known: string;
  readonly unknown: string;
}

/** What all answers for known accounts have in common and none for unknown ones has. */
export function difference(pairs: readonly Pair[]): Difference | null {
  const views: readonly (readonly [string, (exchange: Exchange) => string])[] = [
    ['the status', (exchange) => String(status(exchange))],
    ['the body', normalBody],
    ['the header fields', headerNames],
  ];
  for (const [what, view] of views) {
    const [known, unknown] = [pairs.map(({ known: one }) => view(one)), pairs.map(({ unknown: one }) => view(one))];
    const [first = '', other = ''] = [known[0], unknown[0]];
    if (first !== other && known.every((text) => text === first) && unknown.every((text) => text === other))
      return { what, known: first, unknown: other };
  }
  return null;
}

/** The body without what is different each time: what was sent, ids, times and counts. */
function normalBody(exchange: Exchange): string {
  const json = bodyJson(exchange.request.body);
  const sent =
    json === undefined
      ? [...new URLSearchParams(bodyText(exchange.request.body)).values()]
      : scalarsIn(json).map(({ value }) => String(value));
  return sent
    .filter((text) => text.length >= 4)
    .reduce((text, one) => text.replaceAll(one, '…'), bodyText(exchange.response?.body))
    .replaceAll(/[0-9a-f]{8}-[0-9a-f-]{27}/gi, '#')
    .replaceAll(/[0-9a-f]{16,}/gi, '#')
    .replaceAll(/\d+/g, '#')
    .slice(0, 2000);
}

function headerNames(exchange: Exchange): string {
  const names = (exchange.response?.headers ?? []).map(([name]) => name.toLowerCase());
  return [...new Set(names)]
    .filter(
      (name) =>
        !/^(date|content-length|etag|age|retry-after|connection|keep-alive)$|ratelimit|request-id|trace/.test(name),
    )
    .toSorted()
    .join(', ');
}
