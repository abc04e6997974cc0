import { type BankQuestion, fresh } from '../bank/load.ts';
import type { Progress } from '../progress/progress.ts';
import type { DeckNote } from './deck.ts';
import { sidesOf } from './deck-sides.ts';

/** The questions of a bank as a deck, with what a person's reviews say of each. One instance of those that vary; none of those about one's own runs. */
export function deckNotes(
  progress: Progress,
  questions: readonly BankQuestion[],
  challenges: string | null,
): readonly DeckNote[] {
  const reviews = new Map<string, DeckNote['reviews'][number][]>();
  for (const review of progress.reviews()) reviews.set(review.id, [...(reviews.get(review.id) ?? []), review]);
  return questions.flatMap((entry): DeckNote[] => {
    const sides = sidesOf(fresh(entry, 1), challenges);
    if (sides === null) return [];
    return [
      {
        id: entry.id,
        ...sides,
        tags: ['assay', entry.area, entry.topic, entry.kind],
        card: progress.cards.get(entry.id) ?? null,
        reviews: reviews.get(entry.id) ?? [],
      },
    ];
  });
}
