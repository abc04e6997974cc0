import { useMutation, useQueryClient } from '@tanstack/react-query';
import { api, done } from '../../client/api.ts';
import type { Backend } from '../../client/generated/api.ts';
import { backendsQuery } from '../../client/queries.ts';
import { IconButton } from '../../design/button.tsx';
import { announce } from '../../shell/announce.tsx';
import { ago, shortFolder } from '../../shell/words.ts';
import { RunBadge } from '../runs/run-badge.tsx';

/** Folders that were judged before. */
export function RecentBackends({
  backends,
  onChoose,
}: {
  readonly backends: readonly Backend[];
  readonly onChoose: (folder: string) => void;
}) {
  const queries = useQueryClient();
  const forget = useMutation({
    mutationFn: async (id: string) => done(await api.DELETE('/api/backends/{id}', { params: { path: { id } } })),
    onSuccess: async () => {
      await queries.invalidateQueries({ queryKey: backendsQuery.queryKey });
      announce('Forgotten.');
    },
  });
  return (
    <ul className="recent">
      {backends.map(({ id, name, folder, exists, lastRun }) => (
        <li key={id} className="recent-row">
          <button type="button" className="recent-choose" onClick={() => onChoose(folder)} disabled={!exists}>
            <span className="recent-name">{name}</span>
            <span className="soft recent-folder" title={folder}>
              {exists ? shortFolder(folder) : 'is not there any more'}
            </span>
            {lastRun === null ? null : (
              <span className="recent-run">
                <RunBadge run={lastRun} /> <span className="soft">{ago(lastRun.createdAt, Date.now())}</span>
              </span>
            )}
          </button>
          <IconButton size="s" icon="cross" label={`Forget ${name}`} onClick={() => forget.mutate(id)} />
        </li>
      ))}
    </ul>
  );
}
