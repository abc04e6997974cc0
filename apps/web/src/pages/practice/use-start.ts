import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useNavigate } from '@tanstack/react-router';
import { attemptKey, openAttempt } from '../../client/practice.ts';

/** Opens the first of some questions, and carries the others along in the address. */
export function useStart() {
  const navigate = useNavigate();
  const queries = useQueryClient();
  return useMutation({
    mutationFn: async (questions: readonly string[]) => {
      const [first = '', ...rest] = questions;
      return { attempt: await openAttempt(first), rest };
    },
    onSuccess: ({ attempt, rest }) => {
      queries.setQueryData(attemptKey(attempt.id), attempt);
      void navigate({
        to: '/practice/attempts/$id',
        params: { id: attempt.id },
        search: rest.length === 0 ? {} : { rest: rest.join(','), of: rest.length + 1 },
      });
    },
  });
}
