import { bodyText, type RecordedRequest } from '@assay/contract';

const timeOfDay = /^\d\d:\d\d:\d\d(?:\.\d+)?(?:z|[+-]\d\d:\d\d)?$/i;

/**
 * Whether a request says a time of day. By the letter `format: time` has an offset, which the times of most languages cannot have; whichever
 * way it is written, some backend refuses it with reason.
 */
export function carriesTimeOfDay({ target, body }: RecordedRequest): boolean {
  const text = bodyText(body);
  const told = [
    ...new URLSearchParams(target.split('?')[1] ?? '').values(),
    ...new URLSearchParams(text).values(),
    ...[...text.matchAll(/"(\d\d:[^"]*)"/g)].map(([, value = '']) => value),
  ];
  return told.some((value) => timeOfDay.test(value.trim()));
}
