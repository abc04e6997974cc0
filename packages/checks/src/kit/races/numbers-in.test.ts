import { expect, it } from 'vitest';
import { numbersIn } from './numbers-in.ts';

it('names what an item of a list holds by what tells it apart, wherever it stands', () => {
  const stock = (...items: readonly { readonly productId: number; readonly onHand: number }[]) => ({ total: 2, items });
  const one = numbersIn(stock({ productId: 7, onHand: 20 }, { productId: 9, onHand: 5 }));
  const other = numbersIn(stock({ productId: 9, onHand: 6 }, { productId: 7, onHand: 20 }));
  expect(one.get('/items/[7]/onHand')).toBe(20);
  expect(other.get('/items/[9]/onHand')).toBe(6);
  expect(one.get('/total')).toBe(2);
});

it('calls what the request names by its name there', () => {
  const called = new Map([['7', 'productId']]);
  const found = numbersIn([{ productId: 7, sku: 'A-1', onHand: 20 }], called);
  expect([...found]).toEqual([
    ['/[productId]/productId', 7],
    ['/[productId]/onHand', 20],
  ]);
});

it('leaves out items that nothing tells apart, and texts that are no decimals', () => {
  expect([...numbersIn([{ amount: 3 }, { amount: 4 }])]).toEqual([]);
  expect([
    ...numbersIn([
      { id: 'a', amount: 3 },
      { id: 'a', amount: 4 },
    ]),
  ]).toEqual([]);
  expect([...numbersIn({ price: '3.50', name: 'tea', sizes: [1, 2] })]).toEqual([['/price', '3.50']]);
});
