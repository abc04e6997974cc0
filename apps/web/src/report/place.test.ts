import { expect, it } from 'vitest';
import { fragmentOf, placeOf } from './place.ts';

it('leads from a fragment to a place and back', () => {
  for (const fragment of ['#f-3', '#e-12', '#plots', '#checks', '#exchanges', '#findings'])
    expect(fragmentOf(placeOf(fragment))).toBe(fragment);
  expect(placeOf('')).toEqual({ tab: 'findings', finding: null, exchange: null });
  expect(placeOf('#f-3"><script>')).toEqual({ tab: 'findings', finding: null, exchange: null });
});
