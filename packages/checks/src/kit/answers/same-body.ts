import { bodyText, type Exchange } from '@assay/contract';

/** Whether two answers say the same, sign by sign, in whatever format. */
export function sameBody(one: Pick<Exchange, 'response'>, other: Pick<Exchange, 'response'>): boolean {
  return bodyText(one.response?.body) === bodyText(other.response?.body);
}
