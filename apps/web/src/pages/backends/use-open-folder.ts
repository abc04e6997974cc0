import { useMutation } from '@tanstack/react-query';
import { api, done } from '../../client/api.ts';
import { announce } from '../../shell/announce.tsx';

/** Shows a folder in the machine's own file manager. */
export function useOpenFolder() {
  const { mutate, error } = useMutation({
    mutationFn: async (path: string) => done(await api.POST('/api/folders/open', { body: { path } })),
    onSuccess: () => announce('The folder is open in the file manager.'),
  });
  return { open: mutate, error };
}
