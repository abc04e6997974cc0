import { Fault } from '@assay/contract';
import { createScheduler, dayMs } from '@assay/recall';
import path from 'node:path';
import { expect, test } from 'vitest';
import { loadBank } from '../bank/load.ts';
import { openProgress } from '../progress/progress.ts';
import type { PracticeReview } from '../progress/review-log.ts';
import { readApkg } from './apkg-read.ts';
import { writeApkg } from './apkg-write.ts';
import { calendarOf } from './calendar.ts';
import { reviewsToAdd } from './deck.ts';
import { deckNotes } from './deck-notes.ts';
import { readCsv, writeCsv } from './csv.ts';

const now = Date.UTC(2026, 5, 1);
const review = (at: number, rating: 1 | 3): PracticeReview => ({
  id: 'databases/an-index',
  at,
  rating,
  passed: rating > 1,
  score: rating > 1 ? 1 : 0,
  seconds: 40,
  hints: 0,
  seed: 0,
  proposed: true,
});
const reviews = [review(now - 9 * dayMs, 3), review(now - 4 * dayMs, 1), review(now - 3 * dayMs, 3)];
const scheduler = createScheduler();
const card = reviews
  .slice(1)
  .reduce((before, { rating, at }) => scheduler.next(before, rating, at), scheduler.next(null, 3, now - 9 * dayMs));
const notes = [
  { id: 'databases/an-index', front: 'a < b\nc', back: 'x', tags: ['assay'], card, reviews },
  { id: 'http/new', front: 'f', back: 'b', tags: [], card: null, reviews: [] },
];

test.each(['legacy', 'current'] as const)('reviews come back out of a deck of the %s format', (format) => {
  const read = readApkg(writeApkg(notes, { now, format, retention: 0.9 }));
  expect(read.reviews).toEqual(reviews);
  expect(read).toMatchObject({ notes: 2, foreign: 0 });
});

test('a card shows what the question needs to be answered', () => {
  const root = path.resolve(import.meta.dirname, '../../../..');
  const { questions } = loadBank([path.join(root, 'questions')]);
  const progress = openProgress(path.join(root, 'no-such-folder'));
  const deck = new Map(deckNotes(progress, questions, path.join(root, 'challenges')).map((each) => [each.id, each]));
  expect(deck.size).toBe(questions.filter(({ kind }) => kind !== 'evidence').length);
  expect(deck.get('languages/java-optional-or-else')?.front).toContain('Optional.of("cached")');
  expect(deck.get('apis/soap-fault-codes')?.front).toContain('b  SOAP 1.2');
  expect(deck.get('apis/soap-fault-codes')?.back).toContain('b  right: ');
  expect(deck.get('apis/gson-null-or-left-out')?.front).toMatch(/^195 .*WITHOUT_NULLS/m);
});

test('two reviews of one moment both stand in the deck, and are known when it comes back', () => {
  const other = { ...review(now - 9 * dayMs, 3), id: 'http/new' };
  const both = notes.map((note) => (note.id === 'http/new' ? { ...note, reviews: [other] } : note));
  const read = readApkg(writeApkg(both, { now, format: 'legacy', retention: 0.9 }));
  expect(read.reviews).toHaveLength(4);
  expect(reviewsToAdd([...reviews, other], read.reviews)).toEqual([]);
  expect(reviewsToAdd(reviews, read.reviews)).toHaveLength(1);
});

test('a damaged deck is told, not read', () => {
  const deck = writeApkg(notes, { now, format: 'legacy', retention: 0.9 });
  for (const bytes of [deck.subarray(0, deck.length / 2), Buffer.from('no zip'), new Uint8Array(0)])
    expect(() => readApkg(bytes)).toThrow(Fault);
});

test('reviews come back out of CSV; a wrong line is named', () => {
  expect(readCsv(writeCsv(reviews))).toEqual(reviews);
  expect(() => readCsv(writeCsv(reviews).replace('databases/an-index', '=cmd()'))).toThrow('Line 2 is no review');
});

test('a reminder for each day on which something is due', () => {
  const text = calendarOf([now - dayMs, now + 3 * dayMs, now + 3 * dayMs, now + 500 * dayMs], now);
  expect(text.match(/BEGIN:VEVENT/g)).toHaveLength(2);
  expect(text).toContain('DTSTART:20260604T080000\r\n');
  expect(text).toContain('SUMMARY:Assay practice: 2 questions come due');
});
