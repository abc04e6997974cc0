import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import type { Run } from '../../client/generated/api.ts';
import { challengesQuery } from '../../client/queries.ts';
import { ago, folderName, shortFolder } from '../../shell/words.ts';
import { RunBadge } from './run-badge.tsx';
import './runs.css';

/** Runs, one line each, the newest first. */
export function RunList({ runs }: { readonly runs: readonly Run[] }) {
  const challenges = useQuery(challengesQuery);
  return (
    <ul className="run-list">
      {runs.map((run) => {
        const { id, folder, challenge, counts, createdAt, reason } = run;
        return (
          <li key={id} className="run-row">
            <RunBadge run={run} />
            <div className="run-words">
              <Link to="/runs/$id" params={{ id }} className="run-name">
                {folderName(folder)}
              </Link>
              <span className="soft run-where" title={folder}>
                {challenges.data?.find(({ slug }) => slug === challenge)?.title ?? challenge ?? 'own contract'} ·{' '}
                {shortFolder(folder)}
              </span>
            </div>
            <span className="run-reason" title={reason}>
              {counts.failed > 0 ? <span className="words-failed">{counts.failed} failed</span> : null}
              {counts.undecided > 0 ? <span className="words-undecided">{counts.undecided} undecided</span> : null}
              {counts.passed > 0 ? <span className="words-passed">{counts.passed} passed</span> : null}
            </span>
            <time className="soft run-when" dateTime={createdAt} title={new Date(createdAt).toLocaleString('en-GB')}>
              {ago(createdAt, Date.now())}
            </time>
          </li>
        );
      })}
    </ul>
  );
}
