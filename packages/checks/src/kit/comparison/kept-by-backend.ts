import { type Contract, isJsonObject, type Json, valueAt } from '@assay/contract';
import { memberOf } from '../answers/counterpart.ts';
import { bodySchema, propertySchema } from '../requests/body-schema.ts';
import { isIdName } from '../setup/id-name.ts';
import { type Difference, differences } from './compare.ts';
import { isNotTheClients } from './not-the-clients.ts';
import { isBroughtIntoForm } from './own-form.ts';

/** Members that tell when and by whom a thing was made or changed. */
const moments =
  /^(?:last_?)?(?:created|updated|modified|inserted|changed)(?:_?(?:at|on|date|time|timestamp|by|utc))?$|^date_?(?:created|updated|modified)$|^(?:creation|modification)_?(?:date|time)$/i;

/** Members that a backend makes of others: the slug of a title, how many comments there are, what the lines of an order come to. */
const counted = /(?:^|_)(?:[Cc]ount|(?:[Ss]ub_?)?[Tt]otal)$|[a-z\d](?:Count|(?:Sub)?Total)$/;
const rated = /(?:^|_)(?:[Rr]ating|[Aa]verage)$|[a-z\d](?:Rating|Average)$/;

interface Compared {
  readonly contract: Contract;
  /** The operation that was sent. */
  readonly operation: string | undefined;
  readonly idPointer: string | null;
  /** The thing as it was sent and as it came back, and where it stands in the answer. */
  readonly sent: Json;
  readonly back: Json;
  readonly at: string;
  /** What the thing had been made of and how it was shown before an update. */
  readonly made?: Json | undefined;
  readonly before?: Json | undefined;
}

/**
 * Whether a backend keeps this member by itself, whatever the client says: the id, the moments of the thing's making and change, the number of
 * its version, rights and secrets, what it computes of others, and the form of a slug or a file's name. One schema for what is sent and what is shown often has them all without a word about it.
 */
export function isKeptByBackend(compared: Compared, { place, sent, back }: Difference): boolean {
  const inside = place.slice(compared.at.length);
  const name = memberOf(inside);
  const kept = !isPersons(name, back) && isKeptAsMade(compared, inside, back);
  const asked = { ...askedFor(compared, inside), kept };
  const member = memberOf(inside.replace(/(?:\/\d+)+$/, ''));
  if (isNotTheClients(member, asked)) return true;
  if (!asked.required && !kept && isComputed(name, back)) return true;
  if (isBroughtIntoForm(isHtml(compared, member) ? 'html' : member, sent, back)) return true;
  if (moments.test(name) || /^(?:etag|(?:row|lock)_?version|__v)$/i.test(name)) return true;
  // The version of what a thing is about is a text.
  if (/^(?:version|revision)$/i.test(name)) return typeof sent !== 'string' || typeof back !== 'string';
  const isAtTop = inside.split('/').length === 2;
  if (isAtTop)
    return isIdName(name) || (name === memberOf(compared.idPointer ?? '') && isLeftToBackend(compared, name));
  return isIdName(name) && isMadeWithIt(compared, inside);
}

/** Whether it was shown as the client had made it, and is so still: nothing computes that, unless by chance a small number. */
function isKeptAsMade({ made, before }: Compared, inside: string, back: Json): boolean {
  const [own, was] = [made, before].map((thing) => (thing === undefined ? undefined : valueAt(thing, inside)));
  if (own === undefined || was === undefined || !isTelling(own)) return false;
  return differences(own, was).length === 0 && differences(was, back).length === 0;
}

/** Whether it may well be the id or the name of whoever is signed in. */
function isPersons(name: string, value: Json): boolean {
  return /id$/i.test(name) || (/^(?:owner|user|author|creator)$/i.test(name) && !/\s/.test(String(value)));
}

/** Neither a number that a new thing could have anyway, nor an id, which may be that of whoever is signed in. */
function isTelling(value: Json): boolean {
  if (typeof value === 'number') return !Number.isInteger(value) || Math.abs(value) > 20;
  return typeof value === 'string' && /^(?!\d+$)(?![\da-f-]{32,36}$).{3,}$/i.test(value);
}

/** Without its value it was not computed, but lost; only of ratings there may be none yet. */
function isComputed(name: string, back: Json): boolean {
  const isNumber = back !== null && back !== '' && Number.isFinite(Number(back));
  if (/^slug$/i.test(name)) return typeof back === 'string' && back !== '';
  return (counted.test(name) && isNumber) || (rated.test(name) && (isNumber || back === null));
}

function isHtml({ contract, operation }: Compared, member: string): boolean {
  const asked = contract.operations.find(({ id }) => id === operation);
  const schema = asked === undefined ? null : propertySchema(contract, bodySchema(contract, asked), member);
  return schema?.['contentMediaType'] === 'text/html';
}

/** An id by another name is the client's where the contract asks for it: `username`, `code`. */
function isLeftToBackend({ contract, operation }: Compared, name: string): boolean {
  return /(?:^|_|[a-z])(?:id|uuid)$/i.test(name) || !requiredIn(contract, operation).includes(name);
}

function requiredIn(contract: Contract, operation: string | undefined): readonly Json[] {
  const asked = contract.operations.find(({ id }) => id === operation);
  const required = asked === undefined ? null : bodySchema(contract, asked)?.['required'];
  return Array.isArray(required) ? (required as Json[]) : [];
}

function askedFor({ contract, operation }: Compared, inside: string) {
  const [, first = '', ...deeper] = inside.replace(/(?:\/\d+)+$/, '').split('/');
  const isKnown = contract.operations.some(
    ({ id, security }) => id === operation && security.some((one) => one.length > 0),
  );
  return { required: deeper.length === 0 && requiredIn(contract, operation).includes(first), known: isKnown };
}

/** A part that is made with the thing gets its id then; what it refers to would not show what was sent beside the id. */
function isMadeWithIt({ sent, back }: Compared, inside: string): boolean {
  const parent = inside.slice(0, inside.lastIndexOf('/'));
  const [part, shown] = [valueAt(sent, parent), valueAt(back, parent)];
  if (!isJsonObject(part) || !isJsonObject(shown)) return false;
  return Object.entries(part).some(
    ([name, value]) =>
      !isIdName(name) &&
      (typeof value === 'string' || typeof value === 'number') &&
      name in shown &&
      differences(value, shown[name] ?? null).length === 0,
  );
}
