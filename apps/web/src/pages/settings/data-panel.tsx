import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { api, done } from '../../client/api.ts';
import type { Settings } from '../../client/generated/api.ts';
import { Button, LinkButton } from '../../design/button.tsx';
import { CopyButton } from '../../design/copy-button.tsx';
import { Field, Input } from '../../design/field.tsx';
import { Panel } from '../../design/panel.tsx';
import { announce } from '../../shell/announce.tsx';
import { ConfirmDialog } from '../../shell/confirm-dialog.tsx';
import { Refusal } from '../../shell/loaded.tsx';

/** Where everything is kept, and how to take it along or away. */
export function DataPanel({ settings: { dataFolder, version, database } }: { readonly settings: Settings }) {
  const [asked, setAsked] = useState(false);
  return (
    <Panel title="Data">
      <dl className="data-facts">
        <div>
          <dt>Kept in</dt>
          <dd>
            <code>{dataFolder}</code> <CopyButton text={dataFolder} label="Copy the folder’s path" />
          </dd>
        </div>
        <div>
          <dt>Database</dt>
          <dd>{database === 'embedded' ? 'PostgreSQL that comes with Assay' : 'your own, from DATABASE_URL'}</dd>
        </div>
        <div>
          <dt>Version</dt>
          <dd>Assay {version}</dd>
        </div>
      </dl>
      <div className="data-actions">
        <LinkButton icon="file" href="/api/export" download="assay-export.ndjson">
          Export everything
        </LinkButton>
        <Button icon="trash" variant="danger" onClick={() => setAsked(true)}>
          Delete everything …
        </Button>
      </div>
      <p className="field-words">The export leaves out the history of practice: it is files in the folder practice.</p>
      {asked ? <DeleteEverything onClose={() => setAsked(false)} /> : null}
    </Panel>
  );
}

function DeleteEverything({ onClose }: { readonly onClose: () => void }) {
  const [typed, setTyped] = useState('');
  const queries = useQueryClient();
  const remove = useMutation({
    mutationFn: async () => done(await api.DELETE('/api/data', { body: { confirm: 'delete' } })),
    onSuccess: async () => {
      await queries.resetQueries();
      announce('Everything has been deleted.');
      onClose();
    },
  });
  return (
    <ConfirmDialog
      title="Delete everything?"
      action="Delete everything"
      busy={remove.isPending}
      disabled={typed !== 'delete'}
      onConfirm={() => remove.mutate()}
      onClose={onClose}
    >
      <p>
        All runs, reports, remembered backends and settings go, and cannot be brought back. Your backends’ folders stay,
        and so does the history of your practice, which is the terminal’s, too.
      </p>
      <Field label="Type delete to allow it">
        {(ties) => (
          <Input
            {...ties}
            value={typed}
            autoComplete="off"
            spellCheck={false}
            onChange={({ target }) => setTyped(target.value)}
          />
        )}
      </Field>
      <Refusal error={remove.error} />
    </ConfirmDialog>
  );
}
