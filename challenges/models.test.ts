import { checkLinearizable, models, type Operation } from '@assay/history';
import { describe, expect, it } from 'vitest';
import { histories as blogHistories } from './blog/histories.ts';
import { model as blog } from './blog/model.ts';
import { histories as bookshopHistories } from './bookshop/histories.ts';
import { model as bookshop } from './bookshop/model.ts';
import { histories as ledgerHistories } from './ledger/histories.ts';
import { cents, model as ledger } from './ledger/model.ts';
import { histories as ordersHistories } from './orders-soap/histories.ts';
import { model as orders } from './orders-soap/model.ts';
import { histories as todoHistories } from './todo/histories.ts';
import { model as todo } from './todo/model.ts';

describe('the models of the challenges', () => {
  const at = (process: number, call: number, input: unknown, output?: unknown): Operation => ({
    process,
    call,
    return: call + 5,
    outcome: 'ok',
    input,
    output,
  });

  it('finds money that was spent twice in a ledger', () => {
    const history = (second: boolean): readonly Operation[] => [
      at(0, 0, { f: 'deposit', account: 'a', amount: cents('10.00') }),
      at(1, 10, { f: 'transfer', from: 'a', to: 'b', amount: cents('10.00') }, true),
      at(2, 12, { f: 'transfer', from: 'a', to: 'b', amount: cents('10.00') }, second),
    ];
    expect(checkLinearizable(ledger, history(false) as never).status).toBe('ok');
    expect(checkLinearizable(ledger, history(true) as never).status).toBe('violated');
  });

  it('finds a todo that is read after it was deleted', () => {
    const history = (read: unknown): readonly Operation[] => [
      at(0, 0, { f: 'put', key: '1', value: 'x' }),
      at(0, 10, { f: 'delete', key: '1' }),
      at(1, 20, { f: 'get', key: '1' }, read),
    ];
    expect(checkLinearizable(todo, history(null) as never).status).toBe('ok');
    expect(checkLinearizable(todo, history('x') as never).status).toBe('violated');
  });

  it('finds an article whose publication a new title has undone', () => {
    const history = (read: unknown): readonly Operation[] => [
      at(0, 0, { f: 'put', key: 'status of 1', value: 'draft' }),
      at(1, 10, { f: 'put', key: 'status of 1', value: 'published' }),
      at(2, 12, { f: 'put', key: 'title of 1', value: 'x' }),
      at(0, 20, { f: 'get', key: 'status of 1' }, read),
    ];
    expect(checkLinearizable(blog, history('published') as never).status).toBe('ok');
    expect(checkLinearizable(blog, history('draft') as never).status).toBe('violated');
  });

  it('finds copies that were sold twice in a bookshop', () => {
    const history = (second: boolean): readonly Operation[] => [
      at(0, 0, { f: 'deposit', account: '1', amount: 2 }),
      at(1, 10, { f: 'transfer', from: '1', to: 'customer', amount: 2 }, true),
      at(2, 12, { f: 'transfer', from: '1', to: 'customer', amount: 1 }, second),
    ];
    expect(checkLinearizable(bookshop, history(false) as never).status).toBe('ok');
    expect(checkLinearizable(bookshop, history(true) as never).status).toBe('violated');
  });

  it('finds stock that is read as it was before an order', () => {
    const history = (read: number): readonly Operation[] => [
      at(0, 0, { f: 'deposit', account: '1', amount: 4000 }),
      at(1, 10, { f: 'transfer', from: '1', to: 'sold', amount: 500 }, true),
      at(2, 20, { f: 'balance', account: '1' }, read),
    ];
    expect(checkLinearizable(orders, history(3500) as never).status).toBe('ok');
    expect(checkLinearizable(orders, history(4000) as never).status).toBe('violated');
  });
});

describe('the histories of the challenges', () => {
  it('are judged by the model of their challenge, which the checker knows by its name', () => {
    expect(blogHistories.map(({ model }) => model)).toEqual([blog.name]);
    expect(bookshopHistories.map(({ model }) => model)).toEqual([bookshop.name]);
    expect(ledgerHistories.map(({ model }) => model)).toEqual([ledger.name]);
    expect(todoHistories.map(({ model }) => model)).toEqual([todo.name]);
    expect(ordersHistories.map(({ model }) => model)).toEqual([orders.name]);
    for (const { model } of [
      ...blogHistories,
      ...bookshopHistories,
      ...ledgerHistories,
      ...todoHistories,
      ...ordersHistories,
    ])
      expect(Object.keys(models)).toContain(model);
  });
});
