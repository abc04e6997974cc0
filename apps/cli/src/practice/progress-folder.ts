import path from 'node:path';
import { openProgress, type Progress } from '@assay/practice';
import { openHome } from '@assay/prove';

export function practiceFolder(): string {
  return path.join(openHome(process.env).root, 'practice');
}

export function openOwnProgress(): Progress {
  const progress = openProgress(practiceFolder());
  if (progress.last > Date.now() + 3_600_000) process.stderr.write(clockText(progress.last));
  return progress;
}

/** Either the clock is wrong now, or it was when that review was written: only the person knows. */
function clockText(last: number): string {
  const day = (at: number): string => new Date(at).toISOString().slice(0, 10);
  return `The clock says ${day(Date.now())}, your last review is of ${day(last)}: until then, answers are noted as of that day.
  Set the clock; or, if the review is what is wrong, remove its line from ${path.join(practiceFolder(), 'reviews.ndjson')}.
`;
}
