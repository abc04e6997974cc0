import { useMutation, useQueryClient } from '@tanstack/react-query';
import { api, done } from '../../client/api.ts';
import type { Backend, Run } from '../../client/generated/api.ts';
import { backendsQuery } from '../../client/queries.ts';
import { IconButton } from '../../design/button.tsx';
import { announce } from '../../shell/announce.tsx';
import { ago, folderName, shortFolder } from '../../shell/words.ts';
import { RunBadge } from '../runs/run-badge.tsx';

/** Folders that were judged before: those whose corrections are remembered, and those that were judged as they are. */
export function RecentBackends({
  backends,
  runs,
  onChoose,
}: {
  readonly backends: readonly Backend[];
  /** The newest first. */
  readonly runs: readonly Run[];
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
  const known = new Set(backends.map(({ folder }) => folder));
  const others = [...Map.groupBy(runs, ({ folder }) => folder)].filter(([folder]) => !known.has(folder));
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
      {others.map(([folder, [run]]) => (
        <li key={folder} className="recent-row">
          <button type="button" className="recent-choose" onClick={() => onChoose(folder)}>
            <span className="recent-name">{folderName(folder)}</span>
            <span className="soft recent-folder" title={folder}>
              {shortFolder(folder)}
            </span>
            {run === undefined ? null : (
              <span className="recent-run">
                <RunBadge run={run} /> <span className="soft">{ago(run.createdAt, Date.now())}</span>
              </span>
            )}
          </button>
        </li>
      ))}
    </ul>
  );
}
