import { formatMakers } from './make-format.ts';

/** What people call formats that have a name in the registry, or one that is made here. */
const otherNames: ReadonlyMap<string, string> = new Map([
  ...['large-byte', 'base64', 'base64url', 'bytes'].map((name) => [name, 'byte'] as const),
  ['guid', 'uuid'],
  ['ip', 'ipv4'],
  ['ip-address', 'ipv4'],
  // As Pydantic writes the types of Python's `ipaddress`.
  ...['ipvanyaddress', 'ipvanyinterface', 'ipv4interface'].map((name) => [name, 'ipv4'] as const),
  ['ipv6interface', 'ipv6'],
  ['ipvanynetwork', 'ipv4network'],
]);

/** Formats that ask for nothing: they tell how a text is shown or kept. */
const freeText: ReadonlySet<string> = new Set([
  'password',
  'binary',
  'string',
  'text',
  'textarea',
  'multiline',
  'markdown',
  'html',
]);

/** The name under which a format is made. */
export function formatName(told: string): string {
  return otherNames.get(told) ?? told;
}

/** Whether a text can be made that is of a format. Of any other, nobody but the backend knows what it asks for. */
export function isKnownFormat(format: string): boolean {
  return Object.hasOwn(formatMakers, formatName(format)) || freeText.has(format);
}
