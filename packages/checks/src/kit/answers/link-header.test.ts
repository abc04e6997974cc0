import type { HeaderFields } from '@assay/contract';
import { expect, test } from 'vitest';
import { linkTo } from './link-header.ts';

const lines = (...values: readonly string[]): HeaderFields => values.map((value) => ['Link', value]);

test.each([
  ['among others', lines('</?page=1>; rel="prev", </?page=3>; rel="next"'), '/?page=3'],
  ['in a line of its own', lines('</docs>; rel="service-doc"', '</?page=3>; rel=next'), '/?page=3'],
  ['behind a comma in quotes', lines('</?page=3>; title="more, please; \\"all\\""; rel="next"'), '/?page=3'],
  ['with commas and semicolons in its address', lines('</?page=3&f=a,b;c>;rel="next"'), '/?page=3&f=a,b;c'],
  ['with several relations', lines('</?page=3>; rel="last next"'), '/?page=3'],
  ['in another case', lines('</?page=3> ; REL = "Next"'), '/?page=3'],
  ['with two relations, of which the first holds', lines('</?page=3>; rel="next"; rel="last"'), '/?page=3'],
  ['as a part of another word', lines('</?page=3>; rel="next-archive"; title="rel=next"'), null],
  ['from somewhere else', lines('</?page=3>; rel="next"; anchor="#top"'), null],
  ['without an address', lines('/?page=3; rel="next"', '<'), null],
  ['nowhere', [], null],
])('finds the next page %s', (_name, headers, expected) => {
  expect(linkTo(headers, 'next')).toBe(expected);
});
