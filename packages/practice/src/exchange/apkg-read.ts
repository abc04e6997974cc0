import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { zstdDecompressSync } from 'node:zlib';
import { Fault } from '@assay/contract';
import type { Rating } from '@assay/recall';
import type { PracticeReview } from '../progress/review-log.ts';
import type { ReadDeck } from './deck.ts';
import { openPlainTables } from './plain-tables.ts';
import { readZipFile } from './zip-file.ts';

/** The largest collection that is read. Bytes. */
const largest = 300_000_000;

/** Reads the reviews of Assay's questions out of a deck that Anki exported, in any of its three formats. Throws the fault bad-deck. */
export function readApkg(bytes: Uint8Array): ReadDeck {
  const collection = collectionOf(bytes);
  const folder = mkdtempSync(path.join(tmpdir(), 'assay-deck-'));
  try {
    const file = path.join(folder, 'collection');
    writeFileSync(file, collection);
    return readCollection(file);
  } catch (error) {
    if (error instanceof Fault) throw error;
    throw damaged('its collection cannot be read', error);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

function damaged(what: string, cause?: unknown): Fault {
  return new Fault('bad-deck', `The deck is damaged: ${what}.`, undefined, { cause });
}

/** The newest of the formats that is there; decks of the newest hold one of the oldest too, which says that Anki is too old. */
function collectionOf(bytes: Uint8Array): Uint8Array {
  const deck = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const file = (name: string): Buffer | null => {
    try {
      return readZipFile(deck, name, largest);
    } catch (error) {
      throw damaged('it is no zip file, was cut off, or holds too large a collection', error);
    }
  };
  const compressed = file('collection.anki21b');
  try {
    if (compressed !== null) return zstdDecompressSync(compressed, { maxOutputLength: largest });
  } catch (error) {
    throw damaged('its collection cannot be decompressed', error);
  }
  const plain = file('collection.anki21') ?? file('collection.anki2');
  if (plain === null) throw damaged('there is no collection in it');
  return plain;
}

function readCollection(file: string): ReadDeck {
  const tables = openPlainTables(file);
  try {
    const questions = new Map<number, string>();
    for (const note of tables.rows('notes', ['id', 'flds'])) {
      const fields = note['flds'];
      const id = typeof fields === 'string' ? (fields.split('\u001F', 3).at(2) ?? '') : '';
      questions.set(Number(note['id']), /^[a-z-]+\/[a-z0-9-]+$/.test(id) ? id : '');
    }
    const ids = new Map<number, string>();
    let foreign = 0;
    for (const card of tables.rows('cards', ['id', 'nid'])) {
      const id = questions.get(Number(card['nid']));
      if (id === '') foreign += 1;
      else if (id !== undefined) ids.set(Number(card['id']), id);
    }
    const reviews = [...tables.rows('revlog', ['id', 'cid', 'ease', 'time'])].flatMap((row): PracticeReview[] => {
      const id = ids.get(Number(row['cid']));
      const rating = ratingOf(Number(row['ease']));
      if (id === undefined || rating === null) return [];
      const passed = rating > 1;
      return [
        {
          id,
          at: Number(row['id']),
          rating,
          passed,
          score: passed ? 1 : 0,
          seconds: Math.round(Number(row['time']) / 1000),
          hints: 0,
          seed: 0,
          proposed: true,
        },
      ];
    });
    return { reviews: reviews.toSorted((one, other) => one.at - other.at), notes: ids.size, foreign };
  } finally {
    tables.close();
  }
}

function ratingOf(ease: number): Rating | null {
  return ease === 1 || ease === 2 || ease === 3 || ease === 4 ? ease : null;
}
