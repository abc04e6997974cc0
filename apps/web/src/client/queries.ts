import { queryOptions } from '@tanstack/react-query';
import { answered, api } from './api.ts';
import type { Run } from './generated/api.ts';

/** What the pages ask for. The keys begin with the noun, so that all that is known of it can be asked anew at once. */
export const challengesQuery = queryOptions({
  queryKey: ['challenges'],
  queryFn: async ({ signal }) => answered(await api.GET('/api/challenges', { signal })).items,
});

export const challengeQuery = (slug: string) =>
  queryOptions({
    queryKey: ['challenges', slug],
    queryFn: async ({ signal }) =>
      answered(await api.GET('/api/challenges/{slug}', { params: { path: { slug } }, signal })),
  });

export const backendsQuery = queryOptions({
  queryKey: ['backends'],
  queryFn: async ({ signal }) =>
    answered(await api.GET('/api/backends', { params: { query: { limit: 100 } }, signal })).items,
});

export interface RunFilter {
  readonly verdict?: 'passed' | 'failed' | 'undecided';
  readonly challenge?: string;
  readonly backend?: string;
}

/** How often lists that hold a run under way are asked for anew: nobody tells them that it has ended. */
const underWayMs = 2000;

/** Whether more will come of it. */
export function isUnderWay({ status }: Pick<Run, 'status'>): boolean {
  return status === 'queued' || status === 'running';
}

export function askedAgain(runs: readonly Pick<Run, 'status'>[] | undefined): number | false {
  return runs?.some(isUnderWay) === true ? underWayMs : false;
}

export const recentRunsQuery = (limit: number, filter: RunFilter = {}) =>
  queryOptions({
    queryKey: ['runs', 'recent', limit, filter],
    queryFn: async ({ signal }) =>
      answered(await api.GET('/api/runs', { params: { query: { limit, ...filter } }, signal })).items,
    refetchInterval: ({ state }) => askedAgain(state.data),
  });

export const runQuery = (id: string) =>
  queryOptions({
    queryKey: ['runs', id],
    queryFn: async ({ signal }) => answered(await api.GET('/api/runs/{id}', { params: { path: { id } }, signal })),
  });

export const comparisonQuery = (id: string, other: string) =>
  queryOptions({
    queryKey: ['runs', id, 'compare', other],
    queryFn: async ({ signal }) =>
      answered(await api.GET('/api/runs/{id}/compare/{other}', { params: { path: { id, other } }, signal })),
  });

export const checksQuery = queryOptions({
  queryKey: ['checks'],
  queryFn: async ({ signal }) => answered(await api.GET('/api/checks', { signal })).items,
  staleTime: Number.POSITIVE_INFINITY,
});

export const checkQuery = (area: string, name: string) =>
  queryOptions({
    queryKey: ['checks', area, name],
    queryFn: async ({ signal }) =>
      answered(await api.GET('/api/checks/{area}/{name}', { params: { path: { area, name } }, signal })),
    staleTime: Number.POSITIVE_INFINITY,
  });

export const skillsQuery = queryOptions({
  queryKey: ['skills'],
  queryFn: async ({ signal }) => answered(await api.GET('/api/skills', { signal })).items,
});

export const toolchainsQuery = queryOptions({
  queryKey: ['toolchains'],
  queryFn: async ({ signal }) => answered(await api.GET('/api/toolchains', { signal })).items,
});

export const settingsQuery = queryOptions({
  queryKey: ['settings'],
  queryFn: async ({ signal }) => answered(await api.GET('/api/settings', { signal })),
});

export const foldersQuery = (path: string) =>
  queryOptions({
    queryKey: ['folders', path],
    queryFn: async ({ signal }) => answered(await api.GET('/api/folders', { params: { query: { path } }, signal })),
    staleTime: 2000,
  });
