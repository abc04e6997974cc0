import { isJsonObject, type Json } from '@assay/contract';
import type { Made } from '../setup/made.ts';

/** Neither a permalink nor the code of a country or a parcel is one to hand on. */
const handedOn =
  /(token|(?<!bar|zip|post(?:al)?[-_]?|area[-_]?|country[-_]?|currency[-_]?|lang(?:uage)?[-_]?)code|secret|hash|invite|invitation|share[-_]?(id|key)|(?<!perma-?)link)$/i;
/** What is told to others is also called by a word, or something short: whoever is told it may use it all the same. */
const forOthers = /coupon|voucher|promo|gift|reward|discount|referral|invit/i;
/** Letters right before the digits belong to a number only where that is filled up by zeros: random codes look like that as well. */
const numbered = /^(?:(?:[a-z]{1,8}[-_])?\d+(?:[-_]\d+)*|[a-z]{1,8}0\d*)$/i;
const leastSigns = 6;
const uuid = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;

/**
 * Whether knowing what stands in an address is the permission itself, as with the code of a coupon or the token of an invitation (a capability URL): its maker hands it on
 * to whom it is for. The id of a thing is none, whatever its parameter is called, nor is what is guessed or told from a title.
 * @param parameter of the path @param value what it stands for
 */
export function isCapability(
  parameter: string,
  value: Json,
  { body, sent, resource }: Partial<Pick<Made, 'body' | 'sent' | 'resource'>>,
): boolean {
  const text = String(value);
  if (!handedOn.test(parameter) || /^\d{1,5}$/.test(text) || (uuid.test(text) && isIdIn(body, text))) return false;
  if (forOthers.test(parameter) || forOthers.test(resource ?? '')) return true;
  return text.length >= leastSigns && !isCounted(text) && !isMadeOf(sent, text);
}

/** Whoever counts finds these: `ORD-000042`, `INV-2024-0007`, `P00012`, `100001`. */
function isCounted(text: string): boolean {
  const [last = ''] = /\d+$/.exec(text) ?? [];
  return numbered.test(text) && (last.length <= 5 || /^00|^\d000/.test(last));
}

function isIdIn(body: Json | undefined, text: string): boolean {
  if (!isJsonObject(body)) return false;
  return body['id'] === text || Object.values(body).some((inside) => isJsonObject(inside) && inside['id'] === text);
}

/** Whether it was sent, or is made of the words that were. */
function isMadeOf(sent: Json | undefined, text: string): boolean {
  const known = JSON.stringify(sent ?? null).toLowerCase();
  const words = text
    .toLowerCase()
    .split(/[^a-z\d]+/)
    .filter((word) => word !== '');
  return words.length > 0 && words.every((word) => known.includes(word));
}
