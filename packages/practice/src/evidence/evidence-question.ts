import type { Recording, Report } from '@assay/contract';
import type { Draw } from '../vary/random.ts';

/** A run of the person's own backend. */
export interface RunRecord {
  readonly report: Report;
  readonly recording: Recording;
}

/** A question about a run; its key is computed from the recording. */
export interface EvidenceQuestion {
  /** What is asked, with the figures of the run. */
  readonly prompt: string;
  /** Shown as it was recorded: a request with its statements, a plan. */
  readonly exhibit: string;
  /** Options to choose one of; null: a whole number is asked for. */
  readonly options: readonly string[] | null;
  /** The number, or the number (from 1) of the right option. */
  readonly key: number;
  /** How the key follows from the recording. */
  readonly why: string;
  /** Exchanges that the key was read from. */
  readonly exchanges: readonly string[];
}

/** Null: the run holds nothing that such a question could be asked about. */
export type Generator = (run: RunRecord, draw: Draw) => EvidenceQuestion | null;

/** A question with one right option among others that occur in the run. */
export function chosen(
  draw: Draw,
  right: string,
  others: readonly string[],
  rest: Omit<EvidenceQuestion, 'options' | 'key'>,
): EvidenceQuestion | null {
  const wrong = draw.shuffled([...new Set(others)].filter((other) => other !== right)).slice(0, 3);
  if (wrong.length === 0) return null;
  const options = draw.shuffled([right, ...wrong]);
  return { ...rest, options, key: options.indexOf(right) + 1 };
}
