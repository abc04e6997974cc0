import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { zstdDecompressSync } from 'node:zlib';
import { Fault } from '@assay/contract';
import type { Rating } from '@assay/recall';
import { unzipSync } from 'fflate';
import type { PracticeReview } from '../progress/review-log.ts';
import type { ReadDeck } from './deck.ts';

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

function collectionOf(bytes: Uint8Array): Uint8Array {
  let files: Readonly<Record<string, Uint8Array>>;
  try {
    files = unzipSync(bytes, {
      filter: ({ name, originalSize }) => name.startsWith('collection.') && originalSize <= largest,
    });
  } catch (error) {
    throw damaged('it is no zip file, or was cut off', error);
  }
  const compressed = files['collection.anki21b'];
  try {
    if (compressed !== undefined) return zstdDecompressSync(compressed, { maxOutputLength: largest });
  } catch (error) {
    throw damaged('its collection cannot be decompressed', error);
  }
  const plain = files['collection.anki21'] ?? files['collection.anki2'];
  if (plain === undefined) throw damaged('there is no collection in it');
  return plain;
}

function readCollection(file: string): ReadDeck {
  const database = new DatabaseSync(file, { readOnly: true });
  try {
    const notes = database.prepare('SELECT n.id, n.flds, c.id AS card FROM notes n JOIN cards c ON c.nid = n.id').all();
    const ids = new Map<number, string>();
    for (const note of notes) {
      const id = String(note['flds']).split('\u001F').at(2) ?? '';
      if (/^[a-z-]+\/[a-z0-9-]+$/.test(id)) ids.set(Number(note['card']), id);
    }
    const rows = database
      .prepare('SELECT id, cid, ease, time FROM revlog WHERE ease BETWEEN 1 AND 4 ORDER BY id')
      .all();
    const reviews = rows.flatMap((row): PracticeReview[] => {
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
    return { reviews, notes: ids.size, foreign: notes.length - ids.size };
  } finally {
    database.close();
  }
}

function ratingOf(ease: number): Rating | null {
  return ease === 1 || ease === 2 || ease === 3 || ease === 4 ? ease : null;
}
