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

it('ends at the first fault', () => {
  expect(parseXml(`<e><p:q/>${'<n>'.repeat(5_000)}`)).toMatchObject({
    ok: false,
    message: expect.stringMatching(/prefix/) as string,
  });
});
