import { type Json, type Operation, type ProbeContext, type RequestCase, valueAt } from '@assay/contract';
import { memberOf } from '../answers/counterpart.ts';
import { hasOwnForm } from '../comparison/own-form.ts';
import { bodySchema, propertySchema } from './body-schema.ts';
import { fullest, plainCases } from './cases.ts';
import { isValidBody, stringPlaces } from './json-body.ts';
import { withValueAt } from './pin.ts';

/** What code changes that escapes for HTML, for SQL or for an address before it stores: the longest that the contract allows. */
const tellingTexts = [`Fish & Chips, "3 > 2", it's 100% + \\o/`, `R&D's "A" > 50%`, `R&D's`, '&'];

/** A valid request that says much, with such a text in place of every word. Null when the operation takes none. */
export function tellingCase(context: ProbeContext, operation: Operation): RequestCase | null {
  const request = fullest(plainCases(context, operation, 'telling'));
  if (request?.body === undefined || typeof request.body.value === 'string') return null;
  const schema = bodySchema(context.contract, operation);
  let value = request.body.value as Json;
  for (const place of stringPlaces(value)) {
    // An address or a code has a form that the contract may not tell, and so have HTML, slugs and names of files.
    const name = memberOf(place.replace(/(?:\/\d+)+$/, ''));
    const isForm =
      hasOwnForm(name) || propertySchema(context.contract, schema, name)?.['contentMediaType'] !== undefined;
    if (isForm || !/^\p{L}[\p{L}\d ]*$/u.test(String(valueAt(value, place)))) continue;
    const told = tellingTexts
      .map((text) => withValueAt(value, place, text))
      .find((one) => isValidBody(context.contract, operation, one));
    value = told ?? value;
  }
  return { ...request, body: { ...request.body, value } };
}
