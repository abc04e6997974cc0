import {
  bodyText,
  headerOf,
  isJsonMediaType,
  mediaTypeName,
  type Operation,
  type RecordedRequest,
} from '@assay/contract';

const told: readonly string[] = ['application/x-www-form-urlencoded', 'text/plain'];

/**
 * Whether a request carries what a schema has no words for: a file, a picture, a table, a patch whose paths must lead somewhere. Words in
 * its place are no such thing, and may be refused.
 */
export function carriesOpaque({ headers, body }: RecordedRequest, { soap }: Operation): boolean {
  const type = headerOf(headers, 'content-type');
  if (soap !== null || body === undefined || type === undefined) return false;
  const name = mediaTypeName(type);
  if (name === 'multipart/form-data') return /; filename="/.test(bodyText(body));
  return name === 'application/json-patch+json' || !(isJsonMediaType(name) || told.includes(name));
}
