import { clockRemark, dueOf, isAbout, levelOf, localDay, pickSession, within } from '@assay/practice';
import { type Static, Type } from 'typebox';
import { Problem } from '../../problems.ts';
import { exactly, nullable } from '../../schemas.ts';
import type { Services } from '../../services.ts';
import type { AttemptRow } from './attempt-queries.ts';
import { factsOf, isUnaskable, openAttempt } from './attempts.ts';
import { dueSchema } from './figures.ts';
import type { Practice } from './practice.ts';
import { interviewIdSchema, questionFactsRef } from './schemas.ts';

const count = Type.Integer({ minimum: 0 });

export const todaySchema = exactly(
  {
    seen: count,
    questions: count,
    due: dueSchema,
    level: Type.Number({ description: 'The person’s level, as the last answers tell' }),
    answeredToday: count,
    /** In a row, up to today or yesterday. */
    days: Type.Integer({ minimum: 0, description: 'Days in a row with an answer, up to today or yesterday' }),
    seconds: Type.Number({ description: 'How long the session should take' }),
    session: Type.Array(
      exactly({
        question: questionFactsRef,
        why: Type.Enum(['due', 'new', 'early']),
        seconds: Type.Number(),
      }),
    ),
    interview: nullable(interviewIdSchema),
    clock: nullable(Type.String({ description: 'What is odd about the clock of this machine' })),
  },
  { $id: 'PracticeToday', description: 'What there is to practise today' },
);

export type Today = Static<typeof todaySchema>;

/** From so many picked questions those are taken that fit into the time. */
const picked = 20;

interface Wish {
  readonly minutes: number;
  /** An area, a topic or a kind; null for all. */
  readonly topic: string | null;
}

export async function todayOf(practice: Practice, { minutes, topic }: Wish): Promise<Today> {
  const { progress } = practice;
  const questions = await practice.list();
  const now = progress.now(Date.now());
  const level = levelOf(progress, questions);
  const today = localDay(now);
  const fitting = topic === null ? questions : questions.filter((question) => isAbout(question, topic));
  const session = within(
    // The same all day, as long as nothing is answered.
    pickSession(fitting, progress, { now, count: Math.min(picked, minutes * 2), topic: null, level, seed: today }),
    minutes,
  );
  const days = new Set(progress.reviews().map(({ at }) => localDay(at)));
  if (session.some(({ question: { kind } }) => kind === 'sql' || kind === 'predict')) practice.warmUp();
  return {
    seen: progress.cards.size,
    questions: questions.length,
    due: { ...dueOf(progress, now) },
    level,
    answeredToday: progress.reviews().filter(({ at }) => localDay(at) === today).length,
    days: daysInARow(days, today),
    seconds: session.reduce((sum, { seconds }) => sum + seconds, 0),
    session: session.map(({ question, why, seconds }) => ({ question: factsOf(question), why, seconds })),
    interview: openInterview(practice),
    clock: clockRemark(progress, Date.now()),
  };
}

/** Opens the first question of today's session that can be asked here. Throws the problem `conflict` when there is none. */
export async function openNextOfToday(services: Pick<Services, 'db' | 'practice'>, seed: number): Promise<AttemptRow> {
  const { session } = await todayOf(services.practice, { minutes: mostMinutes, topic: null });
  for (const { question } of session) {
    try {
      return await openAttempt(services, await services.practice.getQuestion(question.id), seed, null);
    } catch (error) {
      if (!isUnaskable(error)) throw error;
    }
  }
  throw new Problem('conflict', 'There is no question that can be asked on this machine.', {
    fix: 'See `assay doctor` for what is missing.',
  });
}

/** The longest session. */
const mostMinutes = 120;

function daysInARow(days: ReadonlySet<number>, today: number): number {
  let day = days.has(today) ? today : today - 1;
  let count = 0;
  for (; days.has(day); day -= 1) count += 1;
  return count;
}

/** One that was begun lately and has not ended. */
function openInterview({ transcripts }: Practice): string | null {
  const [id] = transcripts.list();
  const newest = id === undefined ? null : transcripts.find(id);
  return newest?.result === null && id !== undefined ? id : null;
}
