import { expect, it } from 'vitest';
import { contractOf } from '../testing/scripted-for-tests.ts';
import { waitsForConfirmation } from './until-confirmed.ts';

const having = (path: string) => contractOf({ [path]: { post: { responses: { 204: { description: '' } } } } } as never);
const confirming = having('/users/confirm-email');
const old = { email: 'a@example.com', workEmail: 'w@example.com', name: 'Ann' };
const waits = (name: keyof typeof old, back: string, contract = confirming): boolean =>
  waitsForConfirmation(contract, `/${name}`, old, { back });

it('is so of an address that stays as it was, where it can be confirmed', () => {
  expect(waits('email', 'a@example.com')).toBe(true);
  expect(waits('workEmail', 'w@example.com')).toBe(true);
  expect(waits('name', 'Ann')).toBe(false);
  expect(waits('email', 'lost@example.com')).toBe(false);
  expect(waits('email', 'a@example.com', having('/orders/confirm'))).toBe(false);
});
