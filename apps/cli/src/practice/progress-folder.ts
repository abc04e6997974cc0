import path from 'node:path';
import { openProgress, type Progress } from '@assay/practice';
import { openHome } from '@assay/prove';

export function practiceFolder(): string {
  return path.join(openHome(process.env).root, 'practice');
}

export function openOwnProgress(): Progress {
  return openProgress(practiceFolder());
}
