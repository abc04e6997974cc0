import { useMutation, useQuery } from '@tanstack/react-query';
import { getRouteApi } from '@tanstack/react-router';
import { type FormEvent, useEffect, useState } from 'react';
import { answered, api } from '../../client/api.ts';
import { backendsQuery, recentRunsQuery } from '../../client/queries.ts';
import { Button } from '../../design/button.tsx';
import { Panel } from '../../design/panel.tsx';
import { EmptyState, Skeleton } from '../../design/states.tsx';
import { announce } from '../../shell/announce.tsx';
import { Refusal } from '../../shell/loaded.tsx';
import { Page } from '../../shell/page.tsx';
import { folderName, plural } from '../../shell/words.ts';
import { DetectedForm, type Detection } from './detected-form.tsx';
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
    // The form is long: who does not see it is told what was found, in a sentence.
    onSuccess: ({ folder: where, stack, problems }) => {
      const names = [stack?.framework, stack?.language].filter((name) => name != null);
      const trouble = problems.length === 0 ? '' : `, ${plural(problems.length, 'problem')}`;
      announce(`${folderName(where)}: ${names.length === 0 ? 'nothing was recognised' : names.join(', ')}${trouble}.`);
    },
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
  const [seen, setSeen] = useState<{ readonly asked: string; readonly found: Detection } | null>(null);
  if (detect.data !== undefined && detect.data !== seen?.found)
    setSeen({ asked: detect.variables, found: detect.data });
  // What was corrected stays while the same folder is looked at again.
  const found = seen !== null && [seen.asked, seen.found.folder].includes(detect.variables ?? '') ? seen.found : null;
  const saved =
    backends.data === undefined ? undefined : (backends.data.find(({ folder: of }) => of === found?.folder) ?? null);
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
            <Refusal error={detect.error ?? backends.error} />
          </Panel>
          <div>
            {found !== null ? (
              <DetectedForm
                key={found.folder}
                found={found}
                saved={saved}
                looking={detect.isPending}
                onAgain={() => look(found.folder)}
              />
            ) : detect.isPending ? (
              <Panel>
                <Skeleton lines={6} />
              </Panel>
            ) : null}
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
