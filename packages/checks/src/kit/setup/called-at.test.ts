import { expect, it } from 'vitest';
import { calledAt } from './called-at.ts';

it('goes by the place, and by the kind where that says only that it is an id', () => {
  expect(calledAt({ target: 'body:/toAccountId', resource: 'accounts' })).toBe('toAccountId');
  expect(calledAt({ target: 'body:/bookIds/0', resource: 'books' })).toBe('bookIds');
  expect(calledAt({ target: 'path:id', resource: 'shop/loans' })).toBe('loans');
});
