import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { recentRunsQuery } from '../../client/queries.ts';
import { Panel } from '../../design/panel.tsx';
import { Loaded } from '../../shell/loaded.tsx';
import { Page } from '../../shell/page.tsx';
import { RunList } from '../runs/run-list.tsx';
import { NextStep } from './next-step.tsx';
import { Ways } from './ways.tsx';
import './home.css';

/** Where one begins, and goes on. */
export function HomePage() {
  const query = useQuery(recentRunsQuery(6));
  return (
    <Page
      title="Home"
      heading={query.data?.length === 0 ? 'Prove a backend' : 'Next step'}
      lead={
        query.data?.length === 0
          ? 'Assay builds it, starts it with a real PostgreSQL, drives it over HTTP, reads its SQL on the wire, kills it at the worst moment, and says what holds and what does not.'
          : undefined
      }
    >
      <Loaded query={query}>
        {(runs) =>
          runs.length === 0 ? (
            <Ways first />
          ) : (
            <>
              <NextStep runs={runs} />
              <Panel title="Latest runs" flush actions={<Link to="/runs">All runs</Link>}>
                <RunList runs={runs} />
              </Panel>
              <Ways first={false} />
            </>
          )
        }
      </Loaded>
    </Page>
  );
}
