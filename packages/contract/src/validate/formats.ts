import { isDate, isDateTime, isTime } from './calendar.ts';
import { compilePattern } from './pattern.ts';

/** Pydantic writes `uuid4` where it takes no other version. */
export const uuidVersions: readonly number[] = [1, 2, 3, 4, 5, 6, 7, 8];

/** Whether a format is that of UUIDs, of whatever version. */
export function isUuidFormat(format: unknown): boolean {
  return typeof format === 'string' && /^(?:uuid[1-8]?|guid)$/.test(format);
}

/**
 * What each format asserts. Judging is deliberately a little wider than the RFCs where real servers are (fractions of a second in a
 * duration, unpadded base64, an address that is blank), because a false alarm costs more than a miss; the generators stay within the RFCs.
 */
export const stringFormats: Readonly<Record<string, (text: string) => boolean>> = {
  'date-time': isDateTime,
  date: isDate,
  // The times of day of most languages have no offset.
  time: (text) => isTime(text) || isTime(`${text}Z`),
  duration: (text) => durationText.test(text),
  email: isEmailOrBlank,
  'idn-email': isEmailOrBlank,
  uri: (text) => text === '' || (uriText.test(text) && badPercent.test(text) === false),
  'uri-reference': (text) => uriReferenceText.test(text) && badPercent.test(text) === false,
  uuid: isUuid,
  ...Object.fromEntries(uuidVersions.map((version) => [`uuid${version}`, isUuid])),
  hostname: isHostname,
  ipv4: isIpv4,
  ipv6: isIpv6,
  byte: (text) => base64Text.test(text) && text.replace(/=+$/, '').length % 4 !== 1,
  decimal: (text) => decimalText.test(text),
  regex: (text) => compilePattern(text) !== null,
  'json-pointer': (text) => pointerText.test(text),
};

export const numberFormats: Readonly<Record<string, { readonly minimum: number; readonly maximum: number }>> = {
  int8: { minimum: -128, maximum: 127 },
  uint8: { minimum: 0, maximum: 255 },
  int16: { minimum: -32_768, maximum: 32_767 },
  uint16: { minimum: 0, maximum: 65_535 },
  int32: { minimum: -2_147_483_648, maximum: 2_147_483_647 },
  uint32: { minimum: 0, maximum: 4_294_967_295 },
  // The bounds are those of the double that a reader gets: 9223372036854775807 arrives as 2^63.
  int64: { minimum: -(2 ** 63), maximum: 2 ** 63 },
  uint64: { minimum: 0, maximum: 2 ** 64 },
};

export function holdsFormat(format: string, value: string | number): boolean {
  if (typeof value === 'string') {
    const assertion = Object.hasOwn(stringFormats, format) ? stringFormats[format] : undefined;
    return assertion === undefined || assertion(value);
  }
  const range = Object.hasOwn(numberFormats, format) ? numberFormats[format] : undefined;
  return range === undefined || (Number.isInteger(value) && value >= range.minimum && value <= range.maximum);
}

/** What a text must hold besides before a backend can be blamed for refusing it: where readers of the RFCs differ, the narrowest reading. */
export function isPlainly(format: string, text: string): boolean {
  if (format === 'email' || format === 'idn-email') return plainEmail.test(text);
  if (format === 'hostname') return plainHost.test(text);
  if (format === 'uri' || format === 'url') return isPlainUri(text);
  return true;
}

/** An address on the web that every reader of URLs takes, at a name of the public kind: many backends ask no others. */
function isPlainUri(text: string): boolean {
  if (!/^https?:/i.test(text) || !URL.canParse(text)) return false;
  const { hostname } = new URL(text);
  return plainName.test(hostname) || (/^(192\.0\.2\.|\[2001:db8:)/.test(hostname) && text.includes(hostname));
}

const plainName = /^(?:[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?\.)+[a-z][a-z0-9-]{0,61}[a-z]$/;
const plainHost = /^(?:[a-zA-Z0-9](?:[a-zA-Z0-9-]{0,61}[a-zA-Z0-9])?\.)*[a-zA-Z0-9](?:[a-zA-Z0-9-]{0,61}[a-zA-Z0-9])?$/;
const plainEmail =
  /^(?=.{1,64}@)[\w!#$%&'*+/=?^`{|}~-]+(?:\.[\w!#$%&'*+/=?^`{|}~-]+)*@(?:[a-zA-Z0-9](?:[a-zA-Z0-9-]{0,61}[a-zA-Z0-9])?\.)+[a-zA-Z][a-zA-Z0-9-]{0,61}[a-zA-Z]$/;

const durationText = /^P(?!$)(?:\d+W|(?:\d+Y)?(?:\d+M)?(?:\d+D)?(?:T(?=\d)(?:\d+H)?(?:\d+M)?(?:\d+(?:[.,]\d+)?S)?)?)$/;
const uriText = /^[a-zA-Z][a-zA-Z0-9+.-]*:[A-Za-z0-9\-._~:/?#[\]@!$&'()*+,;=%]*$/;
const uriReferenceText = /^[A-Za-z0-9\-._~:/?#[\]@!$&'()*+,;=%]*$/;
const badPercent = /%(?![0-9a-fA-F]{2})/;
const uuidText = /^[0-9a-fA-F]{8}(?:-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}$/;
const base64Text = /^[A-Za-z0-9+/_-]*={0,2}$/;
const decimalText = /^[+-]?(?:\d+(?:\.\d*)?|\.\d+)$/;
const pointerText = /^(?:\/(?:[^~/]|~[01])*)*$/;
const hostLabel = /^[a-zA-Z0-9_](?:[a-zA-Z0-9_-]{0,61}[a-zA-Z0-9_])?$/;

function isUuid(text: string): boolean {
  return uuidText.test(text);
}

function isHostname(text: string): boolean {
  const name = text.endsWith('.') ? text.slice(0, -1) : text;
  return name.length > 0 && name.length <= 253 && name.split('.').every((label) => hostLabel.test(label));
}

/** Where nothing was given, many backends answer with an empty text. */
function isEmailOrBlank(text: string): boolean {
  return text === '' || isEmail(text);
}

function isEmail(text: string): boolean {
  const at = text.lastIndexOf('@');
  if (at < 1 || at === text.length - 1) return false;
  const local = text.slice(0, at);
  const domain = text.slice(at + 1);
  if (/^".*"$/s.test(local) === false && /[\s@",:;<>()[\]\\]|^\.|\.$|\.\./.test(local)) return false;
  if (domain.startsWith('[')) return domain.endsWith(']');
  return /[^ -~]/.test(domain) ? !/\s/.test(domain) : isHostname(domain);
}

function isIpv4(text: string): boolean {
  const parts = text.split('.');
  return parts.length === 4 && parts.every((part) => /^(?:0|[1-9]\d{0,2})$/.test(part) && Number(part) <= 255);
}

function isIpv6(text: string): boolean {
  const halves = text.split('::');
  if (halves.length > 2) return false;
  const groups = halves.flatMap((half) => (half === '' ? [] : half.split(':')));
  const last = groups.at(-1);
  let count = groups.length;
  if (last !== undefined && last.includes('.')) {
    if (!isIpv4(last) || text.endsWith('::')) return false;
    groups.pop();
    count += 1;
  }
  if (!groups.every((group) => /^[0-9a-fA-F]{1,4}$/.test(group))) return false;
  return halves.length === 2 ? count <= 7 : count === 8;
}
