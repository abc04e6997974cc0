import { existsSync, readFileSync, rmSync, statSync } from 'node:fs';
import path from 'node:path';
import { isJsonObject, type Json } from '@assay/contract';
import { type Card, createScheduler, type Scheduler } from '@assay/recall';
import { believed, isAhead } from './believed.ts';
import { appendReviews, type PracticeReview, readLog, writeWhole } from './review-log.ts';

/** A person's progress, kept in a folder: every review in an append-only log, and beside it a snapshot that can be made again from it. */
export interface Progress {
  /** By the question's id. */
  readonly cards: ReadonlyMap<string, Card>;
  readonly scheduler: Scheduler;
  /** The time of the last review; 0 without any. */
  readonly last: number;
  /** How many reviews there are. */
  readonly count: number;
  /** Takes in what another process has added or set since. */
  refresh(): void;
  /** Adds reviews, oldest first. */
  add(reviews: readonly PracticeReview[]): void;
  /** Every review there ever was, oldest first: for figures, not for a session. */
  reviews(): readonly PracticeReview[];
  /** How many reviews were written while the clock stood days ahead; they count as made with those before them. */
  readonly ahead: number;
  /** The time to go by: a clock that stands before the last review is not believed, unless that is days ahead of it. */
  now(clock: number): number;
  /** Sets the wanted retention or fitted weights, and schedules every card anew. */
  configure(settings: Settings): void;
}

export interface Settings {
  readonly retention?: number;
  readonly weights?: readonly number[];
}

interface Snapshot {
  readonly end: number;
  readonly last: number;
  readonly count: number;
  readonly cards: Readonly<Record<string, Card>>;
}

/** How many reviews may stand in the log alone before the snapshot is written anew. */
const snapshotEvery = 200;

/** Opens the folder; what is missing is made by the first review. */
export function openProgress(folder: string, clock: () => number = Date.now): Progress {
  const logFile = path.join(folder, 'reviews.ndjson');
  const snapshotFile = path.join(folder, 'snapshot.json');
  const settingsFile = path.join(folder, 'settings.json');
  let settingsText = textOf(settingsFile);
  let scheduler = createScheduler(readSettings(settingsFile));
  const cards = new Map<string, Card>();
  let last = 0;
  let count = 0;
  let end = 0;
  let unsaved = 0;
  let ahead = 0;
  let read: { readonly size: number; readonly reviews: readonly PracticeReview[] } | null = null;

  const take = (review: PracticeReview): void => {
    cards.set(review.id, scheduler.next(cards.get(review.id) ?? null, review.rating, review.at));
    last = Math.max(last, review.at);
    count += 1;
    unsaved += 1;
  };
  const readOn = (): void => {
    const log = readLog(logFile, end);
    const reviews = believed(log.reviews, clock(), last);
    // What was imported may be older than what stands before it.
    const isLate = reviews.some(({ at }) => at < last);
    if (isLate && end > 0) return startOver();
    for (const review of inOrder(reviews)) take(review);
    ahead += reviews.filter((review, index) => review !== log.reviews[index]).length;
    end = log.end;
    // Times that were made up are not kept: they change with the clock.
    if (unsaved >= snapshotEvery && ahead === 0) save();
  };
  const startOver = (): void => {
    rmSync(snapshotFile, { force: true });
    begin();
  };
  const save = (): void => {
    try {
      writeWhole(
        snapshotFile,
        JSON.stringify({ key: keyOf(scheduler), end, last, count, cards: Object.fromEntries(cards) }),
      );
      unsaved = 0;
    } catch {
      // A full disk: the log is whole, and all of this can be made again from it.
    }
  };
  const begin = (): void => {
    const kept = readSnapshot(snapshotFile, keyOf(scheduler), logFile);
    const snapshot = kept === null || isAhead(kept.last, clock()) ? null : kept;
    cards.clear();
    [unsaved, ahead, read] = [0, 0, null];
    for (const [id, card] of Object.entries(snapshot?.cards ?? {})) cards.set(id, card);
    ({ end, last, count } = snapshot ?? { end: 0, last: 0, count: 0 });
    readOn();
  };
  begin();

  return {
    cards,
    get scheduler() {
      return scheduler;
    },
    get last() {
      return last;
    },
    get count() {
      return count;
    },
    get ahead() {
      return ahead;
    },
    refresh() {
      const now = textOf(settingsFile);
      if (now !== settingsText) {
        settingsText = now;
        scheduler = createScheduler(readSettings(settingsFile));
        begin();
      } else if ((existsSync(logFile) ? statSync(logFile).size < end : end > 0) || isAhead(last, clock())) startOver();
      else readOn();
    },
    add(reviews) {
      appendReviews(logFile, reviews);
      readOn();
    },
    reviews() {
      const size = existsSync(logFile) ? statSync(logFile).size : 0;
      // It is only ever appended to: of the same size, it is the same.
      if (read?.size !== size) read = { size, reviews: inOrder(believed(readLog(logFile).reviews, clock(), 0)) };
      return read.reviews;
    },
    now: (time) => (isAhead(last, time) ? time : Math.max(time, last)),
    configure(settings) {
      const { retention, weights } = { retention: scheduler.retention, weights: scheduler.weights, ...settings };
      writeWhole(settingsFile, `${JSON.stringify({ retention, weights })}\n`);
      settingsText = textOf(settingsFile);
      scheduler = createScheduler({ retention, weights });
      begin();
    },
  };
}

function inOrder(reviews: readonly PracticeReview[]): readonly PracticeReview[] {
  return reviews.toSorted((a, b) => a.at - b.at);
}

function textOf(file: string): string {
  return existsSync(file) ? readFileSync(file, 'utf8') : '';
}

/** A snapshot holds for the settings and the way of reckoning that it was made with. */
function keyOf({ retention, weights }: Scheduler): string {
  return JSON.stringify(['whole days', retention, weights]);
}

function readJson(file: string): Readonly<Record<string, Json>> | null {
  if (!existsSync(file)) return null;
  try {
    const value: unknown = JSON.parse(readFileSync(file, 'utf8'));
    return isPlain(value) ? value : null;
  } catch {
    return null;
  }
}

function isPlain(value: unknown): value is Readonly<Record<string, Json>> {
  return isJsonObject(value);
}

function readSettings(file: string): Settings {
  const value = readJson(file);
  const retention = value?.['retention'];
  const weights: readonly Json[] = Array.isArray(value?.['weights']) ? value['weights'] : [];
  const numbers = weights.filter((weight) => typeof weight === 'number');
  return {
    ...(typeof retention === 'number' ? { retention } : {}),
    ...(numbers.length === 21 ? { weights: numbers } : {}),
  };
}

/** Null when there is none, when it was made with other settings, or when the log is shorter than it says: then everything is read anew. */
function readSnapshot(file: string, key: string, logFile: string): Snapshot | null {
  const value = readJson(file);
  if (value === null || value['key'] !== key) return null;
  const { end, last, count, cards } = value;
  if (typeof end !== 'number' || typeof last !== 'number' || typeof count !== 'number' || !isJsonObject(cards ?? null))
    return null;
  if (!existsSync(logFile) || statSync(logFile).size < end) return null;
  const read = Object.entries(cards as Readonly<Record<string, Json>>).map(([id, card]) => [id, cardOf(card)] as const);
  return read.some(([, card]) => card === null)
    ? null
    : {
        end,
        last,
        count,
        cards: Object.fromEntries(read.flatMap(([id, card]) => (card === null ? [] : [[id, card]]))),
      };
}

function cardOf(value: Json): Card | null {
  if (!isJsonObject(value)) return null;
  const { stability, difficulty, due, last, reps, lapses } = value;
  const whole = [stability, difficulty, due, last, reps, lapses].filter((each) => typeof each === 'number');
  const [a, b, c, d, e, f] = whole;
  if (a === undefined || b === undefined || c === undefined || d === undefined || e === undefined || f === undefined)
    return null;
  return { stability: a, difficulty: b, due: c, last: d, reps: e, lapses: f };
}
