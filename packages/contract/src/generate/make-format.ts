import { daysIn } from '../validate/calendar.ts';
import { uuidVersions } from '../validate/formats.ts';
import type { Source } from './source.ts';
import { words } from './words.ts';

const two = (value: number) => String(value).padStart(2, '0');
const hex = (source: Source, length: number) => Array.from({ length }, () => source.int(0, 15).toString(16)).join('');

type FormatMaker = (source: Source, wild: boolean) => string;

/** Makes strings of each format that has an assertion or a usual meaning. All but times of day are valid by the RFCs in the strictest reading. */
export const formatMakers: Readonly<Record<string, FormatMaker>> = {
  date: makeDate,
  // With the offset that the RFC asks for, and without the one that most languages' times of day cannot have.
  time: (source, wild) => (source.chance(50) ? makeTime(source, wild) : clockOf(source)),
  'date-time': makeDateTime,
  duration: (source, wild) => {
    const plain = source.pick([
      `P${source.int(1, 30)}D`,
      `PT${source.int(1, 59)}M`,
      `PT${source.int(1, 23)}H${source.int(1, 59)}M`,
    ]);
    return wild
      ? source.pick([
          plain,
          'P0D',
          'PT0S',
          `P${source.int(1, 52)}W`,
          `P${source.int(1, 99)}Y${source.int(1, 11)}M${source.int(1, 30)}DT${source.int(1, 23)}H${source.int(1, 59)}M${source.int(1, 59)}S`,
        ])
      : plain;
  },
  email: makeEmail,
  'idn-email': makeEmail,
  'name-email': (source) => `${source.pick(words)} ${source.pick(words)} <${makeEmail(source, false)}>`,
  uri: makeUri,
  url: makeUri,
  iri: makeUri,
  'uri-reference': (source, wild) =>
    source.chance(50) ? makeUri(source, wild) : `/${source.pick(words)}/${source.int(1, 999)}`,
  'iri-reference': (source, wild) => (source.chance(50) ? makeUri(source, wild) : `/${source.pick(words)}`),
  'uri-template': (source) => `/${source.pick(words)}/{id}`,
  uuid: (source, wild) => {
    const plain = makeUuid(source, 4);
    if (!wild) return plain;
    return source.pick([
      plain,
      plain.toUpperCase(),
      '00000000-0000-0000-0000-000000000000',
      'ffffffff-ffff-ffff-ffff-ffffffffffff',
      `${plain.slice(0, 14)}7${plain.slice(15)}`,
    ]);
  },
  ...Object.fromEntries(
    uuidVersions.map((version): [string, FormatMaker] => [
      `uuid${version}`,
      (source, wild) => {
        const text = makeUuid(source, version);
        return wild && source.chance(50) ? text.toUpperCase() : text;
      },
    ]),
  ),
  hostname: (source, wild) =>
    wild
      ? source.pick([
          'a',
          'localhost',
          `${'a'.repeat(63)}.example.com`,
          'xn--bcher-kva.example',
          `${source.pick(words)}-${source.int(1, 99)}.example.com`,
          '1.example.org',
        ])
      : `${source.pick(words)}.example.com`,
  'idn-hostname': (source) => `${source.pick(words)}.example.com`,
  ipv4: (source, wild) =>
    wild && source.chance(40)
      ? source.pick(['0.0.0.0', '255.255.255.255', '127.0.0.1'])
      : [192, 0, 2, source.int(1, 254)].join('.'),
  ipv6: (source, wild) =>
    wild && source.chance(60)
      ? source.pick(['::', '::1', 'fe80::1', '::ffff:192.0.2.1', 'FFFF:ffff:ffff:ffff:ffff:ffff:ffff:ffff'])
      : `2001:db8::${source.int(1, 0xffff).toString(16)}`,
  ipv4network: (source) => `192.0.2.${16 * source.int(0, 15)}/28`,
  ipv6network: (source) => `2001:db8:${source.int(1, 0xffff).toString(16)}::/48`,
  byte: (source, wild) =>
    Buffer.from(
      Array.from({ length: source.int(wild ? 0 : 1, wild ? 40 : 12) }, () =>
        source.int(wild ? 0 : 97, wild ? 255 : 122),
      ),
    ).toString('base64'),
  decimal: (source, wild) =>
    wild
      ? source.pick([
          '0',
          '-0.01',
          '0.10',
          `${source.int(0, 999_999_999)}.${source.int(0, 999_999)}`,
          '99999999999999.99',
        ])
      : `${source.int(1, 999)}.${two(source.int(0, 99))}`,
  regex: (source) => `^${source.pick(words)}$`,
  'json-pointer': (source) => `/${source.pick(words)}`,
  'relative-json-pointer': (source) => `1/${source.pick(words)}`,
  int32: (source, wild) => String(source.int(wild ? -2_147_483_648 : 1, wild ? 2_147_483_647 : 9999)),
  int64: (source, wild) =>
    wild && source.chance(30)
      ? source.pick(['9223372036854775807', '-9223372036854775808', '0'])
      : String(source.int(1, 9999)),
};

/** For where there is no room for what the makers give, from what most readers take to what only few do. */
export const shortest: Readonly<Record<string, readonly string[]>> = {
  email: ['ab@ex.co', 'a@b.co'],
  'idn-email': ['ab@ex.co', 'a@b.co'],
  uri: ['http://ex.co', 'http://a.co', 'a://b', 'a:b'],
  url: ['http://ex.co', 'http://a.co', 'a://b', 'a:b'],
  iri: ['http://ex.co', 'http://a.co', 'a://b', 'a:b'],
  'uri-reference': ['/a', '/'],
  'iri-reference': ['/a', '/'],
  hostname: ['ex.co', 'a.co', 'a'],
  'idn-hostname': ['ex.co', 'a.co', 'a'],
  byte: ['YWJj', 'YQ=='],
};

function makeUuid(source: Source, version: number): string {
  return `${hex(source, 8)}-${hex(source, 4)}-${version}${hex(source, 3)}-${source.pick(['8', '9', 'a', 'b'])}${hex(source, 3)}-${hex(source, 12)}`;
}

function makeDate(source: Source, wild: boolean): string {
  if (wild && source.chance(50)) {
    return source.pick([
      '2000-02-29',
      '1970-01-01',
      '1969-12-31',
      '2024-02-29',
      '2038-01-19',
      '2038-01-20',
      '1900-02-28',
      '9999-12-31',
      '0001-01-01',
      '1582-10-10',
      '2023-12-31',
      '2016-12-31',
    ]);
  }
  const year = source.int(wild ? 1000 : 2020, wild ? 9998 : 2034);
  const month = source.int(1, 12);
  return `${String(year).padStart(4, '0')}-${two(month)}-${two(source.int(1, daysIn(year, month)))}`;
}

/** Only instants that have a year of four digits in every time zone: RFC 3339 can write no others, and a backend may answer in UTC. */
function makeDateTime(source: Source, wild: boolean): string {
  const date = makeDate(source, wild)
    .replace(/^9999-12-31$/, '9999-12-30')
    .replace(/^0001-01-01$/, '0001-01-02');
  return `${date}T${makeTime(source, wild)}`;
}

function clockOf(source: Source): string {
  return `${two(source.int(0, 23))}:${two(source.int(0, 59))}:${two(source.int(0, 59))}`;
}

function makeTime(source: Source, wild: boolean): string {
  const clock = clockOf(source);
  if (!wild) return `${clock}Z`;
  const base = source.pick([clock, '00:00:00', '23:59:59']);
  const fraction = source.chance(60)
    ? `.${Array.from({ length: source.pick([1, 3, 6, 9]) }, () => source.int(0, 9)).join('')}`
    : '';
  const offset = source.pick([
    'Z',
    '+00:00',
    '+02:00',
    '-05:00',
    '+05:30',
    '+05:45',
    '-11:00',
    '+14:00',
    `-0${source.int(1, 9)}:30`,
  ]);
  return `${base}${fraction}${offset}`;
}

function makeEmail(source: Source, wild: boolean): string {
  const plain = `${source.pick(words)}.${source.pick(words)}${source.int(1, 99_999)}@example.com`;
  if (!wild) return plain;
  return source.pick([
    plain,
    `${source.pick(words)}+tag@sub.example.co.uk`,
    `o'brien${source.int(1, 99)}@example.com`,
    `${'a'.repeat(64)}@example.com`,
    `UPPER${source.int(1, 99)}@EXAMPLE.COM`,
    `a@${'b'.repeat(60)}.example`,
    `_${source.int(1, 99)}-x@example.museum`,
  ]);
}

function makeUri(source: Source, wild: boolean): string {
  const plain = `https://example.com/${source.pick(words)}/${source.int(1, 9999)}`;
  if (!wild) return plain;
  return source.pick([
    plain,
    `http://example.org:8080/?q=${source.pick(words)}&n=${source.int(0, 9)}#top`,
    'https://example.com',
    'https://example.com/a%20b/%E2%82%AC',
    `https://example.com/${'long/'.repeat(source.int(1, 40))}`,
    'http://192.0.2.1/',
    'http://[2001:db8::1]/',
    "https://example.com/it's(here),now;v=1",
  ]);
}
