import { randomBytes } from 'node:crypto';
import {
  abilityFrom,
  expectedSeconds,
  followUpsFor,
  fresh,
  judgeMock,
  type MockPlan,
  newestAnswers,
  newTranscriptId,
  nextMockQuestion,
  readinessFor,
  roles,
  type Shown,
  type Transcript,
  type Turn,
} from '@assay/practice';
import { notFound, Problem } from '../../problems.ts';
import type { Services } from '../../services.ts';
import { type AttemptRow, findAttempt, leaveAttempt } from './attempt-queries.ts';
import { isUnaskable, openAttempt } from './attempts.ts';
import type { Interview, InterviewSummary, LastTurnBody, TurnBody } from './schemas.ts';

type Needs = Pick<Services, 'db' | 'practice'>;

/** What is done to one interview is done one after the other. */
const queues = new Map<string, Promise<unknown>>();

async function inTurn<T>(id: string, work: () => Promise<T>): Promise<T> {
  const doing = (queues.get(id) ?? Promise.resolve()).catch(() => undefined).then(work);
  queues.set(id, doing);
  try {
    return await doing;
  } finally {
    if (queues.get(id) === doing) queues.delete(id);
  }
}

function get({ practice }: Needs, id: string): Transcript {
  const found = practice.transcripts.find(id);
  if (found === null) throw notFound('interview');
  return found;
}

export function summaryOf(id: string, { plan, startedAt, endedAt, turns, result }: Transcript): InterviewSummary {
  return {
    id,
    role: plan.role,
    roleName: roles[plan.role].name,
    level: plan.level,
    minutes: plan.minutes,
    status: result === null ? 'open' : 'ended',
    startedAt,
    endedAt: endedAt ?? null,
    questions: turns.length,
    passed: turns.filter(({ mark }) => mark.passed).length,
    ability: turns.length === 0 ? null : abilityFrom(turns.map(({ level, mark }) => ({ level, score: mark.score }))),
  };
}

export function readInterview(needs: Needs, id: string): Interview {
  return interviewOf(id, get(needs, id));
}

function interviewOf(id: string, transcript: Transcript): Interview {
  const { plan, turns, result, current } = transcript;
  const answers = turns.map(({ level, mark }) => ({ level, score: mark.score }));
  return {
    ...summaryOf(id, transcript),
    attempt: current ?? null,
    turns: turns.map(({ seed: _seed, ...turn }) => ({ ...turn, followUps: [...turn.followUps] })),
    result:
      result === null
        ? null
        : {
            ability: result.ability,
            rubric: [...result.rubric],
            strong: [...result.strong],
            missing: [...result.missing],
            next: [...result.next],
            readiness: readinessFor(plan.level, answers),
          },
  };
}

/** Throws the problem `conflict` when nothing can be asked for that role. */
export async function beginInterview(needs: Needs, plan: MockPlan): Promise<Interview> {
  const startedAt = new Date().toISOString();
  const id = newTranscriptId(startedAt, randomBytes(3).toString('hex'));
  const empty: Transcript = { plan, startedAt, endedAt: null, turns: [], result: null, current: null };
  const current = await nextAttempt(needs, id, empty);
  if (current === null)
    throw new Problem('conflict', 'There is no question for this role on this machine.', {
      fix: 'Choose another role.',
    });
  const begun = { ...empty, current };
  needs.practice.transcripts.write(id, begun);
  return interviewOf(id, begun);
}

/** How many questions in a row may turn out not to be askable. */
const mostLeftOut = 8;

/** Opens the next question; null when the time is up or everything was asked. What cannot be asked here is left out. */
async function nextAttempt(needs: Needs, id: string, { plan, startedAt, turns }: Transcript): Promise<string | null> {
  const { practice } = needs;
  const { progress } = practice;
  let questions = await practice.list();
  const before = newestAnswers(progress, questions, 200);
  const elapsed = (Date.now() - Date.parse(startedAt)) / 1000;
  for (let tries = 0; tries < mostLeftOut; tries += 1) {
    const next = nextMockQuestion(plan, questions, turns, before, elapsed);
    if (next === null) return null;
    try {
      return (await openAttempt(needs, next, plan.seed + turns.length, id)).id;
    } catch (error) {
      if (!isUnaskable(error)) throw error;
      questions = questions.filter((question) => question !== next);
    }
  }
  return null;
}

/** Ends the turn of the question that was answered, and asks the next. Sent again, it changes nothing. */
export function endTurn(needs: Needs, id: string, body: TurnBody): Promise<Interview> {
  return inTurn(id, async () => {
    const found = get(needs, id);
    if (await wasEnded(needs, id, found, body.attempt)) return interviewOf(id, found);
    const transcript = goingOn(found);
    requireCurrent(transcript, body.attempt);
    const row = transcript.current == null ? null : await findAttempt(needs.db, transcript.current);
    if (row !== null && row.status !== 'answered' && body.leaveOut !== true)
      throw new Problem('conflict', 'The question is not answered yet.', { fix: 'Answer it, or leave it out.' });
    const turns = row === null ? transcript.turns : [...transcript.turns, await turnOf(needs, row, body)];
    const current = await nextAttempt(needs, id, { ...transcript, turns });
    const next = current === null ? over({ ...transcript, turns }) : { ...transcript, turns, current };
    needs.practice.transcripts.write(id, next);
    return interviewOf(id, next);
  });
}

/** Ends the interview now. What was answered counts, with what was said about it. */
export function endInterview(needs: Needs, id: string, body: LastTurnBody): Promise<Interview> {
  return inTurn(id, async () => {
    const transcript = get(needs, id);
    if (transcript.result !== null) return interviewOf(id, transcript);
    requireCurrent(transcript, body.attempt);
    const row = transcript.current == null ? null : await findAttempt(needs.db, transcript.current);
    if (row !== null && row.status !== 'answered') await leaveAttempt(needs.db, row.id);
    const turns = row?.status === 'answered' ? [...transcript.turns, await turnOf(needs, row, body)] : transcript.turns;
    const ended = over({ ...transcript, turns });
    needs.practice.transcripts.write(id, ended);
    return interviewOf(id, ended);
  });
}

/** Whether the turn of this question stands in the transcript: another tab, or the same request before it, has ended it. */
async function wasEnded({ db }: Needs, id: string, { turns }: Transcript, attempt: string | null): Promise<boolean> {
  const row = attempt === null ? null : await findAttempt(db, attempt);
  if (row === null || row.interview !== id) return false;
  return turns.some((turn) => turn.id === row.question && turn.seed === row.seed);
}

/** What is said about one question is never kept with another. */
function requireCurrent({ current }: Transcript, attempt: string | null): void {
  if (attempt !== (current ?? null))
    throw new Problem('conflict', 'Another question is asked now.', { fix: 'Read the interview again.' });
}

function goingOn(transcript: Transcript): Transcript {
  if (transcript.result !== null) throw new Problem('conflict', 'The interview has ended.', { fix: 'Begin another.' });
  return transcript;
}

function over(transcript: Transcript): Transcript {
  return {
    ...transcript,
    endedAt: new Date().toISOString(),
    current: null,
    result: judgeMock(transcript.turns),
  };
}

async function turnOf(
  { db, practice }: Needs,
  row: AttemptRow,
  { followUps = [], notes = '' }: LastTurnBody,
): Promise<Turn> {
  const entry = await practice.getQuestion(row.question);
  const question = fresh(entry, row.seed);
  const { id, area, topic, level } = entry;
  const answered = row.status === 'answered';
  if (!answered) await leaveAttempt(db, row.id);
  const mark = (answered ? row.mark : null) ?? {
    passed: false,
    score: 0,
    said: 'Left out.',
    points: [],
    bonus: null,
    proposed: false,
  };
  const asked = answered ? followUpsFor(question, mark) : [];
  return {
    id,
    area,
    topic,
    title: question.title,
    level,
    seed: row.seed,
    prompt: question.prompt,
    answer: answered ? answerText(row.shown, row.answer) : '',
    mark,
    seconds: answered ? row.seconds : 0,
    expectedSeconds: answered ? expectedSeconds(question) : 0,
    thinkingSeconds: Math.round(answered ? row.thinking_seconds : 0),
    hints: row.hints,
    notes,
    followUps: followUps.flatMap(({ answer, rating }, index) => {
      const ask = asked[index]?.ask;
      return ask === undefined || (answer.trim() === '' && rating === null) ? [] : [{ ask, answer, rating: rating }];
    }),
  };
}

/** As the transcript keeps it: in words. */
function answerText(shown: Shown, answer: AttemptRow['answer']): string {
  if (answer === null) return '';
  const labels =
    shown.form === 'options' || shown.form === 'evidence' ? shown.options : shown.form === 'order' ? shown.items : null;
  if (Array.isArray(answer)) return answer.map((number) => labels?.[Number(number) - 1] ?? String(number)).join('\n');
  if (typeof answer === 'number') return labels?.[answer - 1] ?? String(answer);
  if (typeof answer === 'object')
    return Object.entries(answer)
      .map(([name, text]) => `${name}:\n${String(text)}`)
      .join('\n\n');
  return String(answer);
}
