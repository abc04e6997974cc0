import type { Json } from '@assay/contract';
import { expect, it } from 'vitest';
import { isDone, isOver, isOwnDeed, isRequestToComeIn } from './own-deed.ts';

it.each([
  ['/orders/{id}/cancel', true],
  ['/notes/{id}/archive', true],
  ['/tokens/{id}/revoke', true],
  ['/teams/{id}/join', false],
  ['/orders/{id}/pay', false],
  ['/orders/{id}/comments', false],
  ['/orders/{id}', false],
])('takes what %s does for the owner’s alone: %s', (path, expected) => {
  expect(isOwnDeed({ path })).toBe(expected);
});

it.each([
  ['/teams/{id}/join', true],
  ['/teams/{id}/join-requests', true],
  ['/teams/{id}/request-access', true],
  ['/jobs/{id}/applications', true],
  ['/quotes/{id}/accept', false],
  ['/documents/{id}/access', false],
  ['/teams/{id}/archive', false],
  ['/teams/{id}/members', false],
  ['/gift-codes/{code}/redeem', true],
  ['/coupons/{id}/claim', true],
  ['/forms/{id}/submissions', true],
  ['/polls/{id}/votes', true],
  ['/surveys/{id}/responses', true],
  ['/courses/{course}/quizzes/{id}/attempts', true],
  ['/tickets/{id}/responses', false],
  ['/policies/{id}/claims', false],
  ['/questions/{id}/answers', false],
  ['/invitations/{id}/accept', true],
  ['/orders/{id}/acceptance', false],
])('takes %s for a request to come in: %s', (path, expected) => {
  expect(isRequestToComeIn({ path, method: 'POST' })).toBe(expected);
});

it('takes what deletes what others gave for the owner’s', () => {
  expect(isRequestToComeIn({ path: '/forms/{id}/submissions', method: 'DELETE' })).toBe(false);
});

const open = { id: 3, status: 'open', cancelledAt: null, archived: false, balance: 12.5, name: 'Mine' };

it.each<[string, Json, Json]>([
  ['/orders/3/cancel', null, { ...open, status: 'Cancelled' }],
  ['/orders/3/cancel', null, { ...open, cancelledAt: '2026-05-03' }],
  ['/orders/3/archive', null, { ...open, archived: true }],
  ['/orders/3/withdraw', { amount: '2.40' }, { ...open, balance: 10.1 }],
  ['/orders/3/rename?force=1', { name: 'Taken' }, { ...open, name: 'Taken' }],
])('sees that %s with %j was done', (target, sent, is) => {
  expect(isDone(target, sent, open, is)).toBe(true);
  expect(isDone(target, sent, { data: open }, { data: is })).toBe(true);
});

it.each<[string, Json, Json]>([
  ['/orders/3/cancel', null, open],
  ['/orders/3/cancel', null, { ...open, status: 'shipped' }],
  ['/orders/3/publish', null, { ...open, status: 'unpublished' }],
  ['/orders/3/withdraw', { amount: 2 }, { ...open, balance: 14.5 }],
  ['/orders/3/withdraw', { amount: 2 }, { ...open, balance: 11.5 }],
  ['/orders/3/rename', { name: 'Mine' }, open],
  ['/orders/3/join', null, { ...open, status: 'joined' }],
])('takes nothing else for %s with %j', (target, sent, is) => {
  expect(isDone(target, sent, open, is)).toBe(false);
});

it.each([
  [{ status: 'open' }, { status: 'cancelled' }, true],
  [{ status: 'open' }, { status: 'open', deletedAt: '2030-01-01' }, true],
  [{ deleted: false }, { deleted: true }, true],
  [{ status: 'cancelled' }, { status: 'cancelled', seen: 2 }, false],
  [{ status: 'archived' }, { status: 'unarchived' }, false],
  [{ shown: 'nothing' }, { shown: 'disclosed' }, false],
  [{ deletedItems: 0 }, { deletedItems: 1 }, false],
  [{ status: 'open' }, { status: 'waiting' }, false],
])('tells from %j and %j whether what was deleted and is kept is over: %s', (was, is, expected) => {
  expect(isOver(was, is)).toBe(expected);
});
