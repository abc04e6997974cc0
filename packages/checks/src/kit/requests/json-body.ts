import {
  concreteMediaType,
  type Contract,
  createValidator,
  isJsonObject,
  type Json,
  type MediaContent,
  type Operation,
} from '@assay/contract';

/**
 * The content of an operation's request body whose schema describes a value: JSON, or what a SOAP envelope holds. Null when there is none. A range
 * (`application/*+json`, which some documents name first) stands for what is sent of it, and behind what is named in full.
 */
export function jsonContentOf(operation: Operation): MediaContent | null {
  const told = operation.requestBody?.content.filter(
    ({ mediaType, codec }) => codec === 'soap' || /[/+]json$/.test(mediaType),
  );
  const content = told?.find(({ mediaType }) => !mediaType.includes('*')) ?? told?.[0];
  return content === undefined ? null : { ...content, mediaType: concreteMediaType(content.mediaType) };
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
