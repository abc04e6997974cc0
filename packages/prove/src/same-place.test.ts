import type { Exchange } from '@assay/contract';
import { expect, it } from 'vitest';
import { samePlace } from './same-place.ts';

const answering = (status: number, location?: string): Exchange => ({
  id: 'e-1',
  check: 'test',
  instance: 'i-1',
  request: { method: 'GET', target: '/', headers: [] },
  response: {
    status,
    reason: '',
    headers: location === undefined ? [] : [['Location', location]],
    body: { text: '' },
  },
  startedAt: 0,
  durationMs: 0,
});

it.each([
  ['GET', '/items?page=2', 301, '/items/?page=2', '/items/?page=2'],
  ['POST', '/items', 307, 'http://127.0.0.1:8000/items/', '/items/'],
  ['PUT', '/items/7/', 308, '../7', '/items/7'],
  ['POST', '/items', 301, '/items/', null],
  ['GET', '/items', 302, '/login', null],
  ['GET', '/items', 302, '/items', null],
  ['GET', '/', 307, '//evil.example/', null],
  ['GET', '/items', 200, '/items/', null],
  ['GET', '/items', 301, undefined, null],
])('%s %s answered %i to %s', (method, target, status, location, there) => {
  expect(samePlace({ method, target }, answering(status, location))?.target ?? null).toBe(there);
});
