import { isJsonObject, type Json } from '@assay/contract';
import type { Made } from '../setup/made.ts';

const handedOn = /(token|code|secret|hash|invite|invitation|share_?(id|key)|link)$/i;
/** Whoever counts finds these. */
const counted = /^\d{1,5}$/;
const uuid = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;

/**
 * Whether knowing what stands in an address is the permission itself, as with the code of a coupon or the token of an invitation (a capability URL): its maker hands it on
 * to whom it is for. The id of a thing is none, whatever its parameter is called.
 * @param parameter of the path @param value what it stands for
 */
export function isCapability(parameter: string, value: Json, { body }: Pick<Made, 'body'>): boolean {
  const text = String(value);
  return handedOn.test(parameter) && !counted.test(text) && !(uuid.test(text) && isIdIn(body, text));
}

function isIdIn(body: Json | undefined, text: string): boolean {
  if (!isJsonObject(body)) return false;
  return body['id'] === text || Object.values(body).some((inside) => isJsonObject(inside) && inside['id'] === text);
}
