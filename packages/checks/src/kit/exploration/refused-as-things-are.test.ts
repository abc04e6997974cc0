import type { Exchange } from '@assay/contract';
import { expect, it } from 'vitest';
import { exchangeOf, faulting } from '../testing/recordings-for-tests.ts';
import type { Probe } from './explore.ts';
import { refusedAsThingsAre } from './refused-as-things-are.ts';

const sent = (text: string) => ({ ...exchangeOf('POST /orders', 200, { sent: text }), operation: 'createOrder' });
const short = (text: string) => faulting(sent(text), { blames: 'client', reason: 'not enough in stock' });
const probesOf = (...exchanges: readonly Exchange[]) =>
  exchanges.map(
    (exchange): Probe => ({
      operation: 'createOrder',
      intent: { kind: 'valid' },
      exchange,
      unbound: false,
      repeats: false,
      ended: false,
    }),
  );

it('leaves to a service what it refuses while it takes others', () => {
  const refused = short('quantity 100');
  expect(refusedAsThingsAre(refused, probesOf(sent('quantity 1'), refused))).toBe(true);
});

it('is of the message where none is taken, or the smallest is refused for the same reason', () => {
  const refused = short('quantity 100');
  expect(refusedAsThingsAre(refused, probesOf(short('quantity 1'), refused))).toBe(false);
  expect(refusedAsThingsAre(refused, probesOf(short('quantity 1'), sent('quantity 10'), refused))).toBe(false);
  const other = faulting(sent('quantity 1'), { blames: 'client', reason: 'no such product' });
  expect(refusedAsThingsAre(refused, probesOf(other, sent('quantity 10'), refused))).toBe(true);
});

it('says nothing of other faults, and of what is no fault', () => {
  const failed = faulting(sent('quantity 100'), { blames: 'server' });
  expect(refusedAsThingsAre(failed, probesOf(sent('quantity 1'), failed))).toBe(false);
  expect(refusedAsThingsAre(exchangeOf('POST /orders', 400), probesOf(sent('quantity 1')))).toBe(false);
});
