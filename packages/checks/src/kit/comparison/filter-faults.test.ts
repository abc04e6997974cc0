import type { Json } from '@assay/contract';
import { expect, it } from 'vitest';
import type { FilteredUpdate } from '../reading/filtered-update.ts';
import { exchangeOf } from '../testing/recordings-for-tests.ts';
import { filterFault } from './filter-faults.ts';

/** Of a thing that went from one value to another: whether the list filtered by each brought it, before and after. */
function fault(from: Json, to: Json, old: string, now: string, listed = 'yes yes', isSaid = true) {
  const [before, after] = listed.split(' ').map((word) => word === 'yes');
  const page = (value: Json) => exchangeOf(`GET /boards?archived=${String(value)}`, 200);
  const looks = (value: Json, shown: string) => {
    const [first, second] = shown.split(' ').map((word) => ({ shown: word === 'yes', page: page(value) }));
    if (first === undefined || second === undefined) throw new Error('before and after');
    return { value, before: first, after: second };
  };
  const update: FilteredUpdate = {
    list: 'list',
    parameter: 'archived',
    member: 'archived',
    from,
    to,
    isSaid,
    listed: { before: before === true, after: after === true },
    write: exchangeOf('PATCH /boards/1', 200),
    read: exchangeOf('GET /boards/1', 200),
    looks: [looks(from, old), looks(to, now)],
  };
  const found = filterFault(update);
  return found === null ? null : `${found.kind} by ${String(found.value)}, is ${String(found.is)}`;
}

it.each([
  ['a list that follows', false, true, 'yes no', 'no yes', null],
  ['false that leaves nothing out', false, true, 'yes yes', 'no yes', 'unfiltered by false, is true'],
  ['false that leaves nothing out, on the way there', true, false, 'yes no', 'yes yes', 'unfiltered by false, is true'],
  ['false that is taken for true', false, true, 'no yes', 'no yes', 'reversed by false, is true'],
  ['a word that leaves nothing out', 'open', 'closed', 'yes no', 'yes yes', 'unfiltered by closed, is open'],
  ['true that brings the others as well', false, true, 'yes no', 'yes yes', null],
  ['a filter that does nothing at all', false, true, 'yes yes', 'yes yes', null],
  ['a list that never brings it', false, true, 'no no', 'no yes', null],
] as const)('%s', (_, from, to, old, now, expected) => {
  expect(fault(from, to, old, now)).toBe(expected);
});

it('holds back where the thing is not to be seen in one of its states', () => {
  expect(fault(false, true, 'no yes', 'no yes', 'no yes')).toBeNull();
});

it.each([
  ['a box that is not ticked', false, true, 'yes yes', 'no yes', 'yes yes', null],
  ['one that is not ticked any more', true, false, 'yes no', 'yes yes', 'yes yes', null],
  ['more than without it', false, true, 'yes yes', 'no yes', 'yes no', 'unfiltered by false, is true'],
  ['more than a list that may lag', true, false, 'yes no', 'yes yes', 'no yes', null],
  ['false that is taken for true', false, true, 'no yes', 'no yes', 'yes yes', 'reversed by false, is true'],
] as const)('where the contract does not say what false does: %s', (_, from, to, old, now, listed, expected) => {
  expect(fault(from, to, old, now, listed, false)).toBe(expected);
});
