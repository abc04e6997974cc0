import { expect, it } from 'vitest';
import { destinationOf } from './links.ts';

const page = 'docs/checks/http/charset.md';

it.each([
  ['../data/round-trip.md', { kind: 'page', path: '/checks/data/round-trip' }],
  ['body-limit.md#how-to-fix-it', { kind: 'page', path: '/checks/http/body-limit' }],
  ['../README.md', { kind: 'page', path: '/checks' }],
  ['../../../challenges/todo/brief.md', { kind: 'page', path: '/challenges/todo' }],
  ['https://www.rfc-editor.org/rfc/rfc9110', { kind: 'web', address: 'https://www.rfc-editor.org/rfc/rfc9110' }],
])('follows %s', (href, destination) => {
  expect(destinationOf(href, page)).toEqual(destination);
});

it.each([
  'javascript:alert(1)',
  'JaVaScRiPt:alert(1)',
  'data:text/html,<script>',
  'file:///etc/passwd',
  '//elsewhere.example/x',
  'https://',
  '../../own-backend.md',
  '#sources',
])('leads nowhere with %s', (href) => {
  expect(destinationOf(href, page)).toEqual({ kind: 'nowhere' });
});

it('leads nowhere from a text that has no place', () => {
  expect(destinationOf('../data/round-trip.md', null)).toEqual({ kind: 'nowhere' });
});
