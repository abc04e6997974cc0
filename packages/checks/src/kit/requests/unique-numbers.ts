import type { Contract, Json, Operation, Random, RequestCase } from '@assay/contract';
import { scalarsIn } from '../answers/scalars-in.ts';
import { isValidBody } from './json-body.ts';
import { digits } from './likely-texts.ts';
import { pinned } from './pin.ts';

/** Names of whole numbers by which things are known, and of none that say how many there are. */
const known =
  /(?:^|_)(?:number|no|nr|num|code|isbn|ean|gtin|seat|table|room|badge|licen[cs]e)$|[a-z](?:Number|No|Nr|Num|Code)$/;
/** How many digits are tried, the most first. */
const lengths = [9, 8, 7, 6, 5, 4, 3, 2];

/** Where a body has whole numbers by which things may be known. */
export function numberPlaces(value: Json): readonly string[] {
  return scalarsIn(value)
    .filter(
      ({ name, place, value: number }) => Number.isInteger(number) && known.test(name) && !/\/\d+(\/|$)/.test(place),
    )
    .map(({ place }) => place);
}

/** The case with another number there, unlike those before as far as the schema has room; the same case where it has none. */
export function withUniqueNumber(
  { contract, random }: { readonly contract: Contract; readonly random: Pick<Random, 'unique'> },
  operation: Operation,
  request: RequestCase,
  place: string,
): RequestCase {
  const word = random.unique('u');
  const options = lengths.map((length) => pinned(request, `body:${place}`, Number(digits(word, length))));
  return options.find((option) => isValidBody(contract, operation, option.body?.value as Json)) ?? request;
}
