import { useInfiniteQuery, useQuery } from '@tanstack/react-query';
import { getRouteApi, Link } from '@tanstack/react-router';
import { api, answered } from '../../client/api.ts';
import { askedAgain, challengesQuery } from '../../client/queries.ts';
import { Button, buttonClass } from '../../design/button.tsx';
import { Select } from '../../design/field.tsx';
import { Panel } from '../../design/panel.tsx';
import { EmptyState, Skeleton } from '../../design/states.tsx';
import { Trouble } from '../../shell/loaded.tsx';
import { Page } from '../../shell/page.tsx';
import { RunList } from './run-list.tsx';

const route = getRouteApi('/runs');
const verdicts = ['passed', 'failed', 'undecided'] as const;

/** Every run that is kept. */
export function RunsPage() {
  const search = route.useSearch();
  const navigate = route.useNavigate();
  const challenges = useQuery(challengesQuery);
  const verdict = verdicts.find((one) => one === search.verdict);
  const { challenge } = search;
  const query = useInfiniteQuery({
    queryKey: ['runs', 'recent', 'pages', verdict, challenge],
    queryFn: async ({ pageParam, signal }) =>
      answered(
        await api.GET('/api/runs', {
          params: { query: { limit: 30, ...(pageParam === null ? {} : { cursor: pageParam }), verdict, challenge } },
          signal,
        }),
      ),
    initialPageParam: null as string | null,
    getNextPageParam: ({ next }) => next,
    refetchInterval: ({ state }) => askedAgain(state.data?.pages.flatMap(({ items }) => items)),
  });
  const runs = query.data?.pages.flatMap(({ items }) => items);
  const isFiltered = verdict !== undefined || challenge !== undefined;
  return (
    <Page title="Runs" lead="Every judgement that is kept, the newest first.">
      <div className="filters">
        <label className="filter">
          <span>Verdict</span>
          <Select
            value={verdict ?? ''}
            onChange={({ target }) =>
              void navigate({
                to: '/runs',
                search: { challenge, verdict: target.value === '' ? undefined : target.value },
                replace: true,
              })
            }
          >
            <option value="">All</option>
            {verdicts.map((one) => (
              <option key={one} value={one}>
                {one}
              </option>
            ))}
          </Select>
        </label>
        <label className="filter">
          <span>Challenge</span>
          <Select
            value={challenge ?? ''}
            onChange={({ target }) =>
              void navigate({
                to: '/runs',
                search: { verdict, challenge: target.value === '' ? undefined : target.value },
                replace: true,
              })
            }
          >
            <option value="">All</option>
            {challenges.data?.map(({ slug, title }) => (
              <option key={slug} value={slug}>
                {title}
              </option>
            ))}
          </Select>
        </label>
      </div>
      {runs === undefined ? (
        query.error === null ? (
          <Skeleton lines={8} />
        ) : (
          <Trouble error={query.error} />
        )
      ) : runs.length === 0 ? (
        <Panel>
          <EmptyState
            icon="list"
            title={isFiltered ? 'No run is like that' : 'Nothing has been judged yet'}
            actions={
              isFiltered ? (
                <Link to="/runs" className={buttonClass()}>
                  Show all runs
                </Link>
              ) : (
                <Link to="/" className={buttonClass({ variant: 'primary' })}>
                  Begin
                </Link>
              )
            }
          />
        </Panel>
      ) : (
        <Panel flush>
          <RunList runs={runs} />
        </Panel>
      )}
      {query.hasNextPage ? (
        <Button className="more" busy={query.isFetchingNextPage} onClick={() => void query.fetchNextPage()}>
          Show older runs
        </Button>
      ) : null}
    </Page>
  );
}
