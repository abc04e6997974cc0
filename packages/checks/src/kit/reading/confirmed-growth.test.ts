import { expect, it } from 'vitest';
import { statementsOf } from '../database/statements-for-tests.ts';
import { exchangeOf } from '../testing/recordings-for-tests.ts';
import { confirmedGrowth, type Measured } from './confirmed-growth.ts';

const measured = (...texts: readonly string[]): Measured => ({
  items: 2,
  exchange: exchangeOf('GET /todos', 200),
  statements: statementsOf(...texts),
});
const [few, many] = [measured('SELECT 1'), measured('SELECT 1', 'SELECT 2')];
/** How much is asked after what grew was measured again, or the growth did not count. */
const afterwards = async (large: Measured, again: Measured | null) => {
  let asked = 0;
  const complaints = (growth: { readonly large: Measured }) => growth.large.statements.slice(1);
  const growth = await confirmedGrowth({ small: few, large }, complaints, async () => {
    asked += 1;
    return again;
  });
  return { asked, statements: growth.large.statements.length };
};

it('asks once more for what grew, and takes what does not come again for chance', async () => {
  expect(await afterwards(few, many)).toEqual({ asked: 0, statements: 1 });
  expect(await afterwards(many, few)).toEqual({ asked: 1, statements: 1 });
  expect(await afterwards(many, many)).toEqual({ asked: 1, statements: 2 });
});

it('takes an answer out of a cache, or none, for no proof of chance', async () => {
  expect(await afterwards(many, measured())).toEqual({ asked: 1, statements: 2 });
  expect(await afterwards(many, null)).toEqual({ asked: 1, statements: 2 });
});
