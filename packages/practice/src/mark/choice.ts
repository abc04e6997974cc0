import type { QuestionOf } from '../question/question.ts';
import { drawFrom } from '../vary/random.ts';
import { asNumbers } from './answer.ts';
import { type Answer, failed, type Mark, passed } from './mark.ts';
import { type Marker, nothing } from './marker.ts';

export function markChoice(question: QuestionOf<'choice'>, seed: number): Marker {
  const { options } = question.choice;
  const shuffled = drawFrom(seed, `options of ${question.title}`).shuffled(options);
  const correct = shuffled.flatMap((option, index) => (option.correct ? [index + 1] : []));
  const several = correct.length > 1;
  const judge = (answer: Answer): Mark => {
    const numbers = asNumbers(answer, shuffled.length);
    if ('said' in numbers) return failed(numbers.said);
    const wrong = numbers.filter((number) => !correct.includes(number));
    const missed = correct.filter((number) => !numbers.includes(number));
    const say = (list: readonly number[]): string =>
      list.map((number) => `${letter(number)}: ${shuffled[number - 1]?.why ?? ''}`).join(' ');
    if (wrong.length === 0 && missed.length === 0) return passed(say(correct));
    const parts = [
      ...(wrong.length > 0 ? [`Not right: ${say(wrong)}`] : []),
      ...(missed.length > 0 ? [`Missing: ${say(missed)}`] : []),
    ];
    return failed(parts.join(' '), several ? Math.max(0, (numbers.length - wrong.length * 2) / correct.length / 2) : 0);
  };
  return {
    shown: { form: 'options', options: shuffled.map((option) => option.text), several },
    mark: (answer) => Promise.resolve(judge(answer)),
    key: () => Promise.resolve(correct),
    asGiven: (written) =>
      Array.isArray(written) ? written.map((number) => place(options, shuffled, Number(number))) : written,
    close: nothing,
  };
}

function place<T>(written: readonly T[], shuffled: readonly T[], number: number): number {
  return shuffled.findIndex((option) => option === written[number - 1]) + 1;
}

function letter(number: number): string {
  return String.fromCodePoint(96 + number);
}
