import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import type { ReactNode } from 'react';
import type { Run } from '../../client/generated/api.ts';
import { challengesQuery } from '../../client/queries.ts';
import { Button, buttonClass } from '../../design/button.tsx';
import { Refusal } from '../../shell/loaded.tsx';
import { folderName, plural } from '../../shell/words.ts';
import { nextChallenge } from '../challenges/ladder.ts';
import { RunBadge } from '../runs/run-badge.tsx';
import { useRunActions } from '../runs/use-run-actions.ts';

/** The one thing that makes most sense now, from the latest run. */
export function NextStep({ runs: [run] }: { readonly runs: readonly Run[] }) {
  if (run === undefined) return null;
  if (run.status === 'queued' || run.status === 'running')
    return (
      <Step run={run} words={`${folderName(run.folder)} is being judged at this moment.`}>
        <OpenRun run={run} words="Watch it" />
      </Step>
    );
  if (run.verdict === 'passed') return <AfterPass run={run} />;
  return <AfterTrouble run={run} />;
}

function Step({ run, words, children }: { readonly run: Run; readonly words: string; readonly children: ReactNode }) {
  return (
    <section className="next-step" aria-label="Next step">
      <RunBadge run={run} large />
      <p>{words}</p>
      <div className="next-actions">{children}</div>
    </section>
  );
}

function OpenRun({
  run,
  words,
  primary = true,
}: {
  readonly run: Run;
  readonly words: string;
  readonly primary?: boolean;
}) {
  return (
    <Link to="/runs/$id" params={{ id: run.id }} className={buttonClass(primary ? { variant: 'primary' } : {})}>
      {words}
    </Link>
  );
}

function AfterTrouble({ run }: { readonly run: Run }) {
  const { rerun, error } = useRunActions(run);
  const { failed, undecided } = run.counts;
  const words =
    run.status !== 'finished'
      ? `The last run of ${folderName(run.folder)} came to no verdict.`
      : failed > 0
        ? `${plural(failed, 'check')} of ${folderName(run.folder)} ${failed === 1 ? 'does' : 'do'} not hold. Mend the worst one, and run what failed again.`
        : `${plural(undecided, 'check')} of ${folderName(run.folder)} could not be decided.`;
  return (
    <Step run={run} words={words}>
      <OpenRun run={run} words={run.status === 'finished' ? 'Read the findings' : 'See what happened'} />
      <Button icon="replay" busy={rerun.isPending} onClick={() => rerun.mutate({ onlyFailed: run.verdict !== null })}>
        {run.verdict === null ? 'Run again' : 'Run what failed again'}
      </Button>
      <Refusal error={error} />
    </Step>
  );
}

function AfterPass({ run }: { readonly run: Run }) {
  const challenges = useQuery(challengesQuery);
  const next = challenges.data === undefined ? null : nextChallenge(challenges.data);
  return (
    <Step
      run={run}
      words={`Everything that was asked of ${folderName(run.folder)} holds.${next === null ? '' : ` The next step up is ${next.title}.`}`}
    >
      {next === null ? null : (
        <Link to="/challenges/$slug" params={{ slug: next.slug }} className={buttonClass({ variant: 'primary' })}>
          Begin {next.title}
        </Link>
      )}
      <OpenRun run={run} words="Open the report" primary={next === null} />
    </Step>
  );
}
