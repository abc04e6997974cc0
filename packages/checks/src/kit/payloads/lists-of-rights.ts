import { isJsonObject, type Json, type JsonObject } from '@assay/contract';
import { isSameValue } from '../database/stored-rows.ts';

const rights = /(roles?|permissions|scopes|authorities|groups)$/i;
const above = /admin|owner|root|super|staff|manager/i;

/**
 * A list of roles or the like (`roles`, `permissions`), with one more that its holder would not be given: one that the items may be by the contract, or `admin` as the others
 * are written. Null for other lists.
 */
export function withOneRight(name: string, now: readonly Json[], item: JsonObject | null): Json | null {
  if (!rights.test(name) || now.some((one) => typeof one !== 'string')) return null;
  const listed: readonly Json[] = Array.isArray(item?.['enum']) ? item['enum'] : [];
  const choices = listed.filter((one) => !now.includes(one));
  const right = choices.find((one) => above.test(String(one))) ?? choices[0] ?? asWritten(now);
  return listed.length > 0 && choices.length === 0 ? null : [...now, right];
}

function asWritten(now: readonly Json[]): string {
  const word = now.some((one) => /^(role_)?admin$/i.test(String(one))) ? 'superuser' : 'admin';
  const first = String(now[0] ?? '');
  if (first.startsWith('ROLE_')) return `ROLE_${word.toUpperCase()}`;
  return /^[A-Z_]+$/.test(first) ? word.toUpperCase() : word;
}

/** Whether a value was taken over: of a list, its last item is among them, whatever each of them is in. */
export function isTaken(sent: Json, got: Json | undefined): boolean {
  if (!Array.isArray(sent)) return isSameValue(sent, got);
  const added: Json = sent.at(-1) ?? null;
  return itemsIn(got).some((one) => isSameValue(added, one));
}

/** Of a list of objects, what they hold; of an array as PostgreSQL prints it, and of a list in a text, its words. */
function itemsIn(got: Json | undefined): readonly Json[] {
  if (typeof got === 'string') return got.split(/[\s,{}"[\]]+/);
  return Array.isArray(got) ? got.flatMap((one: Json) => (isJsonObject(one) ? Object.values(one) : [one])) : [];
}
