import {
  type Contract,
  isJsonObject,
  isSameNoun,
  type Json,
  type JsonObject,
  type Operation,
  type ProbeContext,
  type Random,
  type RequestCase,
} from '@assay/contract';
import { isValidBody } from '../requests/json-body.ts';
import { withModestNumbers } from '../requests/modest-numbers.ts';
import { withUniqueTexts } from '../requests/unique-texts.ts';
import { atOtherTime, isDated, type Time } from './other-times.ts';

/**
 * When the dates of each attempt are, over and over; as they were where there is none. An odd number, so that each comes with what is optional and without,
 * and to each of two operations that take turns.
 */
const times: readonly (Time | undefined)[] = [undefined, undefined, 'soon', 'lately', 'closely', 'longAgo', 'soon'];

/**
 * Another valid request for something that was refused: with texts that are new and look like what their fields are called, and every
 * second time without whatever the schema does not require and with small numbers; later at other times, since no schema tells what is to come and what was. Many contracts
 * say less than their backend asks for.
 * @param attempt 1 for the first repetition.
 * @param tames whether its numbers are made small
 */
export function secondTry(
  context: Pick<ProbeContext, 'contract' | 'shape'> & { readonly random: Pick<Random, 'unique'> },
  operation: Operation,
  request: RequestCase,
  attempt: number,
  tames = attempt % 2 === 0,
): RequestCase {
  const time = times[attempt % times.length];
  const timed = time === undefined ? request : atOtherTime(request, time);
  const bound = (context.shape.bindings[operation.id] ?? []).map(({ target }) => target);
  const said = tames ? withModestNumbers(context.contract, operation, timed, bound) : timed;
  const wanted =
    attempt % 2 === 1
      ? withoutStrays(context, operation, said)
      : without(context.contract, operation, said, () => true);
  return withUniqueTexts(context, operation, wanted, {
    likely: true,
    which: (_place, text) => time === undefined || !isDated(text),
  });
}

/**
 * Without what may be left out and seems to refer to something that no operation is known to make, as the id of an assignee or a promo code does: what is
 * made up names nothing. So is the number that the thing itself would be called by, which may be taken and, unlike a text, is not made new.
 */
export function withoutStrays(
  { contract, shape }: Pick<ProbeContext, 'contract' | 'shape'>,
  operation: Operation,
  request: RequestCase,
): RequestCase {
  const isMade = (name: string): boolean => shape.resources.some((one) => one.name === name && one.create !== null);
  const bound = (shape.bindings[operation.id] ?? [])
    .filter(({ resource }) => isMade(resource))
    .map(({ target }) => target);
  const calledBy = shape.resources.flatMap((one) => (one.create === operation.id ? [one.idParameter] : []));
  const body = request.body?.value as Json | undefined;
  return without(contract, operation, request, (name) => {
    if (calledBy.includes(name) && isJsonObject(body) && typeof body[name] === 'number') return true;
    const place = `body:/${name}`;
    const refers = isReference.test(name) || shape.resources.some((resource) => isSameNoun(resource.name, name));
    return refers && !bound.some((target) => target === place || target.startsWith(`${place}/`));
  });
}

/** `assigneeId`, `category_ids`, `ownerUuid`. */
const isReference = /(?:[a-z\d](?:Id|Uuid|UUID)|_(?:id|uuid))s?$/;

/** `{article: {…}}`: without what it wraps there is nothing left to be made, whatever the schema allows. */
function isWrapper(body: JsonObject): boolean {
  const [only, ...others] = Object.values(body);
  return others.length === 0 && isJsonObject(only);
}

/** The request without those members of its body that may be left out. */
function without(
  contract: Contract,
  operation: Operation,
  request: RequestCase,
  which: (name: string) => boolean,
): RequestCase {
  const body = request.body?.value as Json | undefined;
  if (request.body === undefined || !isJsonObject(body) || isWrapper(body)) return request;
  const left = Object.keys(body).filter(which);
  if (left.length === 0) return request;
  const least = left.reduce<Json>((kept, name) => {
    const less = Object.fromEntries(
      Object.entries(kept as Readonly<Record<string, Json>>).filter(([key]) => key !== name),
    );
    return isValidBody(contract, operation, less) ? less : kept;
  }, body);
  return { ...request, body: { ...request.body, value: least } };
}
