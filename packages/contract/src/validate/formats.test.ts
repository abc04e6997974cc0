import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { formatMakers } from '../generate/make-format.ts';
import { seededSource } from '../generate/source.ts';
import { holdsFormat, isPlainly } from './formats.ts';

const table: Readonly<Record<string, { readonly good: readonly string[]; readonly bad: readonly string[] }>> = {
  'date-time': {
    good: [
      '2024-02-29T23:59:59Z',
      '2024-01-01t00:00:00.123456789+05:45',
      '1990-12-31T23:59:60Z',
      '1990-12-31T15:59:60-08:00',
    ],
    bad: [
      '2024-01-01',
      '2023-02-29T00:00:00Z',
      '2024-01-01T24:00:00Z',
      '2024-01-01T00:00:00',
      '2024-01-01 00:00:00Z',
      '1990-12-31T15:59:60Z',
    ],
  },
  date: { good: ['2000-02-29', '0001-01-01'], bad: ['1900-02-29', '2024-1-1', '2024-13-01', '2024-04-31'] },
  time: { good: ['12:00:00Z', '00:00:00.5-05:00', '12:00:00.5'], bad: ['12:60:00Z', '25:00:00', '12:00'] },
  duration: { good: ['P1D', 'PT0.5S', 'P3W', 'P1Y2M3DT4H5M6S'], bad: ['P', 'PT', '1D', 'P1H'] },
  email: {
    good: ['', 'a@b.co', "o'brien+tag@example.com", '"a b"@example.com'],
    bad: ['a', '@b.co', 'a@', 'a b@c.de', 'a..b@c.de', '.a@c.de'],
  },
  uri: {
    good: ['', 'https://example.com/a?b#c', 'urn:isbn:1', 'mailto:a@b.co', 'http://[::1]/'],
    bad: ['/a', 'not a uri', 'http://a b', 'http://a/%zz'],
  },
  uuid: {
    good: ['123E4567-e89b-12d3-a456-426614174000'],
    bad: ['123e4567e89b12d3a456426614174000', 'urn:uuid:123e4567-e89b-12d3-a456-426614174000'],
  },
  hostname: {
    good: ['example.com', 'a', 'xn--bcher-kva.example'],
    bad: ['', '-a.com', 'a..b', 'a b', `${'a'.repeat(64)}.com`],
  },
  ipv4: { good: ['0.0.0.0', '255.255.255.255'], bad: ['256.0.0.1', '1.2.3', '01.2.3.4'] },
  ipv6: {
    good: ['::', '::1', '1:2:3:4:5:6:7:8', '::ffff:192.0.2.1', '1::8'],
    bad: [':', '1:2:3:4:5:6:7', '1:2:3:4:5:6:7:8:9', '1::2::3', '12345::', '1:2:3:4:5:6:7:8::'],
  },
  byte: { good: ['', 'YQ==', 'YWI=', 'YWJj', 'YQ'], bad: ['a', 'Y Q=', 'é'] },
  decimal: { good: ['1', '-1.50', '+0.1'], bad: ['', '1,5', '1e3', 'x'] },
  'made-up': { good: ['anything'], bad: [] },
};

describe('formats', () => {
  it.each(Object.entries(table))('%s', (format, { good, bad }) => {
    for (const text of good) expect(holdsFormat(format, text), text).toBe(true);
    for (const text of bad) expect(holdsFormat(format, text), text).toBe(false);
  });

  it.each([
    ['email', 'a@b.example', 'a@b.example.'],
    ['email', "o'brien+tag@example.co.uk", 'a@_b.example'],
    ['email', 'A@EXAMPLE.museum', 'a@b'],
    ['email', 'a.b@c-d.example', '"a b"@example.com'],
    ['uri', 'https://a.example/b?c#d', 'http://8'],
    ['uri', 'http://192.0.2.1/', 'https://47er9m33d:87657'],
    ['uri', 'HTTPS://a.example', 'https://47er9m33d'],
    ['uri', 'http://a.example:8080', 'urn:isbn:1'],
    ['uri', 'http://a.example', ''],
    ['email', 'a@b.example', ''],
    ['hostname', 'a.example', 'a.example.'],
    ['hostname', 'localhost', 'a_b.example'],
  ])('%s is plainly %s and not plainly %s', (format, good, doubtful) => {
    expect(isPlainly(format, good)).toBe(true);
    expect(holdsFormat(format, doubtful)).toBe(true);
    expect(isPlainly(format, doubtful)).toBe(false);
  });

  it('hold for every string that is made of them', () => {
    fc.assert(
      fc.property(fc.constantFrom(...Object.keys(formatMakers)), fc.boolean(), fc.integer(), (format, wild, seed) => {
        const text = formatMakers[format]?.(seededSource(seed), wild) ?? '';
        expect(holdsFormat(format, text), `${format} ${text}`).toBe(true);
        expect(isPlainly(format, text), `${format} ${text}`).toBe(true);
      }),
      { numRuns: 2000 },
    );
  });
});
