import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import type { Run } from '../../client/generated/api.ts';
import { challengesQuery } from '../../client/queries.ts';
import { Tag } from '../../design/badge.tsx';
import { ago, folderName, lasting } from '../../shell/words.ts';

/** What was judged, against what, when and with which seed. */
export function RunFacts({ run }: { readonly run: Run }) {
  const challenges = useQuery(challengesQuery);
  const { challenge, contract, stack, startedAt, endedAt, createdAt, seed, only, watch } = run;
  const title = challenges.data?.find(({ slug }) => slug === challenge)?.title ?? challenge;
  return (
    <div className="facts">
      {challenge === null ? null : (
        <Link to="/challenges/$slug" params={{ slug: challenge }}>
          {title}
        </Link>
      )}
      {contract === null ? null : <span title={contract}>{folderName(contract)}</span>}
      {stack === null ? null : (
        <span>{[stack.language, stack.framework].filter((part) => part !== null).join(', ')}</span>
      )}
      <time dateTime={startedAt ?? createdAt}>{ago(startedAt ?? createdAt, Date.now())}</time>
      {startedAt !== null && endedAt !== null ? (
        <span>took {lasting(Date.parse(endedAt) - Date.parse(startedAt))}</span>
      ) : null}
      <span className="figures">seed {seed}</span>
      {only.length > 0 ? <Tag>{only.length === 1 ? only[0] : `${only.length} checks only`}</Tag> : null}
      {watch ? <Tag>watching the folder</Tag> : null}
      <span className="facts-folder" title={run.folder}>
        {run.folder}
      </span>
    </div>
  );
}
