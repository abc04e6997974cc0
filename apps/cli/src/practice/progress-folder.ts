import path from 'node:path';
import { clockRemark, openProgress, type Progress } from '@assay/practice';
import { openHome } from '@assay/prove';

export function practiceFolder(): string {
  return path.join(openHome(process.env).root, 'practice');
}

export function openOwnProgress(): Progress {
  const progress = openProgress(practiceFolder());
  const remark = clockRemark(progress, Date.now());
  if (remark !== null) process.stderr.write(`${remark}\n`);
  return progress;
}
