import { type Static, Type } from 'typebox';
import { areaIds, calibrationOf, figuresOf, forecastOf, readinessFor, retentionOf, topicsOf } from '@assay/practice';
import { exactly, nullable, timeSchema } from '../../schemas.ts';
import type { Practice } from './practice.ts';
import { intervalSchema, levelSchema, shareSchema } from './schemas.ts';

const count = Type.Integer({ minimum: 0 });
const interval = intervalSchema.properties;
const area = Type.Enum([...areaIds]);

export const dueSchema = exactly({ now: count, tomorrow: count, week: count });

const foreseenSchema = exactly({
  reviews: count,
  expected: shareSchema,
  known: shareSchema,
});

export const practiceProgressSchema = exactly(
  {
    now: timeSchema,
    reviews: count,
    seen: count,
    questions: count,
    due: dueSchema,
    retention: Type.Number({ description: 'The share that is wanted to be known when it comes due' }),
    logLoss: nullable(
      exactly(
        { reviews: count, fsrs: Type.Number(), sm2: Type.Number(), average: Type.Number() },
        { description: 'How well three ways to predict foresaw the reviews; less is better' },
      ),
    ),
    forecast: Type.Array(count, { description: 'How many come due on each of the next days, from today on' }),
    retentionByWeek: Type.Array(exactly({ week: Type.String({ format: 'date' }), ...foreseenSchema.properties })),
    calibration: Type.Array(exactly({ from: shareSchema, ...foreseenSchema.properties }), {
      description: 'Reviews by what was foreseen of them, in tenths',
    }),
    readiness: Type.Array(exactly({ level: levelSchema, ...interval })),
    areas: Type.Array(exactly({ area, name: Type.String(), ...interval }), { description: 'At level 3' }),
    topics: Type.Array(
      exactly({ area, topic: Type.String(), questions: count, seen: count, due: count, recall: nullable(shareSchema) }),
    ),
    interviews: exactly(
      { held: count, readiness: Type.Array(exactly({ level: levelSchema, ...interval })) },
      { description: 'Of all mock interviews together' },
    ),
  },
  { $id: 'PracticeProgress', description: 'Where a person stands' },
);

export type PracticeProgress = Static<typeof practiceProgressSchema>;

const forecastDays = 30;
/** Weeks shown of how much was known. */
const mostWeeks = 26;

export async function progressOf(practice: Practice): Promise<PracticeProgress> {
  const { progress } = practice;
  const questions = await practice.list();
  const now = progress.now(Date.now());
  const { areas: byArea, readiness, logLoss, due, ...counts } = figuresOf(progress, questions, now);
  return {
    now: new Date(now).toISOString(),
    ...counts,
    due: { ...due },
    logLoss: logLoss === null ? null : { ...logLoss },
    readiness: [...readiness],
    areas: [...byArea],
    forecast: [...forecastOf(progress, now, forecastDays)],
    retentionByWeek: retentionOf(progress)
      .slice(-mostWeeks)
      .map(({ from, ...rest }) => ({ week: new Date(from).toISOString().slice(0, 10), ...rest })),
    calibration: [...calibrationOf(progress)],
    topics: [...topicsOf(progress, questions, now)],
    interviews: ofInterviews(practice),
  };
}

/** Of the newest ones: what was so long ago says little of today. */
const mostInterviews = 20;

function ofInterviews({ transcripts }: Practice): PracticeProgress['interviews'] {
  const held = transcripts
    .list()
    .slice(0, mostInterviews)
    .flatMap((id) => transcripts.find(id) ?? [])
    .filter(({ result, turns }) => result !== null && turns.length > 0);
  const answers = held.flatMap(({ turns }) => turns.map(({ level, mark }) => ({ level, score: mark.score })));
  return {
    held: held.length,
    readiness: [1, 2, 3, 4, 5].map((level) => ({ level, ...readinessFor(level, answers) })),
  };
}
