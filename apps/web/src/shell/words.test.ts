import { expect, it } from 'vitest';
import { ago, bytes, folderName, lasting, plural, shortFolder } from './words.ts';

it('names folders', () => {
  expect(['/home/a/todo', '/home/a/todo/', 'C:\\work\\api', '/'].map(folderName)).toEqual(['todo', 'todo', 'api', '/']);
  expect(['/srv/todo', '/home/a/work/todo'].map(shortFolder)).toEqual(['/srv/todo', '…/work/todo']);
});

it('says how long ago something was', () => {
  const now = Date.parse('2026-05-05T12:00:00Z');
  const before = (seconds: number): string => ago(new Date(now - seconds * 1000).toISOString(), now);
  expect([0, -5, 44, 60, 140, 3600, 86_400, 86_400 * 3, 86_400 * 400].map(before)).toEqual([
    'just now',
    'just now',
    'just now',
    '1 minute ago',
    '2 minutes ago',
    '1 hour ago',
    'yesterday',
    '3 days ago',
    'last year',
  ]);
});

it('says how long something took', () => {
  expect([0, 840.4, 999.7, 12_340, 59_949, 59_960, 245_000, 7_380_000].map(lasting)).toEqual([
    '0 ms',
    '840 ms',
    '1.0 s',
    '12.3 s',
    '59.9 s',
    '1 min 0 s',
    '4 min 5 s',
    '2 h 3 min',
  ]);
});

it('counts', () => {
  expect([plural(1, 'finding'), plural(0, 'finding'), plural(1200, 'query', 'queries')]).toEqual([
    '1 finding',
    '0 findings',
    '1,200 queries',
  ]);
  expect([0, 999, 1500, 123_456_789, 5e12].map(bytes)).toEqual(['0 B', '999 B', '1.5 kB', '123 MB', '5000 GB']);
});
