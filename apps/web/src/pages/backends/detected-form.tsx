import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useNavigate } from '@tanstack/react-router';
import { type SubmitEvent, useState } from 'react';
import { answered, api } from '../../client/api.ts';
import type { Backend, paths } from '../../client/generated/api.ts';
import { backendsQuery, challengesQuery } from '../../client/queries.ts';
import { Tag } from '../../design/badge.tsx';
import { Button } from '../../design/button.tsx';
import { Field, Input, Select } from '../../design/field.tsx';
import { Panel } from '../../design/panel.tsx';
import { Hint } from '../../design/states.tsx';
import { Refusal } from '../../shell/loaded.tsx';
import { folderName, plural } from '../../shell/words.ts';
import { checksIn, settingsOf, type Wishes, wishesOf, wrongEnvLine } from './settings-of.ts';
import { useOpenFolder } from './use-open-folder.ts';

export type Detection = paths['/api/backends/detect']['post']['responses'][200]['content']['application/json'];

/** What was detected in a folder, with room to correct it, and the button that judges it. */
export function DetectedForm({
  found,
  saved,
  looking,
  onAgain,
}: {
  readonly found: Detection;
  /** What is remembered of the folder; null for a new one, undefined until that is known. */
  readonly saved: Backend | null | undefined;
  /** It is being looked at again. */
  readonly looking: boolean;
  readonly onAgain: () => void;
}) {
  const [edited, setEdited] = useState<Partial<Wishes>>({});
  const wishes = { ...wishesOf(saved ?? null), ...edited };
  const [checks, setChecks] = useState('');
  const set = (part: Partial<Wishes>): void => setEdited((now) => ({ ...now, ...part }));
  const challenges = useQuery(challengesQuery);
  const folder = useOpenFolder();
  const judge = useJudge(found.folder, saved ?? null);
  const wrongLine = wrongEnvLine(wishes.env);
  const { stack, contracts, problems } = found;
  return (
    <form
      className="detected"
      onSubmit={(event: SubmitEvent) => {
        event.preventDefault();
        if (wrongLine === null) judge.mutate({ wishes, checks, watch: isToWatch(event.nativeEvent.submitter) });
      }}
    >
      <Panel
        title={folderName(found.folder)}
        note={found.folder}
        actions={
          <>
            <Button size="s" variant="quiet" icon="folder" onClick={() => folder.open(found.folder)}>
              Open
            </Button>
            <Button size="s" variant="quiet" icon="replay" busy={looking} onClick={onAgain}>
              Look again
            </Button>
          </>
        }
      >
        <div className="detected-body">
          <div className="facts">
            {stack === null ? <span>Nothing was recognised</span> : null}
            {[stack?.language, stack?.framework, stack?.runtime].map((part) =>
              part === null || part === undefined ? null : <Tag key={part}>{part}</Tag>,
            )}
            {found.evidence === '' ? null : <span className="soft">{found.evidence}</span>}
            {found.settingsFile ? <Tag mono>assay.yaml</Tag> : null}
          </div>
          {problems.map(({ code, message, fix }) => (
            <Hint key={code} tone="undecided">
              {message}
              <div>{fix}</div>
            </Hint>
          ))}
          <Field
            label="Judge it against"
            hint={contracts.map(({ title, operations }) => `${title}, ${plural(operations, 'operation')}`).join('; ')}
          >
            {(ties) => (
              <Select {...ties} value={wishes.against} onChange={({ target }) => set({ against: target.value })}>
                <option value="detected">
                  {found.challenge !== null
                    ? `Its own settings: the challenge ${found.challenge}`
                    : contracts[0] === undefined
                      ? 'What the backend itself serves'
                      : `Found: ${folderName(contracts[0].path)}`}
                </option>
                <option value="file">Another document …</option>
                {challenges.data?.map(({ slug, title }) => (
                  <option key={slug} value={`challenge:${slug}`}>
                    The challenge {title}
                  </option>
                ))}
              </Select>
            )}
          </Field>
          {wishes.against === 'file' ? (
            <Field label="Document" hint="Path of an OpenAPI document or a WSDL.">
              {(ties) => (
                <Input
                  {...ties}
                  className="mono"
                  value={wishes.contract}
                  required
                  pattern=".*\S.*"
                  spellCheck={false}
                  onChange={({ target }) => set({ contract: target.value })}
                />
              )}
            </Field>
          ) : null}
          <div className="detected-grid">
            <CommandField
              label="Build"
              detected={found.build.join(' && ')}
              value={wishes.build}
              onChange={(build) => set({ build })}
            />
            <CommandField
              label="Start"
              detected={found.start ?? ''}
              value={wishes.start}
              onChange={(start) => set({ start })}
            />
            <CommandField
              label="Release"
              detected={found.release ?? ''}
              value={wishes.release}
              onChange={(release) => set({ release })}
              hint="Once for each fresh database, before the start."
            />
            <Field label="Database" hint="None: it brings its own, and checks of SQL do not apply.">
              {(ties) => (
                <Select
                  {...ties}
                  value={wishes.database}
                  onChange={({ target }) =>
                    set({
                      database: target.value === 'none' || target.value === 'postgres' ? target.value : 'detected',
                    })
                  }
                >
                  <option value="detected">As detected{found.database === null ? '' : ` (${found.database})`}</option>
                  <option value="postgres">PostgreSQL from Assay</option>
                  <option value="none">None</option>
                </Select>
              )}
            </Field>
          </div>
          <Field
            label="Environment"
            hint="One NAME=value in each line. PORT, HOST and DATABASE_URL are given by Assay."
            error={wrongLine === null ? null : `Line ${wrongLine} is not NAME=value.`}
          >
            {(ties) => (
              <textarea
                {...ties}
                className="input mono"
                rows={2}
                spellCheck={false}
                value={wishes.env}
                onChange={({ target }) => set({ env: target.value })}
              />
            )}
          </Field>
          <Field label="Only these checks" hint="Ids or areas, such as data http/charset. Empty: all that apply.">
            {(ties) => (
              <Input
                {...ties}
                className="mono"
                value={checks}
                spellCheck={false}
                autoComplete="off"
                onChange={({ target }) => setChecks(target.value)}
              />
            )}
          </Field>
          <Refusal error={judge.error ?? folder.error} />
          <div className="detected-actions">
            <Button type="submit" variant="primary" icon="play" busy={judge.isPending} disabled={saved === undefined}>
              Judge it
            </Button>
            <Button type="submit" name={watchName} icon="eye" busy={judge.isPending} disabled={saved === undefined}>
              Judge it, and watch the folder
            </Button>
          </div>
        </div>
      </Panel>
    </form>
  );
}

const watchName = 'watch';

function isToWatch(pressed: HTMLElement | null): boolean {
  return pressed?.getAttribute('name') === watchName;
}

function CommandField({
  label,
  detected,
  value,
  onChange,
  hint,
}: {
  readonly label: string;
  readonly detected: string;
  readonly value: string;
  readonly onChange: (value: string) => void;
  readonly hint?: string;
}) {
  return (
    <Field label={label} hint={hint ?? (value === '' ? '' : `Detected: ${detected === '' ? 'nothing' : detected}`)}>
      {(ties) => (
        <Input
          {...ties}
          className="mono"
          value={value}
          placeholder={detected === '' ? 'nothing' : detected}
          spellCheck={false}
          onChange={({ target }) => onChange(target.value)}
        />
      )}
    </Field>
  );
}

/** Remembers the folder with what was corrected, and begins a run. */
function useJudge(folder: string, saved: Backend | null) {
  const navigate = useNavigate();
  const queries = useQueryClient();
  return useMutation({
    mutationFn: async ({
      wishes,
      checks,
      watch,
    }: {
      readonly wishes: Wishes;
      readonly checks: string;
      readonly watch: boolean;
    }) => {
      const settings = settingsOf(wishes);
      const backend = answered(
        saved === null
          ? await api.POST('/api/backends', { body: { folder, ...settings } })
          : await api.PATCH('/api/backends/{id}', { params: { path: { id: saved.id } }, body: settings }),
      );
      // Also when no run can begin: the folder is known from here on.
      await queries.invalidateQueries({ queryKey: backendsQuery.queryKey });
      return answered(await api.POST('/api/runs', { body: { backend: backend.id, only: checksIn(checks), watch } }));
    },
    onSuccess: async (run) => {
      queries.setQueryData(['runs', run.id], run);
      await navigate({ to: '/runs/$id', params: { id: run.id } });
    },
  });
}
