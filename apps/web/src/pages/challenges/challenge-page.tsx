import { useQuery } from '@tanstack/react-query';
import { getRouteApi, Link } from '@tanstack/react-router';
import { useState } from 'react';
import type { ChallengeDetail } from '../../client/generated/api.ts';
import { challengeQuery, recentRunsQuery } from '../../client/queries.ts';
import { Panel } from '../../design/panel.tsx';
import { EmptyState } from '../../design/states.tsx';
import { Tabs } from '../../design/tabs.tsx';
import { Markdown } from '../../markdown/markdown.tsx';
import { Loaded } from '../../shell/loaded.tsx';
import { Page } from '../../shell/page.tsx';
import { pageLink } from '../../shell/page-link.tsx';
import { RunList } from '../runs/run-list.tsx';
import { ContractView } from './contract-view.tsx';
import { Level } from './level.tsx';
import { Start } from './start.tsx';
import './challenges.css';

const route = getRouteApi('/challenges/$slug');

/** One challenge: what to build, against which contract, and how to begin. */
export function ChallengePage() {
  const { slug } = route.useParams();
  const query = useQuery(challengeQuery(slug));
  return (
    <Page
      key={slug}
      title={query.data?.title ?? 'Challenge'}
      above={<Link to="/challenges">Challenges</Link>}
      lead={
        query.data === undefined ? undefined : (
          <>
            <p>{query.data.summary}</p>
            <Level level={query.data.level} />
          </>
        )
      }
    >
      <Loaded query={query} lines={12}>
        {(challenge) => <Challenge challenge={challenge} />}
      </Loaded>
    </Page>
  );
}

type Part = 'brief' | 'contract' | 'scenarios' | 'runs';

function Challenge({ challenge }: { readonly challenge: ChallengeDetail }) {
  const [part, setPart] = useState<Part>('brief');
  return (
    <div className="challenge">
      <div className="challenge-main">
        <Tabs
          label="Challenge"
          tabs={[
            { id: 'brief', label: 'Brief' },
            { id: 'contract', label: 'Contract', count: challenge.contract.operations.length },
            { id: 'scenarios', label: 'Scenarios', count: challenge.checks.length },
            { id: 'runs', label: 'Runs' },
          ]}
          selected={part}
          onSelect={setPart}
        >
          <ChallengePart part={part} challenge={challenge} />
        </Tabs>
      </div>
      <Start challenge={challenge} />
    </div>
  );
}

function ChallengePart({ part, challenge }: { readonly part: Part; readonly challenge: ChallengeDetail }) {
  switch (part) {
    case 'brief':
      return (
        <Markdown
          source={withoutTitle(challenge.brief)}
          links={{ base: `challenges/${challenge.slug}/brief.md`, pageLink }}
        />
      );
    case 'contract':
      return <ContractView contract={challenge.contract} />;
    case 'scenarios':
      return <Scenarios challenge={challenge} />;
    case 'runs':
      return <Runs slug={challenge.slug} />;
    default:
      return part satisfies never;
  }
}

/** The page has it as its heading already. */
function withoutTitle(markdown: string): string {
  return markdown.replace(/^\s*# .*\n+/, '');
}

function Scenarios({ challenge }: { readonly challenge: ChallengeDetail }) {
  return (
    <div className="scenarios">
      <p className="soft">
        What this challenge asks for itself. Besides these, every check of the handbook that bites on its contract is
        made.
      </p>
      <ul>
        {challenge.checks.map(({ id, claim }) => (
          <li key={id}>
            {claim} <code className="soft">{id}</code>
          </li>
        ))}
      </ul>
    </div>
  );
}

function Runs({ slug }: { readonly slug: string }) {
  const query = useQuery(recentRunsQuery(20, { challenge: slug }));
  return (
    <Loaded query={query}>
      {(runs) =>
        runs.length === 0 ? (
          <EmptyState icon="list" title="Not judged yet">
            <p>Write a starter into a folder, or choose one that you have, and judge it.</p>
          </EmptyState>
        ) : (
          <Panel flush>
            <RunList runs={runs} />
          </Panel>
        )
      }
    </Loaded>
  );
}
