import fc from 'fast-check';
import { expect, test } from 'vitest';
import {
  type Card,
  createScheduler,
  dayMs,
  fitWeights,
  type History,
  logLossOf,
  type Rating,
  ratingOf,
} from './index.ts';

const start = Date.UTC(2026, 0, 1);

test('a rating comes from the result, the time and the hints', () => {
  const attempt = { passed: true, score: 1, seconds: 60, expectedSeconds: 60, hints: 0 };
  expect(ratingOf(attempt)).toBe(3);
  expect(ratingOf({ ...attempt, hints: 1 })).toBe(2);
  expect(ratingOf({ ...attempt, seconds: 121 })).toBe(2);
  expect(ratingOf({ ...attempt, seconds: 20 })).toBe(4);
  expect(ratingOf({ ...attempt, passed: false, score: 0.4 })).toBe(1);
  expect(ratingOf({ ...attempt, passed: false, score: 0.9 })).toBe(2);
});

test('a question comes due when it is known with the wanted probability', () => {
  fc.assert(
    fc.property(
      fc.double({ min: 0.75, max: 0.95, noNaN: true }),
      fc.array(fc.constantFrom<Rating>(2, 3, 4), { minLength: 1, maxLength: 6 }),
      (retention, ratings) => {
        const scheduler = createScheduler({ retention });
        let card: Card | null = null;
        let at = start;
        for (const rating of ratings) {
          card = scheduler.next(card, rating, at);
          at = card.due;
        }
        if (card === null || card.due - card.last <= 10 * 60_000 || card.due - card.last >= 365 * dayMs) return;
        expect(scheduler.recall(card, card.due)).toBeCloseTo(retention, 3);
      },
    ),
  );
});

test('a clock that jumps back changes nothing for the worse', () => {
  const scheduler = createScheduler();
  const card = scheduler.next(null, 3, start);
  const again = scheduler.next(card, 3, start - 40 * dayMs);
  expect(again.last).toBe(start);
  expect(again.due).toBeGreaterThan(start);
  expect(scheduler.recall(card, start - dayMs)).toBe(1);
});

/** People who forget exactly as FSRS with these weights says. */
function population(weights: readonly number[], cards: number): { readonly at: number; readonly rating: Rating }[][] {
  const truth = createScheduler({ weights });
  const schedule = createScheduler();
  let state = 7;
  const random = (): number => {
    state = (state * 1_103_515_245 + 12_345) % 2 ** 31;
    return state / 2 ** 31;
  };
  return Array.from({ length: cards }, () => {
    const reviews: { at: number; rating: Rating }[] = [];
    let at = start;
    let seen: Card | null = null;
    let real: Card | null = null;
    for (let review = 0; review < 8; review += 1) {
      const known = real === null ? random() < 0.5 : random() < truth.recall(real, at);
      const rating: Rating = known ? 3 : 1;
      reviews.push({ at, rating });
      real = truth.next(real, rating, at);
      seen = schedule.next(seen, rating, at);
      at = Math.max(seen.due, at + dayMs);
    }
    return reviews;
  });
}

test('weights are fitted when that helps, and not from a handful of reviews', () => {
  const defaults = createScheduler().weights;
  const other = defaults.map((weight, index) => (index < 4 ? weight * 0.1 : weight));
  expect(fitWeights(population(other, 20), defaults)).toBeNull();
  const fit = fitWeights(population(other, 300), defaults);
  expect(fit?.better).toBe(true);
  expect(fit?.after).toBeLessThan(fit?.before ?? 0);
});

test('log loss stands beside the average and SM-2', () => {
  const loss = logLossOf(population(createScheduler().weights, 200), createScheduler());
  expect(loss?.reviews).toBe(200 * 7);
  expect(loss?.fsrs).toBeLessThan(loss?.sm2 ?? 0);
  expect(logLossOf([[{ at: start, rating: 3 }]], createScheduler())).toBeNull();
});

test('what comes again after ten minutes goes by the formula for the same day, and is not counted as foreseen', () => {
  const scheduler = createScheduler();
  const card = scheduler.next(null, 3, start);
  const later = start + 600_000;
  const [, , , , , , , , , , , , , , , , , w17 = 0, w18 = 0, w19 = 0] = scheduler.weights;
  for (const rating of [1, 4] as const)
    expect(scheduler.next(card, rating, later).stability).toBeCloseTo(
      card.stability * card.stability ** -w19 * Math.exp(w17 * (rating - 3 + w18)),
      6,
    );
  const days = population(scheduler.weights, 120);
  const drilled: readonly History[] = days.map((history) =>
    history.flatMap((review) => (review.rating === 1 ? [review, { at: review.at + 600_000, rating: 3 }] : [review])),
  );
  const [plain, withDrill] = [days, drilled].map((histories) => logLossOf(histories, scheduler));
  expect(withDrill?.reviews).toBe(plain?.reviews);
  // Ten minutes less have passed when the question comes again.
  expect(withDrill?.sm2).toBeCloseTo(plain?.sm2 ?? 0, 3);
  expect(withDrill?.average).toBe(plain?.average);
  expect(
    fitWeights(
      days
        .slice(0, 57)
        .map((history) =>
          history.flatMap(({ at }) => [0, 1, 2].map((each) => ({ at: at + each, rating: 3 as const }))),
        ),
      scheduler.weights,
    ),
  ).toBeNull();
});
