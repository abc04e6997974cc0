import { Fault } from '@assay/contract';
import { createScheduler, dayMs } from '@assay/recall';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { unzipSync, zipSync } from 'fflate';
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
  expect(deck.get('apis/gson-null-or-left-out')?.front).toMatch(/^196 .*WITHOUT_NULLS/m);
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

const fault = (bytes: Uint8Array): unknown => {
  try {
    return readApkg(bytes);
  } catch (error) {
    return error instanceof Fault ? error.code : error;
  }
};

/** A deck whose collection was made by these statements. */
function deckOf(...statements: readonly string[]): Uint8Array {
  const folder = mkdtempSync(path.join(tmpdir(), 'assay-deck-test-'));
  try {
    const file = path.join(folder, 'collection');
    const database = new DatabaseSync(file);
    for (const statement of statements) database.exec(statement);
    database.close();
    return zipSync({ 'collection.anki2': readFileSync(file) });
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

const endless = 'WITH RECURSIVE n(id) AS (SELECT 1 UNION ALL SELECT id + 1 FROM n)';
const plain = {
  notes: 'CREATE TABLE notes (id integer PRIMARY KEY, flds text)',
  cards: 'CREATE TABLE cards (id integer PRIMARY KEY, nid integer)',
  revlog: 'CREATE TABLE revlog (id integer PRIMARY KEY, cid integer, ease integer, time integer)',
};
const doubling = Array.from(
  { length: 40 },
  (_, n) => `CREATE VIEW v${n + 1} AS SELECT a.id FROM v${n} a JOIN v${n} b ON a.id = b.id`,
);

test.each<readonly [string, Partial<typeof plain>]>([
  ['reviews', { revlog: `CREATE VIEW revlog AS ${endless} SELECT id, id AS cid, 9 AS ease, 1 AS time FROM n` }],
  ['notes', { notes: `CREATE VIEW notes AS ${endless} SELECT id, '' AS flds FROM n` }],
  ['cards', { cards: `CREATE VIEW cards AS ${endless} SELECT id, 1 AS nid FROM n` }],
  [
    'views of views',
    { cards: `CREATE TABLE v0 (id); ${doubling.join('; ')}; CREATE VIEW cards AS SELECT id, id AS nid FROM v40` },
  ],
  ['a virtual table', { notes: 'CREATE VIRTUAL TABLE notes USING fts5(id, flds)' }],
  [
    'a generated column',
    { notes: 'CREATE TABLE notes (id integer PRIMARY KEY, flds text AS (hex(zeroblob(400000000))))' },
  ],
])('a deck that computes without end is refused at once: %s', (_, own) => {
  expect(fault(deckOf(...Object.values(plain)))).toEqual({ reviews: [], notes: 0, foreign: 0 });
  const bytes = deckOf(...Object.values({ ...plain, ...own }));
  expect(fault(bytes)).toBe('bad-deck');
});

test('a deck of which pages are read again and again is refused', () => {
  const row = (length: number) => `INSERT INTO notes VALUES (NULL, printf('%.*c', ${length}, 'x'))`;
  const rows = [row(1_000_000), ...Array.from({ length: 300 }, () => row(3000))];
  const deck = deckOf(Object.values(plain).join(';'), `BEGIN; ${rows.join(';')}; COMMIT`);
  expect(fault(deck)).toMatchObject({ foreign: 0 });
  const file = Buffer.from(unzipSync(deck)['collection.anki2'] ?? []);
  // Every child of the one page of children is its first.
  const page = Array.from({ length: file.length / 4096 }, (_, n) => n * 4096).findLast((at) => file[at] === 5) ?? 0;
  const cells = file.readUInt16BE(page + 3);
  const first = file.readUInt32BE(page + file.readUInt16BE(page + 12));
  expect(cells).toBeGreaterThan(200);
  for (let n = 0; n < cells; n++) file.writeUInt32BE(first, page + file.readUInt16BE(page + 12 + 2 * n));
  expect(() => readApkg(zipSync({ 'collection.anki2': file }))).toThrow(
    expect.objectContaining({ code: 'bad-deck', cause: new Error('There is more in it than its size allows.') }),
  );
});

test('a deck is read from a zip in whichever way it was written', () => {
  const deck = writeApkg(notes, { now, format: 'legacy', retention: 0.9 });
  const collection = unzipSync(deck)['collection.anki2'] ?? new Uint8Array(0);
  const media = { '0': new Uint8Array(1000), 'collection.anki2': new Uint8Array(10) };
  const stored = zipSync({ ...media, 'collection.anki21': collection }, { level: 0, comment: 'x' });
  expect(readApkg(stored).reviews).toEqual(reviews);
  const behind = Buffer.concat([deck, Buffer.from('a comment')]);
  behind.writeUInt16LE(9, deck.length - 2);
  expect(readApkg(behind).reviews).toEqual(reviews);
});

test('what a zip says of its sizes is not believed', () => {
  const bomb = zipSync({ 'collection.anki2': new Uint8Array(310_000_000) }, { level: 1 });
  const end = bomb.length - 22;
  const view = new DataView(bomb.buffer, bomb.byteOffset);
  const directory = view.getUint32(end + 16, true);
  view.setUint32(directory + 24, 10, true);
  const entry = bomb.subarray(directory, end);
  const tail = bomb.slice(end);
  const many = Buffer.concat([bomb.subarray(0, directory), ...Array.from({ length: 200 }, () => entry), tail]);
  expect(fault(many)).toBe('bad-deck');
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
