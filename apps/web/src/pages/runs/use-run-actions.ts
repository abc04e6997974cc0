import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useNavigate } from '@tanstack/react-router';
import { answered, api } from '../../client/api.ts';
import type { Run } from '../../client/generated/api.ts';

/** What can be done with a run; each new run is gone to. */
export function useRunActions(
  run: Pick<Run, 'id' | 'backend' | 'folder' | 'challenge' | 'contract' | 'budgetSeconds'>,
) {
  const navigate = useNavigate();
  const queries = useQueryClient();
  const path = { id: run.id };
  const goTo = async (begun: Run): Promise<void> => {
    queries.setQueryData(['runs', begun.id], begun);
    await queries.invalidateQueries({ queryKey: ['runs', 'recent'] });
    await navigate({ to: '/runs/$id', params: { id: begun.id } });
  };
  const rerun = useMutation({
    mutationFn: async (body: { readonly onlyFailed: boolean; readonly watch?: boolean }) =>
      answered(await api.POST('/api/runs/{id}/rerun', { params: { path }, body })),
    onSuccess: goTo,
  });
  /** The same backend once more from the start, with every check that applies. */
  const afresh = useMutation({
    mutationFn: async () => {
      const { backend, folder, challenge, contract, budgetSeconds } = run;
      const wish = { challenge, contract, budgetSeconds };
      return answered(
        await api.POST('/api/runs', { body: backend === null ? { folder, ...wish } : { backend, ...wish } }),
      );
    },
    onSuccess: goTo,
  });
  const stop = useMutation({
    mutationFn: async () => answered(await api.POST('/api/runs/{id}/stop', { params: { path } })),
    onSuccess: () => queries.invalidateQueries({ queryKey: ['runs', run.id] }),
  });
  return { rerun, afresh, stop, error: rerun.error ?? afresh.error ?? stop.error };
}
