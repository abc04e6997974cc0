import { Fault } from '@assay/contract';
import {
  type Answer,
  type BankQuestion,
  expectedSeconds,
  followUpsFor,
  fresh,
  type Mark,
  type PracticeReview,
  type Progress,
  type Question,
  reviewOf,
} from '@assay/practice';
import { newId } from '../../identifier.ts';
import { isDatabaseAway } from '../../plugins/errors.ts';
import { notFound, Problem } from '../../problems.ts';
import type { Services } from '../../services.ts';
import {
  type AttemptRow,
  beginMarking,
  endAttempt,
  findAttempt,
  type Given,
  giveHint,
  insertAttempt,
  proposeMark,
  reopenAttempt,
} from './attempt-queries.ts';
import type { Attempt, QuestionFacts } from './schemas.ts';

type Needs = Pick<Services, 'db' | 'practice'>;

export function factsOf({ id, title, kind, area, topic, level }: BankQuestion): QuestionFacts {
  return { id, title, kind, area, topic, level };
}

/** As it is told. What follows the answer is told after it. */
export async function attemptOf({ practice }: Needs, row: AttemptRow): Promise<Attempt> {
  const entry = await practice.getQuestion(row.question);
  const question = fresh(entry, row.seed);
  const { status, mark } = row;
  return {
    id: row.id,
    question: { ...factsOf(entry), title: question.title },
    seed: row.seed,
    interview: row.interview,
    status,
    prompt: question.prompt,
    shown: row.shown,
    expectedSeconds: expectedSeconds(question),
    hints: question.hints.slice(0, row.hints),
    hintsLeft: Math.max(0, question.hints.length - row.hints),
    answer: row.answer,
    mark,
    rating: row.rating,
    seconds: row.seconds,
    openedAt: row.opened_at.toISOString(),
    answeredAt: row.answered_at?.toISOString() ?? null,
    dueAt: row.due_at?.toISOString() ?? null,
    afterwards:
      status !== 'answered' || mark === null
        ? null
        : {
            modelAnswer: question.modelAnswer,
            solution: solutionOf(question),
            looksFor: question.looksFor,
            keyPoints: question.keyPoints.map(({ point }) => point),
            followUps: followUpsFor(question, mark).map(({ ask, listenFor }) => ({ ask, listenFor })),
          },
  };
}

function solutionOf(question: Question): string | null {
  switch (question.kind) {
    case 'sql':
      return question.sql.key.trim();
    case 'http':
      return question.http.key.trim();
    case 'order':
      return question.order.items.map((texts, rank) => `${rank + 1}. ${texts.join(' / ')}`).join('\n');
    case 'fix':
      return typeof question.fix.key === 'string' ? question.fix.key.trim() : null;
    default:
      return null;
  }
}

/** Opens a question, with the names and numbers of a seed of its own. Throws faults when it cannot be asked. */
export async function openAttempt(
  { db, practice }: Needs,
  entry: BankQuestion,
  seed: number,
  interview: string | null,
): Promise<AttemptRow> {
  const id = newId();
  const { shown } = await practice.open(id, entry, seed);
  return insertAttempt(db, { id, question: entry.id, seed, interview, shown });
}

export async function getAttempt({ db }: Needs, id: string): Promise<AttemptRow> {
  const row = await findAttempt(db, id);
  if (row === null) throw notFound('attempt');
  return row;
}

export async function hintFor(needs: Needs, id: string): Promise<AttemptRow> {
  const before = await getAttempt(needs, id);
  const { hints } = fresh(await needs.practice.getQuestion(before.question), before.seed);
  const row = await giveHint(needs.db, id, hints.length);
  if (row === null) throw ended();
  return row;
}

export function ended(): Problem {
  return new Problem('conflict', 'The question was answered already, or left out.', { fix: 'Open it again.' });
}

interface Answered {
  readonly answer: Answer;
  readonly seconds?: number | undefined;
  readonly thinkingSeconds?: number | undefined;
}

/** Marks an answer. One that a backend is judged for is marked apart from the request; one in words proposes points first. */
export async function answerAttempt(needs: Needs, id: string, answered: Answered): Promise<AttemptRow> {
  const row = await getAttempt(needs, id);
  if (row.status !== 'open') throw ended();
  const given = givenOf(row, answered);
  if (row.shown.form === 'files' && given.answer !== null) {
    const marking = await beginMarking(needs.db, id, given);
    if (marking === null) throw ended();
    return marking;
  }
  const mark = given.answer === null ? gaveUp() : await markOf(needs, row, given.answer);
  if (mark.points.length > 0) {
    const proposed = await proposeMark(needs.db, id, given, mark);
    if (proposed === null) throw ended();
    return proposed;
  }
  return end(needs, row, given, mark);
}

/** The work of the job `mark`. */
export async function markAttempt(needs: Needs, id: string): Promise<void> {
  const row = await findAttempt(needs.db, id);
  if (row === null || row.status !== 'marking' || row.answer === null) return;
  try {
    await end(needs, row, givenOfRow(row, row.answer), await markOf(needs, row, row.answer));
  } catch (error) {
    await reopenAttempt(needs.db, id);
    throw error;
  }
}

/** The person says which of the points the answer makes. */
export async function confirmAttempt(needs: Needs, id: string, confirmed: readonly number[]): Promise<AttemptRow> {
  const row = await getAttempt(needs, id);
  if (row.status !== 'proposed' || typeof row.answer !== 'string')
    throw new Problem('conflict', 'There is nothing to confirm here.', { fix: 'Answer the question first.' });
  const mark = await markOf(needs, row, { text: row.answer, confirmed: [...confirmed] });
  return end(needs, row, givenOfRow(row, row.answer), mark);
}

function givenOfRow(row: AttemptRow, answer: Answer): Given {
  return { answer, seconds: row.seconds, thinkingSeconds: row.thinking_seconds };
}

/** A page tells how long it was looked at; that is never longer than the question has been open. */
function givenOf({ opened_at: opened }: AttemptRow, { answer, seconds, thinkingSeconds }: Answered): Given {
  const open = Math.max(0, (Date.now() - opened.getTime()) / 1000);
  const whole = Math.min(open, seconds ?? open);
  return { answer, seconds: whole, thinkingSeconds: Math.min(whole, thinkingSeconds ?? whole) };
}

function gaveUp(): Mark {
  return { passed: false, score: 0, said: 'You had the answer shown.', points: [], bonus: null, proposed: false };
}

async function markOf({ practice }: Needs, row: AttemptRow, answer: Answer): Promise<Mark> {
  try {
    return await (await practice.reopen(row)).mark(answer);
  } catch (error) {
    if (!isDatabaseAway(error)) throw error;
    // The database for answers was killed: another one, once.
    await practice.renew();
    return (await practice.reopen(row)).mark(answer);
  }
}

/** Ends it once, and only with its line in the history: what cannot be kept is not answered, and waits for its answer again. */
async function end({ db, practice }: Needs, row: AttemptRow, given: Given, mark: Mark): Promise<AttemptRow> {
  const question = fresh(await practice.getQuestion(row.question), row.seed);
  const done = await db.transaction().execute(async (tx) => {
    const { progress } = practice;
    const noted = notedOf(progress, row);
    const review =
      noted ??
      reviewOf(
        { id: row.question, seed: row.seed, question, mark, seconds: given.seconds, hints: row.hints },
        progress.now(Date.now()),
      );
    const before = progress.cards.get(row.question) ?? null;
    const card = noted !== null && before !== null ? before : progress.scheduler.next(before, review.rating, review.at);
    const ending = await endAttempt(tx, row.id, given, { mark, rating: review.rating, dueAt: new Date(card.due) });
    if (ending === null) throw ended();
    if (noted === null) progress.add([review]);
    return ending;
  });
  await practice.forget(row.id);
  return done;
}

/** The line of an attempt that was noted and could not be ended then: the database went away between the two. Null when there is none. */
function notedOf(progress: Progress, { question, seed, opened_at: opened }: AttemptRow): PracticeReview | null {
  if (progress.last < opened.getTime()) return null;
  const noted = progress
    .reviews()
    .find((each) => each.id === question && each.seed === seed && each.at >= opened.getTime());
  return noted ?? null;
}

/** True for what is wrong with the question or this machine, and not with Assay. */
export function isUnaskable(error: unknown): boolean {
  return error instanceof Fault && error.code !== 'internal';
}
