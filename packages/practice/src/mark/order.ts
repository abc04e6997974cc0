import type { QuestionOf } from '../question/question.ts';
import { drawFrom } from '../vary/random.ts';
import { asNumbers } from './answer.ts';
import { type Answer, failed, type Mark, passed } from './mark.ts';
import { type Marker, nothing } from './marker.ts';

interface Item {
  readonly text: string;
  /** Items of one rank may stand in any order. */
  readonly rank: number;
}

export function markOrder(question: QuestionOf<'order'>, seed: number): Marker {
  const items: readonly Item[] = question.order.items.flatMap((texts, rank) => texts.map((text) => ({ text, rank })));
  const shuffled = shuffle(items, seed, question.title);
  const judge = (answer: Answer): Mark => {
    const numbers = asNumbers(answer, shuffled.length);
    if ('said' in numbers) return failed(numbers.said);
    if (numbers.length !== shuffled.length) return failed(`Name all ${shuffled.length}, in their order.`);
    const given = numbers.flatMap((number) => shuffled[number - 1] ?? []);
    const at = given.findIndex((item, index) => index > 0 && item.rank < (given[index - 1]?.rank ?? 0));
    if (at === -1) return passed('In the right order.');
    return failed(`"${given[at]?.text ?? ''}" does not come after "${given[at - 1]?.text ?? ''}".`, rightPairs(given));
  };
  const numbersOf = (wanted: readonly Item[]): readonly number[] => wanted.map((item) => shuffled.indexOf(item) + 1);
  return {
    shown: { form: 'order', items: shuffled.map(({ text }) => text) },
    mark: (answer) => Promise.resolve(judge(answer)),
    key: () => Promise.resolve(numbersOf(items)),
    asGiven: (written) =>
      Array.isArray(written) ? numbersOf(written.flatMap((number) => items[Number(number) - 1] ?? [])) : written,
    close: nothing,
  };
}

/** Never in the right order by chance. */
function shuffle(items: readonly Item[], seed: number, title: string): readonly Item[] {
  for (let round = 0; round < 20; round += 1) {
    const shuffled = drawFrom(seed + round * 1_000_003, `order of ${title}`).shuffled(items);
    if (shuffled.some((item, index) => index > 0 && item.rank < (shuffled[index - 1]?.rank ?? 0))) return shuffled;
  }
  return items.toReversed();
}

/** The share of neighbours that stand in order, below one half: some of it is luck. */
function rightPairs(given: readonly Item[]): number {
  const right = given.filter((item, index) => index > 0 && item.rank >= (given[index - 1]?.rank ?? 0)).length;
  return right / (given.length - 1) / 2;
}
