import { languageOf } from '../bank/language.ts';
import type { BankQuestion } from '../bank/load.ts';
import type { Mark } from '../mark/mark.ts';
import type { FollowUp } from '../question/every-question.ts';
import type { Area } from '../question/areas.ts';
import type { Question } from '../question/question.ts';
import { type Ability, abilityFrom, type Answered } from '../session/readiness.ts';
import { drawFrom } from '../vary/random.ts';
import { type Role, roles, topicLanguages } from './roles.ts';

export const mockMinutes = [30, 45, 60] as const;

export interface MockPlan {
  readonly role: Role;
  /** 1 to 5. */
  readonly level: number;
  readonly minutes: number;
  readonly seed: number;
}

/** One question of a mock interview, answered. */
export interface Turn {
  readonly id: string;
  readonly seed: number;
  readonly area: Area;
  readonly topic: string;
  readonly title: string;
  readonly level: number;
  readonly prompt: string;
  readonly answer: string;
  readonly mark: Mark;
  /** From the question to the answer. */
  readonly seconds: number;
  readonly expectedSeconds: number;
  /** Until the first word was written. */
  readonly thinkingSeconds: number;
  readonly hints: number;
  readonly notes: string;
  /** What was asked after it, and how the person rates their own answer, 1 to 4. */
  readonly followUps: readonly { readonly ask: string; readonly answer: string; readonly rating: number | null }[];
}

/** The shares of a mock interview in which a question must still fit. */
const usualMinutes = 3;

/** What is asked next: of an area that had less than its share so far, as hard as what is known of the person makes it worth asking. Null: the time is up, or everything was asked. */
export function nextMockQuestion(
  plan: MockPlan,
  questions: readonly BankQuestion[],
  turns: readonly Turn[],
  before: readonly Answered[],
  elapsedSeconds: number,
): BankQuestion | null {
  if (elapsedSeconds > (plan.minutes - usualMinutes) * 60) return null;
  const asked = new Set(turns.map(({ id }) => id));
  const left = questions.filter((question) => !asked.has(question.id) && suits(question, plan.role));
  if (left.length === 0) return null;
  const aim = aimOf(plan, turns, before);
  const draw = drawFrom(plan.seed, `mock ${turns.length}`);
  const area = mostOwed(plan.role, turns, left);
  const inArea = left.filter((question) => question.area === area);
  return draw.shuffled(inArea).toSorted((a, b) => Math.abs(a.level - aim) - Math.abs(b.level - aim))[0] ?? null;
}

function suits(question: BankQuestion, role: Role): boolean {
  const { areas, topics, language } = roles[role];
  if ((areas as Readonly<Partial<Record<Area, number>>>)[question.area] === undefined || question.kind === 'evidence')
    return false;
  const own = question.area === 'languages' || question.area === 'frameworks';
  if (topics !== null && own && !(topics as readonly string[]).includes(question.topic)) return false;
  if (language === null) return true;
  const written = topicLanguages[question.topic] ?? languageOf(question);
  return written === null || written === language;
}

/** Begins at the level that is asked for, and follows what the answers tell, within one level and a half of it. */
function aimOf(plan: MockPlan, turns: readonly Turn[], before: readonly Answered[]): number {
  if (turns.length === 0) return plan.level;
  const earlier = before.map((answer) => ({ ...answer, weight: 0.05 }));
  const asked = { level: plan.level, score: 0.5, weight: 3 };
  const { level } = abilityFrom([asked, ...earlier, ...turns.map(answered)]);
  return Math.min(plan.level + 1.5, Math.max(plan.level - 1.5, level));
}

function mostOwed(role: Role, turns: readonly Turn[], left: readonly BankQuestion[]): Area | null {
  const weights: Readonly<Partial<Record<Area, number>>> = roles[role].areas;
  const possible = [...new Set(left.map(({ area }) => area))];
  const owed = (area: Area): number => (turns.filter((turn) => turn.area === area).length + 1) / (weights[area] ?? 1);
  return possible.toSorted((a, b) => owed(a) - owed(b))[0] ?? null;
}

function answered(turn: Turn): Answered {
  return { level: turn.level, score: turn.mark.score };
}

/** The follow-ups that this answer calls for, two at most: what was missed first. */
export function followUpsFor(question: Question, mark: Mark): readonly FollowUp[] {
  const missed = question.followUps.filter(
    ({ missed: number }) => number !== null && mark.points[number - 1]?.met === false,
  );
  const strong = mark.passed && mark.score >= 0.8;
  const others = question.followUps.filter(
    ({ missed: number, when }) => number === null && (when === 'always' || (when === 'strong' ? strong : !mark.passed)),
  );
  return [...missed, ...others].slice(0, 2);
}

export interface RubricRow {
  readonly dimension: string;
  /** 1 to 4; null: nothing to judge by. */
  readonly rating: 1 | 2 | 3 | 4 | null;
  readonly why: string;
}

export interface MockResult {
  readonly ability: Ability;
  readonly rubric: readonly RubricRow[];
  readonly strong: readonly string[];
  readonly missing: readonly string[];
  /** Areas and topics to practise. */
  readonly next: readonly string[];
}

/** What the interview showed: several dimensions of their own, never one grade. */
export function judgeMock(turns: readonly Turn[]): MockResult {
  const failed = turns.filter(({ mark }) => !mark.passed);
  const missing = turns.flatMap(({ title, mark }) =>
    mark.points.filter(({ met }) => !met).map(({ point }) => `${title}: ${point}`),
  );
  return {
    ability: abilityFrom(turns.map(answered)),
    rubric: rubricOf(turns),
    strong: turns
      .filter(({ mark }) => mark.passed && mark.score >= 0.8)
      .map(({ title, topic }) => `${title} (${topic})`),
    missing: [
      ...failed
        .filter(({ mark }) => mark.points.length === 0)
        .map(({ title, mark }) => `${title}: ${mark.said.split('\n')[0] ?? ''}`),
      ...missing,
    ].slice(0, 12),
    next: [...new Set(failed.map(({ area, topic }) => `${area}: ${topic}`))].slice(0, 5),
  };
}

function rubricOf(turns: readonly Turn[]): readonly RubricRow[] {
  const counted = (dimension: string, share: number | null, why: string): RubricRow => ({
    dimension,
    rating: share === null ? null : share >= 0.85 ? 4 : share >= 0.65 ? 3 : share >= 0.4 ? 2 : 1,
    why,
  });
  const mean = (values: readonly number[]): number | null =>
    values.length === 0 ? null : values.reduce((sum, value) => sum + value, 0) / values.length;
  const passed = turns.filter(({ mark }) => mark.passed).length;
  const spoken = turns.filter(({ mark }) => mark.points.length > 0);
  const points = spoken.flatMap(({ mark }) => mark.points);
  const met = points.filter((point) => point.met).length;
  const inTime = turns.filter(({ seconds, expectedSeconds }) => seconds <= expectedSeconds * 1.5).length;
  const alone = turns.filter(({ hints }) => hints === 0).length;
  const rated = turns.flatMap(({ followUps }) =>
    followUps.flatMap(({ rating }) => (rating === null ? [] : [(rating - 1) / 3])),
  );
  const share = (part: number, whole: number): number | null => (whole === 0 ? null : part / whole);
  return [
    counted('Correctness', share(passed, turns.length), `${passed} of ${turns.length} answers passed.`),
    counted(
      'Completeness',
      share(met, points.length),
      points.length === 0
        ? 'No answer was in words.'
        : `${met} of ${points.length} points were made where answers are in words.`,
    ),
    counted(
      'Depth',
      mean(rated),
      rated.length === 0
        ? 'No follow-up was answered and rated.'
        : `${rated.length} ${rated.length === 1 ? 'follow-up' : 'follow-ups'}, as you rated them yourself.`,
    ),
    counted('Independence', share(alone, turns.length), `${alone} of ${turns.length} without a hint.`),
    counted(
      'Pace',
      share(inTime, turns.length),
      `${inTime} of ${turns.length} within one and a half times the expected time.`,
    ),
  ];
}
