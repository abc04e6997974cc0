import { expect, it } from 'vitest';
import { shortIds } from './short-ids.ts';

it('shortens ids, and nothing else', () => {
  expect(
    shortIds('transfer 1000 from 0f801a2f-3227-47c8-a7be-abe31b0f7285 to b304a321-c798-41be-99a4-03990db535a8'),
  ).toBe('transfer 1000 from …0f7285 to …b535a8');
  expect(shortIds('deposit 3000 into account-12')).toBe('deposit 3000 into account-12');
});
