import { queryOptions } from '@tanstack/react-query';
import { answered, api, done } from './api.ts';
import type { PracticeAttempt, PracticeInterview } from './generated/api.ts';

/** What the practice pages ask for, and what they do. */
export type Answer = PracticeAttempt['answer'];
export type Shown = PracticeAttempt['shown'];
export type ShownOf<Form extends Shown['form']> = Extract<Shown, { readonly form: Form }>;

export const todayQuery = (minutes: number, topic: string) =>
  queryOptions({
    queryKey: ['practice', 'today', minutes, topic],
    queryFn: async ({ signal }) =>
      answered(
        await api.GET('/api/practice/today', {
          params: { query: { minutes, ...(topic === '' ? {} : { topic }) } },
          signal,
        }),
      ),
  });

export const questionsQuery = (topic: string) =>
  queryOptions({
    queryKey: ['practice', 'questions', topic],
    queryFn: async ({ signal }) => {
      const items = [];
      for (let cursor: string | undefined; ; ) {
        const page = answered(
          await api.GET('/api/practice/questions', {
            params: {
              query: { limit: 200, ...(cursor === undefined ? {} : { cursor }), ...(topic === '' ? {} : { topic }) },
            },
            signal,
          }),
        );
        items.push(...page.items);
        if (page.next === null) return items;
        cursor = page.next;
      }
    },
  });

export const attemptKey = (id: string) => ['practice', 'attempts', id] as const;

export const attemptQuery = (id: string) =>
  queryOptions({
    queryKey: attemptKey(id),
    queryFn: async ({ signal }) =>
      answered(await api.GET('/api/practice/attempts/{id}', { params: { path: { id } }, signal })),
    // Only what is done here changes it, but for a backend that is being judged.
    staleTime: Number.POSITIVE_INFINITY,
    refetchInterval: ({ state }) => (state.data?.status === 'marking' ? 700 : false),
  });

export const practiceProgressQuery = queryOptions({
  queryKey: ['practice', 'progress'],
  queryFn: async ({ signal }) => answered(await api.GET('/api/practice/progress', { signal })),
});

export const practiceSettingsQuery = queryOptions({
  queryKey: ['practice', 'settings'],
  queryFn: async ({ signal }) => answered(await api.GET('/api/practice/settings', { signal })),
});

export const interviewsQuery = queryOptions({
  queryKey: ['practice', 'interviews'],
  queryFn: async ({ signal }) =>
    answered(await api.GET('/api/practice/interviews', { params: { query: { limit: 50 } }, signal })).items,
});

export const interviewQuery = (id: string) =>
  queryOptions({
    queryKey: ['practice', 'interviews', id],
    queryFn: async ({ signal }) =>
      answered(await api.GET('/api/practice/interviews/{id}', { params: { path: { id } }, signal })),
  });

export async function openAttempt(question: string): Promise<PracticeAttempt> {
  return answered(await api.POST('/api/practice/attempts', { body: { question } }));
}

interface Given {
  readonly answer: Answer;
  readonly seconds: number;
  readonly thinkingSeconds: number;
}

export async function answerAttempt(id: string, body: Given): Promise<PracticeAttempt> {
  return answered(await api.POST('/api/practice/attempts/{id}/answer', { params: { path: { id } }, body }));
}

export async function confirmAttempt(id: string, points: number[]): Promise<PracticeAttempt> {
  return answered(
    await api.POST('/api/practice/attempts/{id}/confirmation', { params: { path: { id } }, body: { points } }),
  );
}

export async function askForHint(id: string): Promise<PracticeAttempt> {
  return answered(await api.POST('/api/practice/attempts/{id}/hint', { params: { path: { id } } }));
}

export async function leaveAttempt(id: string): Promise<PracticeAttempt> {
  return answered(await api.POST('/api/practice/attempts/{id}/leave', { params: { path: { id } } }));
}

export interface Plan {
  readonly role: 'backend' | 'python' | 'java' | 'php' | 'node' | 'data' | 'platform';
  readonly level: number;
  readonly minutes: 30 | 45 | 60;
}

export async function beginInterview(body: Plan): Promise<PracticeInterview> {
  return answered(await api.POST('/api/practice/interviews', { body }));
}

export interface TurnEnd {
  /** The question that it is about. */
  readonly attempt: string | null;
  readonly followUps?: { readonly answer: string; readonly rating: number | null }[];
  readonly notes?: string;
  readonly leaveOut?: boolean;
}

export async function endTurn(id: string, body: TurnEnd): Promise<PracticeInterview> {
  return answered(await api.POST('/api/practice/interviews/{id}/turns', { params: { path: { id } }, body }));
}

export async function endInterview(id: string, body: Omit<TurnEnd, 'leaveOut'>): Promise<PracticeInterview> {
  return answered(await api.POST('/api/practice/interviews/{id}/end', { params: { path: { id } }, body }));
}

export async function deleteInterview(id: string): Promise<void> {
  done(await api.DELETE('/api/practice/interviews/{id}', { params: { path: { id } } }));
}
