import { Fault } from '@assay/contract';
import type { PracticeReview } from '../progress/review-log.ts';

const columns = ['id', 'at', 'rating', 'passed', 'score', 'seconds', 'hints', 'seed', 'proposed'] as const;

/** Reviews as CSV (RFC 4180), times in ISO 8601. */
export function writeCsv(reviews: readonly PracticeReview[]): string {
  const rows = reviews.map((review) =>
    columns.map((column) => (column === 'at' ? new Date(review.at).toISOString() : String(review[column]))).join(','),
  );
  return [columns.join(','), ...rows, ''].join('\r\n');
}

/** Reads what `writeCsv` wrote. Throws the fault bad-deck, with the line. */
export function readCsv(text: string): readonly PracticeReview[] {
  const [head = '', ...lines] = text.replace(/^\uFEFF/, '').split(/\r?\n/);
  if (head !== columns.join(',')) throw new Fault('bad-deck', `Line 1 must be: ${columns.join(',')}`);
  return lines.flatMap((line, index): PracticeReview[] => {
    if (line.trim() === '') return [];
    const [id = '', at = '', rating = '', passed = '', score, seconds, hints, seed, proposed] = line.split(',');
    const time = Date.parse(at);
    const grade = ([1, 2, 3, 4] as const).find((each) => String(each) === rating);
    if (!/^[a-z-]+\/[a-z0-9-]+$/.test(id) || Number.isNaN(time) || grade === undefined)
      throw new Fault('bad-deck', `Line ${index + 2} is no review: ${line.slice(0, 80)}`);
    const number = (word: string | undefined): number => (Number.isFinite(Number(word)) ? Number(word) : 0);
    return [
      {
        id,
        at: time,
        rating: grade,
        passed: passed === 'true',
        score: number(score),
        seconds: number(seconds),
        hints: number(hints),
        seed: number(seed),
        proposed: proposed === 'true',
      },
    ];
  });
}
