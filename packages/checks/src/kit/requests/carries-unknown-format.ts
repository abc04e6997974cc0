import {
  type Contract,
  headerOf,
  isKnownFormat,
  type Json,
  type JsonObject,
  type Operation,
  type RecordedRequest,
} from '@assay/contract';
import { listed, someBodySchema, someSchema } from './schemas-at-value.ts';

/**
 * Whether a request carries a text of a format that nobody here can make (`format: phone`), with neither a pattern, an enum nor an example to
 * go by. The words that stand there instead may be refused.
 */
export function carriesUnknownFormat(request: RecordedRequest, operation: Operation, contract: Contract): boolean {
  const asked = new URLSearchParams(request.target.split('?')[1] ?? '');
  const inParameters = operation.parameters.some(({ in: place, name, schema, examples }) => {
    const header = place === 'header' ? headerOf(request.headers, name) : undefined;
    const texts =
      place === 'query' ? asked.getAll(name) : place === 'path' ? [''] : header === undefined ? [] : [header];
    const holdsIt = (value: Json) => someSchema(contract, schema, value, isMadeUp);
    return texts.some((text) => !examples.includes(text) && (holdsIt(text) || holdsIt([text])));
  });
  return inParameters || someBodySchema(request, operation, contract, isMadeUp);
}

function isMadeUp(schema: JsonObject, value: Json): boolean {
  return typeof value === 'string' && isUnknown(schema) && !listed(schema['examples']).includes(value);
}

function isUnknown({ type, format, pattern, enum: allowed, const: only }: JsonObject): boolean {
  // Every value is a text in a query; that of a number has a format of numbers.
  const isText = type === undefined || [type].flat().includes('string');
  const isOpen = isText && pattern === undefined && allowed === undefined && only === undefined;
  return isOpen && typeof format === 'string' && !isKnownFormat(format);
}
