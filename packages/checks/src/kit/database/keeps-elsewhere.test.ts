import type { Instance, Wire } from '@assay/contract';
import { expect, it } from 'vitest';
import { keepsElsewhere } from './keeps-elsewhere.ts';
import { statementsOf } from './statements-for-tests.ts';

const seen = (...texts: string[]): Pick<Instance, 'wire'> => ({
  wire: { statements: () => statementsOf(...texts) } as Partial<Wire> as Wire,
});

it('is so where a database could be watched and nothing was ever asked of it', () => {
  expect(keepsElsewhere(seen())).toBe(true);
  expect(keepsElsewhere(seen('INSERT INTO todos (title) VALUES ($1)'))).toBe(false);
  expect(keepsElsewhere({ wire: null })).toBe(false);
});
