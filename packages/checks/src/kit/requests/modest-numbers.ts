import type { Contract, Json, Operation, RequestCase } from '@assay/contract';
import { scalarsIn } from '../answers/scalars-in.ts';
import { isValidBody } from './json-body.ts';
import { pinned } from './pin.ts';

/** Numbers that say which, when or where, and not how much. */
const notHowMuch =
  /(?:^|[_-])(?:id|ids|year|month|day|hour|minute|lat|lng|lon|latitude|longitude|version|number|no|nr|code|zip|phone)$|[a-z](?:Id|Ids|Year|Month|Day|Lat|Lng|Lon|Version|Number|Code)$/i;
/** What is called modest already, and what is tried for more, in this order. */
const [modest, tried] = [5, [2, 1, 5, 10, 50]];

/**
 * The case with small numbers where it says how much of something: no schema tells that a hall has 200 seats, or an account 30.00, and less is
 * accepted where more is. What is bound to the id of a thing stays.
 */
export function withModestNumbers(
  contract: Contract,
  operation: Operation,
  request: RequestCase,
  bound: readonly string[] = [],
): RequestCase {
  const places = scalarsIn((request.body?.value as Json | undefined) ?? null).filter(
    ({ name, place }) => !notHowMuch.test(name) && !bound.includes(`body:${place.replaceAll(/\/\d+(?=\/|$)/g, '/*')}`),
  );
  return places.reduce((changed, { place, value }) => {
    if (!isMuch(value)) return changed;
    const options = tried.map((number) => pinned(changed, `body:${place}`, like(value, number)));
    return options.find((option) => isValidBody(contract, operation, option.body?.value as Json)) ?? changed;
  }, request);
}

function isMuch(value: unknown): value is number | string {
  return typeof value === 'number'
    ? value > modest
    : typeof value === 'string' && /^\d{1,15}\.\d{1,4}$/.test(value) && Number(value) > modest;
}

/** The number as another one is written: as a number, or as a text with as many decimals. */
function like(value: number | string, number: number): number | string {
  return typeof value === 'number' ? number : number.toFixed(value.split('.')[1]?.length ?? 0);
}
