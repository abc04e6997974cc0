import type { Instance } from '@assay/contract';

/**
 * Whether a backend that has made things keeps them elsewhere: in a file, in memory, or at a database of its own that nobody named in the settings. To be asked when something
 * was created with success.
 */
export function keepsElsewhere({ wire }: Pick<Instance, 'wire'>): boolean {
  return wire !== null && wire.statements().length === 0;
}

export const noStatements = 'the backend sent no statement to the database';
