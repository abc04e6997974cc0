import { dayMs, type LogLoss, logLossOf, type Review } from '@assay/recall';
import type { BankQuestion } from '../bank/load.ts';
import { type Area, areaIds, areas } from '../question/areas.ts';
import { newestAnswers } from '../session/level.ts';
import { type Readiness, readinessFor } from '../session/readiness.ts';
import { localDay } from './local-day.ts';
import { type PredictedReview, predictedReviews } from './predicted.ts';
import type { Progress } from './progress.ts';
import { remembered } from './remembered.ts';

/** How many of the questions come due by when. */
export interface Due {
  readonly now: number;
  readonly tomorrow: number;
  readonly week: number;
}

/** Where a person stands. Shares are from 0 to 1. */
export interface Figures {
  readonly reviews: number;
  readonly seen: number;
  readonly questions: number;
  readonly due: Due;
  /** The wanted retention. */
  readonly retention: number;
  readonly logLoss: LogLoss | null;
  readonly readiness: readonly (Readiness & { readonly level: number })[];
  readonly areas: readonly (Readiness & { readonly area: Area; readonly name: string })[];
}

export function dueOf(progress: Progress, now: number): Due {
  const by = (days: number): number =>
    [...progress.cards.values()].filter((card) => card.due <= now + days * dayMs).length;
  return { now: by(0), tomorrow: by(1), week: by(7) };
}

/** The reviews of each question, oldest first. */
export function historiesOf(progress: Progress): readonly (readonly Review[])[] {
  return [...Map.groupBy(progress.reviews(), ({ id }) => id).values()];
}

export function figuresOf(progress: Progress, questions: readonly BankQuestion[], now: number): Figures {
  const answers = newestAnswers(progress, questions, 400);
  return {
    reviews: progress.count,
    seen: progress.cards.size,
    questions: questions.length,
    due: dueOf(progress, now),
    retention: progress.scheduler.retention,
    logLoss: remembered(progress, 'log loss', () => logLossOf(historiesOf(progress), progress.scheduler)),
    readiness: [1, 2, 3, 4, 5].map((level) => ({ level, ...readinessFor(level, answers) })),
    areas: areaIds.map((area) => ({
      area,
      name: areas[area].name,
      ...readinessFor(
        3,
        answers.filter((answer) => answer.area === area),
      ),
    })),
  };
}

/** How many questions come due on each of the days from today on; what is overdue counts to today. */
export function forecastOf(progress: Progress, now: number, days: number): readonly number[] {
  const counts = Array.from({ length: days }, () => 0);
  for (const { due } of progress.cards.values()) {
    const day = Math.max(0, localDay(due) - localDay(now));
    if (day < days) counts[day] = (counts[day] ?? 0) + 1;
  }
  return counts;
}

/** Reviews that were foreseen alike: what was foreseen of them, and what became of them. */
export interface Foreseen {
  readonly from: number;
  readonly reviews: number;
  /** The mean of what was foreseen. */
  readonly expected: number;
  /** The share that was known. */
  readonly known: number;
}

/** Reviews by what was foreseen of them, in tenths. */
export function calibrationOf(progress: Progress): readonly Foreseen[] {
  return foreseen(progress, 'calibration', ({ expected }) => Math.min(9, Math.floor(expected * 10)) / 10);
}

/** Reviews by the week in which they were made; `from` is its first day, at midnight in UTC. Weeks without any are left out. */
export function retentionOf(progress: Progress): readonly Foreseen[] {
  // 1 January 1970 was a Thursday; weeks begin on Monday.
  return foreseen(progress, 'retention', ({ at }) => (Math.floor((localDay(at) + 3) / 7) * 7 - 3) * dayMs);
}

function foreseen(progress: Progress, name: string, place: (review: PredictedReview) => number): readonly Foreseen[] {
  return remembered(progress, name, () =>
    [...Map.groupBy(predictedReviews(progress), place)]
      .toSorted(([a], [b]) => a - b)
      .map(([from, reviews]) => ({
        from,
        reviews: reviews.length,
        expected: reviews.reduce((sum, { expected }) => sum + expected, 0) / reviews.length,
        known: reviews.filter(({ known }) => known).length / reviews.length,
      })),
  );
}

/** One topic of an area on the map. */
export interface TopicFigures {
  readonly area: Area;
  readonly topic: string;
  readonly questions: number;
  readonly seen: number;
  readonly due: number;
  /** The mean chance that those seen are known now; null when none was. */
  readonly recall: number | null;
}

export function topicsOf(progress: Progress, questions: readonly BankQuestion[], now: number): readonly TopicFigures[] {
  return [...Map.groupBy(questions, ({ area, topic }) => `${area}/${topic}`).values()].flatMap((some) => {
    const [first] = some;
    if (first === undefined) return [];
    const cards = some.flatMap(({ id }) => progress.cards.get(id) ?? []);
    const recall = cards.reduce((sum, card) => sum + progress.scheduler.recall(card, now), 0) / cards.length;
    return [
      {
        area: first.area,
        topic: first.topic,
        questions: some.length,
        seen: cards.length,
        due: cards.filter((card) => card.due <= now).length,
        recall: cards.length === 0 ? null : recall,
      },
    ];
  });
}
