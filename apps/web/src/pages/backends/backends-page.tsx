import { useMutation, useQuery } from '@tanstack/react-query';
import { getRouteApi } from '@tanstack/react-router';
import { type FormEvent, useEffect, useState } from 'react';
import { answered, api } from '../../client/api.ts';
import { backendsQuery, recentRunsQuery } from '../../client/queries.ts';
import { Button } from '../../design/button.tsx';
import { Panel } from '../../design/panel.tsx';
import { EmptyState, Skeleton } from '../../design/states.tsx';
import { Refusal } from '../../shell/loaded.tsx';
import { Page } from '../../shell/page.tsx';
import { DetectedForm } from './detected-form.tsx';
import { FolderField } from './folder-field.tsx';
import { RecentBackends } from './recent-backends.tsx';
import './backends.css';

const route = getRouteApi('/backends');

/** A backend of one's own: choose the folder, correct what was detected, judge it. */
export function BackendsPage() {
  const { folder: asked } = route.useSearch();
  const navigate = route.useNavigate();
  const [folder, setFolder] = useState(asked ?? '~/');
  const backends = useQuery(backendsQuery);
  const runs = useQuery(recentRunsQuery(20));
  const detect = useMutation({
    mutationFn: async (path: string) => answered(await api.POST('/api/backends/detect', { body: { folder: path } })),
  });
  const look = (path: string): void => {
    setFolder(path);
    if (path === asked) detect.mutate(path);
    else void navigate({ to: '/backends', search: { folder: path }, replace: true });
  };
  // The address says which folder it is, so that it can be gone back to.
  const { mutate } = detect;
  useEffect(() => {
    if (asked === undefined) return;
    setFolder(asked);
    mutate(asked);
  }, [asked, mutate]);
  const found = detect.data;
  const saved = backends.data?.find((backend) => backend.folder === found?.folder) ?? null;
  return (
    <Page
      title="Own backend"
      lead="Choose a folder with a backend in any language. Assay needs a contract to hold it against: an OpenAPI document, a WSDL, or one of the challenges."
    >
      <div className="backends">
        <div className="backends-main">
          <Panel title="Folder" level={2}>
            <form
              className="folder-form"
              onSubmit={(event: FormEvent) => {
                event.preventDefault();
                look(folder);
              }}
            >
              <FolderField
                label="Path of the folder"
                value={folder}
                onChange={setFolder}
                onTaken={look}
                hint="Type a part of it: arrow keys choose, Tab takes. ~ is your home."
              />
              <Button type="submit" variant="primary" icon="search" busy={detect.isPending}>
                Look into it
              </Button>
            </form>
            <Refusal error={detect.error} />
          </Panel>
          <div aria-live="polite">
            {detect.isPending ? (
              <Panel>
                <Skeleton lines={6} />
              </Panel>
            ) : found === undefined || detect.error !== null ? null : (
              <DetectedForm key={found.folder} found={found} saved={saved} onAgain={() => look(found.folder)} />
            )}
          </div>
        </div>
        <aside aria-label="Recent backends">
          <Panel title="Recent" flush>
            {backends.data === undefined || runs.data === undefined ? (
              <Skeleton lines={3} className="padded" />
            ) : backends.data.length + runs.data.length === 0 ? (
              <EmptyState icon="folder" title="None yet">
                <p>Folders that you judge are remembered here.</p>
              </EmptyState>
            ) : (
              <RecentBackends backends={backends.data} runs={runs.data} onChoose={look} />
            )}
          </Panel>
        </aside>
      </div>
    </Page>
  );
}
