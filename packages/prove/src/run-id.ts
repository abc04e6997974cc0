import { randomBytes } from 'node:crypto';

/** Sorts by time: `20261122-141530-4f2a9c`. */
export function runId(at: Date): string {
  const [date = '', time = ''] = at.toISOString().split('T');
  return `${date.replaceAll('-', '')}-${time.slice(0, 8).replaceAll(':', '')}-${randomBytes(3).toString('hex')}`;
}
