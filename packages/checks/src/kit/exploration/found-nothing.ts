import { status } from '../words.ts';
import type { Probe } from './explore.ts';

/** Whether a request was refused because what it speaks of is not there: it could not be made first. What else is wrong with it was not looked at. */
export function foundNothing({ unbound, intent, exchange }: Probe): boolean {
  const isOfPath = intent.kind === 'invalid' && intent.violation.where === 'path';
  return unbound && !isOfPath && [404, 410].includes(status(exchange) ?? 0);
}
