import { bodyJson, bodyText, headerOf, type RecordedRequest } from '@assay/contract';
import { scalarsIn } from '../answers/scalars-in.ts';

const blank = /^[\s\p{Z}\p{Cc}\p{Cf}]+$/u;

/**
 * Whether a text in a request is nothing but blanks. Whole frameworks trim what comes in and then miss it; `minLength: 1` is how they write that it must
 * be there. An empty text is no such thing.
 */
export function carriesBlank({ target, headers, body }: RecordedRequest): boolean {
  const isForm = /urlencoded/i.test(headerOf(headers, 'content-type') ?? '');
  const told = [
    ...new URLSearchParams(target.split('?')[1] ?? '').values(),
    ...(isForm ? new URLSearchParams(bodyText(body)).values() : scalarsIn(bodyJson(body)).map(({ value }) => value)),
  ];
  return told.some((value) => typeof value === 'string' && blank.test(value));
}
