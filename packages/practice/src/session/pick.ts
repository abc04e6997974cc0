import type { BankQuestion } from '../bank/load.ts';
import type { Progress } from '../progress/progress.ts';
import { drawFrom } from '../vary/random.ts';

export interface PickOptions {
  readonly now: number;
  /** How many questions. */
  readonly count: number;
  /** An area, a topic or a kind; null for all. */
  readonly topic: string | null;
  /** The person's level, 1 to 5: new questions near it come first. */
  readonly level: number;
  readonly seed: number;
}

export interface Picked {
  readonly question: BankQuestion;
  readonly why: 'due' | 'new' | 'early';
}

/** At least so many of a session are new while there are new ones. */
const newShare = 0.4;

/**
 * Today's session: what is due, the most forgotten first; then new questions near the person's level, from areas in turn; and when neither is left, what comes due next.
 */
export function pickSession(
  questions: readonly BankQuestion[],
  progress: Progress,
  options: PickOptions,
): readonly Picked[] {
  const { now, count, topic, level, seed } = options;
  const fitting = topic === null ? questions : questions.filter((question) => isAbout(question, topic));
  const seen = fitting.flatMap((question) => {
    const card = progress.cards.get(question.id);
    return card === undefined ? [] : [{ question, card, recall: progress.scheduler.recall(card, now) }];
  });
  const due = seen.filter(({ card }) => card.due <= now).toSorted((a, b) => a.recall - b.recall);
  const fresh = inTurn(
    drawFrom(seed, 'new questions')
      .shuffled(fitting.filter(({ id }) => !progress.cards.has(id)))
      .toSorted((a, b) => Math.abs(a.level - level) - Math.abs(b.level - level)),
  );
  const fewNew = Math.min(fresh.length, Math.max(Math.round(count * newShare), count - due.length));
  const picked: Picked[] = due.slice(0, count - fewNew).map(({ question }) => ({ question, why: 'due' }));
  picked.push(...fresh.slice(0, count - picked.length).map((question): Picked => ({ question, why: 'new' })));
  const early = seen.filter(({ card }) => card.due > now).toSorted((a, b) => a.card.due - b.card.due);
  picked.push(...early.slice(0, count - picked.length).map(({ question }): Picked => ({ question, why: 'early' })));
  return picked;
}

export function isAbout(question: BankQuestion, topic: string): boolean {
  return question.area === topic || question.topic === topic || question.kind === topic || question.id === topic;
}

/** One of each area in turn, each area's own order kept. */
function inTurn(questions: readonly BankQuestion[]): readonly BankQuestion[] {
  const areas = new Map<string, BankQuestion[]>();
  for (const question of questions) areas.set(question.area, [...(areas.get(question.area) ?? []), question]);
  const turns: BankQuestion[] = [];
  for (let round = 0; turns.length < questions.length; round += 1)
    for (const list of areas.values()) {
      const next = list[round];
      if (next !== undefined) turns.push(next);
    }
  return turns;
}
