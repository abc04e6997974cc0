import { createHash } from 'node:crypto';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { zstdCompressSync } from 'node:zlib';
import { type Card, dayMs } from '@assay/recall';
import { zipSync } from 'fflate';
import {
  ankiDeckOptions,
  ankiDecks,
  ankiModels,
  ankiSettings,
  ankiTables,
  deckId,
  modelId,
} from './anki-collection.ts';
import type { DeckNote } from './deck.ts';

export type ApkgFormat = 'legacy' | 'current';

/**
 * A deck for Anki: questions, their scheduling (with FSRS's memory states) and every review. `legacy` holds collection.anki2; `current` (Anki 2.1.50 and later) a compressed
 * collection.anki21b, and beside it an empty collection.anki2 as Anki itself writes it.
 */
export function writeApkg(
  notes: readonly DeckNote[],
  { now, format, retention }: { readonly now: number; readonly format: ApkgFormat; readonly retention: number },
): Uint8Array {
  const collection = writeCollection(notes, now, retention);
  if (format === 'legacy') return zipSync({ 'collection.anki2': collection, media: Buffer.from('{}') });
  return zipSync({
    // PackageMetadata { version: 3 }
    meta: Uint8Array.of(0x08, 0x03),
    'collection.anki21b': [zstdCompressSync(collection), { level: 0 }],
    'collection.anki2': writeCollection([], now, retention),
    media: zstdCompressSync(Buffer.alloc(0)),
  });
}

function writeCollection(notes: readonly DeckNote[], now: number, retention: number): Uint8Array {
  const folder = mkdtempSync(path.join(tmpdir(), 'assay-deck-'));
  try {
    const file = path.join(folder, 'collection.anki2');
    const database = new DatabaseSync(file);
    try {
      fillCollection(database, notes, now, retention);
    } finally {
      database.close();
    }
    return readFileSync(file);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

function fillCollection(database: DatabaseSync, notes: readonly DeckNote[], now: number, retention: number): void {
  const seconds = Math.floor(now / 1000);
  const first = Math.min(now, ...notes.flatMap(({ reviews }) => reviews.map(({ at }) => at)));
  // Anki counts days from the collection's birth, at four in the morning.
  const born = morningOf(first);
  database.exec(`PRAGMA user_version = 0; BEGIN; ${ankiTables}`);
  database
    .prepare('INSERT INTO col VALUES (1, ?, ?, ?, 11, 0, 0, 0, ?, ?, ?, ?, ?)')
    .run(
      Math.floor(born / 1000),
      now,
      now,
      ankiSettings(),
      ankiModels(seconds),
      ankiDecks(seconds),
      ankiDeckOptions(),
      '{}',
    );
  const insertNote = database.prepare("INSERT INTO notes VALUES (?, ?, ?, ?, -1, ?, ?, ?, ?, 0, '')");
  const insertCard = database.prepare(
    'INSERT INTO cards VALUES (?, ?, ?, 0, ?, -1, ?, ?, ?, ?, ?, ?, ?, 0, 0, 0, 0, ?)',
  );
  const insertReview = database.prepare('INSERT INTO revlog VALUES (?, ?, -1, ?, ?, ?, 2500, ?, ?)');
  // A review's time is its key.
  const taken = new Set<number>();
  for (const [index, note] of notes.entries()) {
    const id = born + index * 2 + 1;
    const fields = [note.front, note.back, note.id].map(html);
    const sum = Number.parseInt(
      createHash('sha1')
        .update(fields[0] ?? '')
        .digest('hex')
        .slice(0, 8),
      16,
    );
    const guid = createHash('sha256').update(`assay ${note.id}`).digest('base64').slice(0, 10);
    insertNote.run(id, guid, modelId, seconds, ` ${note.tags.join(' ')} `, fields.join('\u001F'), fields[0] ?? '', sum);
    const [kind, due, interval, memory] = scheduling(note.card, index, born, retention);
    insertCard.run(
      id + 1,
      id,
      deckId,
      seconds,
      kind,
      kind,
      due,
      interval,
      kind === 0 ? 0 : 2500,
      note.card?.reps ?? 0,
      note.card?.lapses ?? 0,
      memory,
    );
    const reviews = note.reviews.toSorted((a, b) => a.at - b.at);
    for (const [at, review] of reviews.entries()) {
      let key = review.at;
      while (taken.has(key)) key += 1;
      taken.add(key);
      const next = reviews[at + 1];
      const days = next === undefined ? interval : Math.max(1, Math.round((next.at - review.at) / dayMs));
      const before = reviews[at - 1];
      const last = before === undefined ? 0 : Math.max(1, Math.round((review.at - before.at) / dayMs));
      insertReview.run(
        key,
        id + 1,
        review.rating,
        days,
        last,
        Math.min(60_000, Math.round(review.seconds * 1000)),
        at === 0 ? 0 : 1,
      );
    }
  }
  database.exec('COMMIT');
}

/** When the day of that moment began for Anki: at four in the morning, local time. */
function morningOf(at: number): number {
  const morning = new Date(at);
  if (morning.getHours() < 4) morning.setDate(morning.getDate() - 1);
  return morning.setHours(4, 0, 0, 0);
}

type Scheduling = readonly [kind: 0 | 2, due: number, interval: number, memory: string];

function scheduling(card: Card | null, index: number, born: number, retention: number): Scheduling {
  if (card === null) return [0, index + 1, 0, '{}'];
  const interval = Math.max(1, Math.round((card.due - card.last) / dayMs));
  const memory = JSON.stringify({
    s: round(card.stability),
    d: round(card.difficulty),
    dr: retention,
    lrt: Math.floor(card.last / 1000),
  });
  return [2, Math.max(0, Math.round((morningOf(card.due) - born) / dayMs)), interval, memory];
}

function round(value: number): number {
  return Math.round(value * 10_000) / 10_000;
}

function html(text: string): string {
  const escaped = text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');
  return escaped.includes('\n') ? `<pre>${escaped}</pre>` : escaped;
}
