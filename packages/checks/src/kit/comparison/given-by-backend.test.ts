import { expect, it } from 'vitest';
import { givenByBackend } from './given-by-backend.ts';

it('tells what new things get although it was not sent, and in what state they begin', () => {
  const made = [
    { sent: { title: 'Tea', status: 'paid' }, back: { id: 1, title: 'Tea', slug: 'tea', status: 'new', notes: null } },
    { sent: { title: 'Oak', status: 'sent' }, back: { id: 2, title: 'Oak', slug: 'oak', status: 'new', notes: null } },
    { sent: { title: 'Ash', status: 'new' }, back: { id: 3, title: 'Ash', slug: 'ash', status: 'new', notes: null } },
  ];
  expect(givenByBackend(made)).toEqual({ defaults: ['id', 'slug'], starts: ['status'] });
  expect(givenByBackend(made.slice(0, 2)).starts).toEqual([]);
  const kept = made.map(({ sent, back }) => ({ sent, back: { ...back, status: sent.status } }));
  expect(givenByBackend(kept).starts).toEqual([]);
});

it('takes nothing but a state for one, and no state that is lost', () => {
  const made = ['a', 'b', 'c'].map((word) => ({
    sent: { kind: word, estate: word, orderState: word, status: word },
    back: { kind: 'a', estate: 'a', orderState: 'a', status: null },
  }));
  expect(givenByBackend(made).starts).toEqual(['orderState']);
});
