import { expect, it } from 'vitest';
import { parseXml } from './parse-xml.ts';

it('ends where elements lie too deep', () => {
  const inside = '<n:n>'.repeat(5_000);
  expect(parseXml(`<e xmlns:n="urn:n">${inside}${'</n:n>'.repeat(5_000)}</e>`)).toEqual({
    ok: false,
    message: 'elements lie more than 400 levels deep',
    offset: expect.toSatisfy((offset: number) => offset < 3_000) as number,
  });
});

it('ends where more prefixes are declared than anybody has use for', () => {
  const prefixes = Array.from({ length: 600 }, (_, index) => `xmlns:p${index}="u"`).join(' ');
  expect(parseXml(`<e ${prefixes}/>`)).toMatchObject({ ok: false, message: 'more than 500 prefixes are declared' });
});
