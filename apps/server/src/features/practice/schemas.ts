import { type Answer, areaIds, kinds, type Mark, mockMinutes, roleIds, type Role } from '@assay/practice';
import { type Static, Type } from 'typebox';
import { exactly, idSchema, named, nullable, text, timeSchema } from '../../schemas.ts';
import { shownSchema } from './shown-schemas.ts';

const count = Type.Integer({ minimum: 0 });
export const levelSchema = Type.Integer({ minimum: 1, maximum: 5 });
export const practiceSeedSchema = Type.Integer({ minimum: 0, maximum: 2_000_000_000 });
export const shareSchema = Type.Number({ minimum: 0, maximum: 1 });
const ratingSchema = Type.Integer({
  minimum: 1,
  maximum: 4,
  description: '1 again, 2 hard, 3 good, 4 easy: by result, time and hints',
});

export const questionIdSchema = Type.String({
  maxLength: 150,
  pattern: '^[a-z-]+/[a-z0-9]+(-[a-z0-9]+)*$',
  description: 'area/name',
  examples: ['apis/etag-is-not-a-lock'],
});

export const interviewIdSchema = Type.String({ pattern: '^[0-9]{4}-[0-9TZ-]{8,32}(-[0-9a-f]{1,8})?$' });

export const questionFactsSchema = exactly(
  {
    id: questionIdSchema,
    title: Type.String(),
    kind: Type.Enum([...kinds]),
    area: Type.Enum([...areaIds]),
    topic: Type.String(),
    level: levelSchema,
  },
  { $id: 'PracticeQuestion', description: 'A question of the bank; its numbers and names are new each time' },
);
export type QuestionFacts = Static<typeof questionFactsSchema>;
export const questionFactsRef = named<QuestionFacts>('PracticeQuestion');

/** What the kinds take: a text, numbers from 1 of options, items or a line, files by their names; null to give it up. */
export const answerSchema = Type.Unsafe<Answer>({
  description:
    'A text; the number of a line or option; the numbers of options or items, from 1; files by their names; null: shown the answer without one',
  anyOf: [
    { type: 'string', pattern: '^[^\\u0000]*$' },
    { type: 'integer', minimum: 0, maximum: 1_000_000_000_000 },
    { type: 'array', items: { type: 'integer', minimum: 0, maximum: 1_000_000 }, maxItems: 100 },
    {
      type: 'object',
      maxProperties: 100,
      propertyNames: { pattern: '^[^\\u0000]{1,300}$' },
      additionalProperties: { type: 'string', pattern: '^[^\\u0000]*$' },
    },
    { type: 'null' },
  ],
});

const markSchema = Type.Unsafe<Mark>(
  exactly({
    passed: Type.Boolean(),
    score: shareSchema,
    said: Type.String({ description: 'What is right, or what is wrong and where' }),
    points: Type.Array(exactly({ point: Type.String(), met: Type.Boolean() })),
    bonus: nullable(Type.String()),
    proposed: Type.Boolean({ description: 'Words were matched: whether it is right the person has said' }),
  }),
);

export const attemptSchema = exactly(
  {
    id: idSchema,
    question: questionFactsRef,
    seed: practiceSeedSchema,
    interview: nullable(interviewIdSchema),
    status: Type.Enum(['open', 'marking', 'proposed', 'answered', 'left'], {
      description:
        '`marking`: a backend is being judged. `proposed`: the points that the words make are to be confirmed. `left`: left out, and not counted.',
    }),
    prompt: Type.String({ description: 'Markdown' }),
    shown: shownSchema,
    expectedSeconds: Type.Number(),
    hints: Type.Array(Type.String(), { description: 'Those that were asked for' }),
    hintsLeft: count,
    answer: nullable(answerSchema),
    mark: nullable(markSchema),
    rating: nullable(ratingSchema),
    seconds: Type.Number({ description: 'From the question to the answer' }),
    openedAt: timeSchema,
    answeredAt: nullable(timeSchema),
    dueAt: nullable(timeSchema),
    afterwards: nullable(
      exactly(
        {
          modelAnswer: Type.String(),
          solution: nullable(Type.String({ description: 'An answer that passes, where one is written' })),
          looksFor: Type.String(),
          keyPoints: Type.Array(Type.String()),
          followUps: Type.Array(exactly({ ask: Type.String(), listenFor: nullable(Type.String()) })),
        },
        { description: 'What is told after the answer' },
      ),
    ),
  },
  { $id: 'PracticeAttempt', description: 'A question that was opened, with what became of it' },
);
export type Attempt = Static<typeof attemptSchema>;
export const attemptRef = named<Attempt>('PracticeAttempt');

/** An interval, and never one number. */
export const intervalSchema = exactly({
  low: shareSchema,
  high: shareSchema,
  answers: count,
  early: Type.Boolean({ description: 'Too few answers to say anything of use' }),
});

const abilitySchema = exactly({ level: Type.Number(), low: Type.Number(), high: Type.Number(), answers: count });

export const planSchema = {
  role: Type.Unsafe<Role>(Type.Enum([...roleIds])),
  level: levelSchema,
  minutes: Type.Unsafe<(typeof mockMinutes)[number]>({ enum: [...mockMinutes] }),
};

const summary = {
  id: interviewIdSchema,
  role: Type.String(),
  roleName: Type.String(),
  level: levelSchema,
  minutes: Type.Integer(),
  status: Type.Enum(['open', 'ended']),
  startedAt: timeSchema,
  endedAt: nullable(timeSchema),
  questions: count,
  passed: count,
  ability: nullable(abilitySchema),
};

export const interviewSummarySchema = exactly(summary, { $id: 'PracticeInterviewSummary' });
export type InterviewSummary = Static<typeof interviewSummarySchema>;
export const interviewSummaryRef = named<InterviewSummary>('PracticeInterviewSummary');

const followUpAnswerSchema = exactly({
  ask: Type.String(),
  answer: Type.String(),
  rating: nullable(Type.Integer({ minimum: 1, maximum: 4 })),
});

export const interviewSchema = exactly(
  {
    ...summary,
    attempt: nullable(idSchema),
    turns: Type.Array(
      exactly({
        id: Type.String(),
        area: Type.String(),
        topic: Type.String(),
        title: Type.String(),
        level: levelSchema,
        prompt: Type.String(),
        answer: Type.String(),
        mark: markSchema,
        seconds: Type.Number(),
        expectedSeconds: Type.Number(),
        thinkingSeconds: Type.Number(),
        hints: count,
        notes: Type.String(),
        followUps: Type.Array(followUpAnswerSchema),
      }),
    ),
    result: nullable(
      exactly({
        ability: abilitySchema,
        rubric: Type.Array(
          exactly({
            dimension: Type.String(),
            rating: nullable(Type.Integer({ minimum: 1, maximum: 4 })),
            why: Type.String(),
          }),
        ),
        strong: Type.Array(Type.String()),
        missing: Type.Array(Type.String()),
        next: Type.Array(Type.String()),
        readiness: intervalSchema,
      }),
    ),
  },
  { $id: 'PracticeInterview', description: 'A mock interview with its transcript' },
);
export type Interview = Static<typeof interviewSchema>;
export const interviewRef = named<Interview>('PracticeInterview');

const saidInTurn = {
  attempt: { ...nullable(idSchema), description: 'The question that it is about, as the interview names it' },
  followUps: Type.Optional(
    Type.Array(exactly({ answer: text(20_000), rating: nullable(Type.Integer({ minimum: 1, maximum: 4 })) }), {
      maxItems: 2,
      description: 'In the order in which they were asked',
    }),
  ),
  notes: Type.Optional(text(20_000)),
};

export const turnSchema = exactly({
  ...saidInTurn,
  leaveOut: Type.Optional(Type.Boolean({ description: 'The question was not answered' })),
});
export type TurnBody = Static<typeof turnSchema>;

export const lastTurnSchema = exactly(saidInTurn);
export type LastTurnBody = Static<typeof lastTurnSchema>;
