/**
 * A simulated population whose memory is known: does the schedule reach the desired retention, and does it foresee reviews better than SM-2 and the average? And how long the next session takes to pick
 * after 100,000 reviews. Seeded: the same figures each time, but for the milliseconds.
 *   scripts/with-node bench/recall/run.ts [--report-only]
 */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { loadBank, openProgress, pickSession, type PracticeReview } from '../../packages/practice/src/index.ts';
import {
  type Card,
  createScheduler,
  dayMs,
  logLossOf,
  type Rating,
  type Review,
} from '../../packages/recall/src/index.ts';
import { atMost, below, type Promised, settle } from '../promises.ts';

/** What it is held to, and by how much. */
const promises: Promised[] = [];

const start = Date.UTC(2026, 0, 1);
let state = 20_261;
const random = (): number => {
  state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
  return state / 2 ** 32;
};

const say = (line: string): void => void process.stdout.write(`${line}\n`);

for (const retention of [0.8, 0.9]) {
  const schedule = createScheduler({ retention });
  const histories: Review[][] = [];
  let known = 0;
  let asked = 0;
  for (let person = 0; person < 40; person += 1) {
    for (let question = 0; question < 100; question += 1) {
      // Each person forgets as FSRS says; how well a question sticks is theirs and its own.
      let real: Card | null = null;
      let seen: Card | null = null;
      let at = start;
      const reviews: Review[] = [];
      for (let review = 0; review < 10 && at < start + 365 * dayMs; review += 1) {
        const remembers: boolean = real === null ? random() < 0.6 : random() < schedule.recall(real, at);
        if (real !== null && at - real.last >= dayMs) {
          asked += 1;
          if (remembers) known += 1;
        }
        const rating: Rating = remembers ? (random() < 0.2 ? 2 : random() < 0.9 ? 3 : 4) : 1;
        reviews.push({ at, rating });
        real = schedule.next(real, rating, at);
        seen = schedule.next(seen, rating, at);
        at = seen.due;
      }
      histories.push(reviews);
    }
  }
  const loss = logLossOf(histories, schedule);
  const [fsrs = Number.NaN, ...others] = [loss?.fsrs, loss?.sm2, loss?.average];
  promises.push(
    atMost(
      `the retention that is reached, off the desired ${retention}`,
      Math.abs(known / asked - retention) * 100,
      2,
      'points',
    ),
    below(
      `log loss at ${retention}, beside the better one of SM-2's and the average's`,
      fsrs,
      Math.min(...others.map((other) => other ?? Number.NaN)),
    ),
  );
  say(
    `desired ${retention}: reached ${(known / asked).toFixed(3)} over ${asked} reviews; log loss FSRS ${loss?.fsrs.toFixed(4)}, SM-2 ${loss?.sm2.toFixed(4)}, average ${loss?.average.toFixed(4)}`,
  );
}

const folder = mkdtempSync(path.join(tmpdir(), 'assay-bench-recall-'));
const { questions } = loadBank([path.resolve(import.meta.dirname, '../../questions')]);
const reviews = Array.from(
  { length: 100_000 },
  (_, index): PracticeReview => ({
    id: questions[Math.floor(random() * questions.length)]?.id ?? 'a/b',
    at: start + index * 60_000,
    rating: random() < 0.8 ? 3 : 1,
    passed: true,
    score: 1,
    seconds: 60,
    hints: 0,
    seed: 1,
    proposed: false,
  }),
);
openProgress(folder).add(reviews);
const times = Array.from({ length: 20 }, () => {
  const began = performance.now();
  const progress = openProgress(folder);
  pickSession(questions, progress, { now: progress.now(Date.now()), count: 5, topic: null, level: 2, seed: 1 });
  return performance.now() - began;
}).toSorted((a, b) => a - b);
say(`the next session after 100,000 reviews: ${times[10]?.toFixed(1)} ms (median of 20; opening the log and picking)`);
rmSync(folder, { recursive: true, force: true });
promises.push(atMost('the next session after 100,000 reviews, median', times[10] ?? Number.NaN, 50, 'ms'));
settle(promises);
