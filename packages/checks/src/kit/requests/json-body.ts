import {
  type Contract,
  createValidator,
  isJsonObject,
  type Json,
  type MediaContent,
  type Operation,
} from '@assay/contract';

/** The content of an operation's request body whose schema describes a value: JSON, or what a SOAP envelope holds. Null when there is none. */
export function jsonContentOf(operation: Operation): MediaContent | null {
  return (
    operation.requestBody?.content.find(({ mediaType, codec }) => codec === 'soap' || /[/+]json$/.test(mediaType)) ??
    null
  );
}

/** JSON Pointers to every string in a value. */
export function stringPlaces(value: Json, at = ''): readonly string[] {
  if (typeof value === 'string') return [at];
  if (Array.isArray(value)) return value.flatMap((item: Json, index) => stringPlaces(item, `${at}/${index}`));
  if (!isJsonObject(value)) return [];
  return Object.entries(value).flatMap(([key, item]) =>
    stringPlaces(item, `${at}/${key.replaceAll('~', '~0').replaceAll('/', '~1')}`),
  );
}

/** Whether a value is a valid request body for the operation. */
export function isValidBody(contract: Contract, operation: Operation, value: Json): boolean {
  const content = jsonContentOf(operation);
  return content !== null && createValidator(contract).validate(content.schema, value, 'request').length === 0;
}
