import type { Contract } from '@assay/contract';
import type { Exploration } from './explore.ts';

const mostNamed = 4;

/** `; not asked: POST /x (no valid value could be made for …)`: what a pass does not rest on. Empty when every operation was asked. */
export function notAsked(skipped: Exploration['skipped'], { operations }: Contract): string {
  if (skipped.length === 0) return '';
  const named = skipped.slice(0, mostNamed).map(({ operation, reason }) => {
    const known = operations.find(({ id }) => id === operation);
    // Over SOAP every operation has the same line.
    const name = known === undefined || known.soap !== null ? operation : `${known.method} ${known.path}`;
    return `${name} (${reason})`;
  });
  const more = skipped.length - named.length;
  return `; not asked: ${named.join(', ')}${more === 0 ? '' : `, and ${more} more`}`;
}
