import { useMutation, useQueryClient } from '@tanstack/react-query';
import { Link, useNavigate } from '@tanstack/react-router';
import { useState } from 'react';
import { api, done } from '../../client/api.ts';
import type { Run } from '../../client/generated/api.ts';
import { isUnderWay } from '../../client/queries.ts';
import { Button, buttonClass, IconButton, LinkButton } from '../../design/button.tsx';
import { Icon } from '../../design/icon.tsx';
import { useShortcuts } from '../../shell/keyboard/use-shortcuts.ts';
import { ConfirmDialog } from '../../shell/confirm-dialog.tsx';
import { Refusal } from '../../shell/loaded.tsx';
import { useOpenFolder } from '../backends/use-open-folder.ts';
import { useRunActions } from './use-run-actions.ts';

const group = 'This run';

/** What can be done with a run, with keys for it. */
export function RunActions({ run }: { readonly run: Run }) {
  const { rerun, afresh, stop, error } = useRunActions(run);
  const folder = useOpenFolder();
  const underWay = isUnderWay(run);
  const someFailed = run.counts.failed + run.counts.undecided > 0;
  const isNarrow = run.only.length > 0;
  // Keys do not wait as busy buttons do: pressed twice, they would begin two runs.
  const isBeginning = rerun.isPending || afresh.isPending;
  const begin = (wish: Parameters<typeof rerun.mutate>[0]): void => {
    if (!isBeginning) rerun.mutate(wish);
  };
  const again = (onlyFailed: boolean): void => begin({ onlyFailed });
  const watch = (): void => begin({ onlyFailed: false, watch: true });
  const all = (): void => {
    if (!isBeginning) afresh.mutate();
  };
  useShortcuts([
    ...(underWay || run.watch
      ? [{ keys: 's', label: run.watch ? 'Stop watching' : 'Stop the run', group, run: () => stop.mutate() }]
      : []),
    ...(underWay
      ? []
      : [
          { keys: 'r', label: 'Run again', group, run: () => again(false) },
          ...(someFailed ? [{ keys: 'f', label: 'Run again what failed', group, run: () => again(true) }] : []),
          { keys: 'w', label: 'Watch the folder', group, run: watch },
          ...(isNarrow ? [{ keys: 'a', label: 'Run with all checks', group, run: all }] : []),
        ]),
    { keys: 'o', label: 'Open the folder', group, run: () => folder.open(run.folder) },
  ]);
  return (
    <>
      {underWay || run.watch ? (
        <Button icon="stop" variant="danger" busy={stop.isPending} onClick={() => stop.mutate()}>
          {underWay ? 'Stop' : 'Stop watching'}
        </Button>
      ) : null}
      {underWay ? null : (
        <>
          <Button icon="replay" variant="primary" busy={rerun.isPending} onClick={() => again(false)}>
            Run again
          </Button>
          {someFailed ? (
            <Button icon="cross" busy={rerun.isPending} onClick={() => again(true)}>
              Only what failed
            </Button>
          ) : null}
          {isNarrow ? (
            <Button icon="list" busy={afresh.isPending} onClick={all}>
              All checks
            </Button>
          ) : null}
          {run.watch ? null : (
            <Button
              icon="eye"
              busy={rerun.isPending}
              title="Judge it now, and again whenever the folder changes"
              onClick={watch}
            >
              Watch
            </Button>
          )}
          {run.previous === null ? null : (
            <Link to="/runs/$id/compare/$other" params={{ id: run.id, other: run.previous }} className={buttonClass()}>
              <Icon name="swap" />
              Compare
            </Link>
          )}
          {run.status === 'finished' ? (
            <LinkButton icon="file" href={`/api/runs/${run.id}/page`} target="_blank" rel="noreferrer">
              As one file
            </LinkButton>
          ) : null}
          <DeleteRun run={run} />
        </>
      )}
      <IconButton icon="folder" label="Open the folder" onClick={() => folder.open(run.folder)} />
      <Refusal error={error ?? folder.error} />
    </>
  );
}

function DeleteRun({ run }: { readonly run: Run }) {
  const navigate = useNavigate();
  const queries = useQueryClient();
  const [asked, setAsked] = useState(false);
  const remove = useMutation({
    mutationFn: async () => done(await api.DELETE('/api/runs/{id}', { params: { path: { id: run.id } } })),
    onSuccess: async () => {
      await queries.invalidateQueries({ queryKey: ['runs', 'recent'] });
      await navigate({ to: '/runs' });
    },
  });
  return (
    <>
      <IconButton icon="trash" label="Delete this run" onClick={() => setAsked(true)} />
      {asked ? (
        <ConfirmDialog
          title="Delete this run?"
          action="Delete"
          busy={remove.isPending}
          onConfirm={() => remove.mutate()}
          onClose={() => setAsked(false)}
        >
          <p>Its report and everything it recorded go with it. The backend’s folder stays as it is.</p>
          <Refusal error={remove.error} />
        </ConfirmDialog>
      ) : null}
    </>
  );
}
