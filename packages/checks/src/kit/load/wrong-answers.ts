import type { Turn } from './compared.ts';

/** Of the answers under load, how many may be wrong before a figure says nothing of the work that they are for. */
const mostWrong = 0.01;

/** What went wrong in more than one of a hundred requests of some turns; null when it was in fewer. Answers that nobody looked at are no right ones. */
export function wrongUnderLoad(turns: readonly Turn[]): string | null {
  const sum = (of: (turn: Turn) => number): number => turns.reduce((total, turn) => total + of(turn), 0);
  const answered = sum((turn) => turn.answered);
  const failed = sum((turn) => turn.failed);
  const wrong = sum((turn) => turn.wrong) / Math.max(1, answered - sum((turn) => turn.unseen));
  if (wrong + failed / Math.max(1, answered + failed) <= mostWrong) return null;
  return `under load it answered wrongly: ${turns.find(({ complaint }) => complaint !== null)?.complaint ?? 'no answer came'}`;
}
