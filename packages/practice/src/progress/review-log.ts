import {
  appendFileSync,
  closeSync,
  existsSync,
  fsyncSync,
  mkdirSync,
  openSync,
  readSync,
  renameSync,
  statSync,
} from 'node:fs';
import path from 'node:path';
import { isJsonObject, type Json } from '@assay/contract';
import type { Rating } from '@assay/recall';

/** One answer to one question, as the log keeps it: a line of JSON. */
export interface PracticeReview {
  readonly id: string;
  /** Milliseconds since 1970. */
  readonly at: number;
  readonly rating: Rating;
  readonly passed: boolean;
  readonly score: number;
  readonly seconds: number;
  readonly hints: number;
  readonly seed: number;
  /** True where words were matched: whether it was right the person has said. */
  readonly proposed: boolean;
}

/** What a log file holds, and how far it was read. */
export interface ReadLog {
  readonly reviews: readonly PracticeReview[];
  /** Bytes, up to the end of the last whole line. */
  readonly end: number;
  /** Lines that could not be read: of a process that was killed, or damaged. */
  readonly damaged: number;
}

/** Appends reviews; they are on the disk when this returns. */
export function appendReviews(file: string, reviews: readonly PracticeReview[]): void {
  if (reviews.length === 0) return;
  mkdirSync(path.dirname(file), { recursive: true, mode: 0o700 });
  const descriptor = openSync(file, 'a', 0o600);
  try {
    // A process that was killed may have left half a line: what follows must not be lost with it.
    const torn = endsInsideLine(file) ? '\n' : '';
    // Not writeSync: on a disk that is nearly full it writes a part, and says nothing.
    appendFileSync(descriptor, `${torn}${reviews.map((review) => JSON.stringify(review)).join('\n')}\n`);
    fsyncSync(descriptor);
  } finally {
    closeSync(descriptor);
  }
}

function endsInsideLine(file: string): boolean {
  const { size } = statSync(file);
  if (size === 0) return false;
  const descriptor = openSync(file, 'r');
  try {
    const last = Buffer.alloc(1);
    readSync(descriptor, last, 0, 1, size - 1);
    return last[0] !== 10;
  } finally {
    closeSync(descriptor);
  }
}

/** Reads the log from a byte on. */
export function readLog(file: string, from = 0): ReadLog {
  if (!existsSync(file)) return { reviews: [], end: 0, damaged: 0 };
  const bytes = readFrom(file, from);
  const whole = bytes.lastIndexOf(10) + 1;
  const lines = bytes
    .subarray(0, whole)
    .toString('utf8')
    .split('\n')
    .filter((line) => line !== '');
  const reviews = lines.flatMap((line) => reviewOf(line) ?? []);
  return { reviews, end: from + whole, damaged: lines.length - reviews.length };
}

/** Only what is new: the log of years is long. */
function readFrom(file: string, from: number): Buffer {
  const descriptor = openSync(file, 'r');
  try {
    const bytes = Buffer.alloc(Math.max(0, statSync(file).size - from));
    return bytes.subarray(0, readSync(descriptor, bytes, 0, bytes.length, from));
  } finally {
    closeSync(descriptor);
  }
}

function reviewOf(line: string): PracticeReview | null {
  let value: unknown;
  try {
    value = JSON.parse(line);
  } catch {
    return null;
  }
  if (!isPlain(value)) return null;
  const { id, at, rating, passed, score, seconds, hints, seed, proposed } = value;
  if (typeof id !== 'string' || typeof at !== 'number' || !isRating(rating) || typeof passed !== 'boolean') return null;
  const number = (each: Json | undefined): number => (typeof each === 'number' && Number.isFinite(each) ? each : 0);
  return {
    id,
    at,
    rating,
    passed,
    score: number(score),
    seconds: number(seconds),
    hints: number(hints),
    seed: number(seed),
    proposed: proposed === true,
  };
}

function isPlain(value: unknown): value is Readonly<Record<string, Json>> {
  return isJsonObject(value);
}

function isRating(value: unknown): value is Rating {
  return value === 1 || value === 2 || value === 3 || value === 4;
}

/** Writes a file whole or not at all. */
export function writeWhole(file: string, text: string): void {
  mkdirSync(path.dirname(file), { recursive: true, mode: 0o700 });
  const draft = `${file}.${process.pid}.new`;
  const descriptor = openSync(draft, 'w', 0o600);
  try {
    appendFileSync(descriptor, text);
    fsyncSync(descriptor);
  } finally {
    closeSync(descriptor);
  }
  renameSync(draft, file);
}
