import { useMutation, useQueryClient } from '@tanstack/react-query';
import { Link, useNavigate } from '@tanstack/react-router';
import { type FormEvent, useState } from 'react';
import { answered, api } from '../../client/api.ts';
import type { ChallengeDetail } from '../../client/generated/api.ts';
import { Button, buttonClass } from '../../design/button.tsx';
import { CodeBlock } from '../../design/code-block.tsx';
import { Select, Field } from '../../design/field.tsx';
import { Panel } from '../../design/panel.tsx';
import { Hint } from '../../design/states.tsx';
import { Refusal } from '../../shell/loaded.tsx';
import { stackName } from '../../shell/stack-names.ts';
import { plural } from '../../shell/words.ts';
import { FolderField } from '../backends/folder-field.tsx';
import { useOpenFolder } from '../backends/use-open-folder.ts';
import { shellPath } from './shell-path.ts';

/** How to begin: a starter in a stack, into a folder; then it is judged. */
export function Start({ challenge }: { readonly challenge: ChallengeDetail }) {
  const { slug, starters } = challenge;
  const navigate = useNavigate();
  const queries = useQueryClient();
  const [stack, setStack] = useState(starters[0]?.stack ?? '');
  const [typed, setTyped] = useState<string | null>(null);
  const folder = typed ?? `~/${slug}-${stack}`;
  const opening = useOpenFolder();
  const write = useMutation({
    mutationFn: async () =>
      answered(
        await api.POST('/api/challenges/{slug}/starters', { params: { path: { slug } }, body: { stack, folder } }),
      ),
    onSuccess: () => queries.invalidateQueries({ queryKey: ['folders'] }),
  });
  const judge = useMutation({
    mutationFn: async (where: string) =>
      answered(await api.POST('/api/runs', { body: { folder: where, challenge: slug } })),
    onSuccess: async (run) => {
      queries.setQueryData(['runs', run.id], run);
      await navigate({ to: '/runs/$id', params: { id: run.id } });
    },
  });
  const written = write.data;
  return (
    <aside className="start" aria-label="How to begin">
      <Panel title="Begin">
        {written === undefined ? (
          <form
            className="start-form"
            onSubmit={(event: FormEvent) => {
              event.preventDefault();
              write.mutate();
            }}
          >
            <Field label="Stack">
              {(ties) => (
                <Select {...ties} value={stack} onChange={({ target }) => setStack(target.value)}>
                  {starters.map((starter) => (
                    <option key={starter.stack} value={starter.stack}>
                      {stackName(starter.stack)}
                    </option>
                  ))}
                </Select>
              )}
            </Field>
            <FolderField
              label="Into the folder"
              value={folder}
              onChange={setTyped}
              hint="It is made if it is not there."
            />
            <Refusal error={write.error} />
            <Button type="submit" variant="primary" icon="plus" busy={write.isPending} disabled={stack === ''}>
              Write the starter
            </Button>
          </form>
        ) : (
          <div className="start-form">
            <Hint tone="passed">
              The starter is in <code>{written.folder}</code>, {plural(written.files.length, 'file')}. It starts, and
              fails honestly.
            </Hint>
            <Button icon="play" variant="primary" busy={judge.isPending} onClick={() => judge.mutate(written.folder)}>
              Judge it
            </Button>
            <Button icon="folder" onClick={() => opening.open(written.folder)}>
              Open the folder
            </Button>
            <Button variant="quiet" onClick={() => write.reset()}>
              Write another
            </Button>
            <Refusal error={judge.error ?? opening.error} />
          </div>
        )}
      </Panel>
      <Panel title="Or by hand">
        <div className="start-form">
          <CodeBlock
            text={`npx assay init ${slug} ${shellPath(folder)} --stack ${stack}\nnpx assay check ${shellPath(folder)}`}
            label="commands"
            head="In a terminal"
          />
          <Link to="/backends" search={{ folder: undefined }} className={buttonClass({ variant: 'quiet' })}>
            I have a folder already
          </Link>
        </div>
      </Panel>
      <p className="soft start-note">
        Your backend is built and run as a copy, with a fresh PostgreSQL. Nothing is written into its folder.
      </p>
    </aside>
  );
}
