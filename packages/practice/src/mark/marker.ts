import type { Answer, Mark, Shown } from './mark.ts';

/** A question of one kind, ready to be answered. */
export interface Marker {
  readonly shown: Shown;
  mark(answer: Answer): Promise<Mark>;
  /** An answer that passes. */
  key(): Promise<Answer>;
  /** A wrong answer as the file writes it, in the form in which a person gives it. */
  asGiven(written: Answer): Answer;
  close(): Promise<void>;
}

export const nothing = (): Promise<void> => Promise.resolve();
export const same = (written: Answer): Answer => written;
