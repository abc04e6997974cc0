import { queryOptions } from '@tanstack/react-query';
import { comparisonQuery } from '../../client/queries.ts';

/** How much is better and how much is broken since another run. */
export const changesQuery = (id: string, other: string) =>
  queryOptions({
    ...comparisonQuery(id, other),
    select: ({ better, broken }) => ({ better: better.length, broken: broken.length }),
  });
