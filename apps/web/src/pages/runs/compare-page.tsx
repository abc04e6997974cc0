import { useQuery } from '@tanstack/react-query';
import { getRouteApi, Link } from '@tanstack/react-router';
import type { CheckStatus } from '@assay/contract';
import type { Comparison } from '../../client/generated/api.ts';
import { comparisonQuery, runQuery } from '../../client/queries.ts';
import { StatusBadge, StatusMark } from '../../design/badge.tsx';
import { DataTable } from '../../design/data-table.tsx';
import { Disclosure } from '../../design/disclosure.tsx';
import { Icon, type IconName } from '../../design/icon.tsx';
import { Panel } from '../../design/panel.tsx';
import { EmptyState } from '../../design/states.tsx';
import { Loaded } from '../../shell/loaded.tsx';
import { Page } from '../../shell/page.tsx';
import { ago, folderName, plural } from '../../shell/words.ts';
import { RunBadge } from './run-badge.tsx';
import './runs.css';

const route = getRouteApi('/runs/$id/compare/$other');

/** Two runs beside each other: what got better, what broke. */
export function ComparePage() {
  const { id, other } = route.useParams();
  const after = useQuery(runQuery(id));
  const query = useQuery(comparisonQuery(id, other));
  return (
    <Page
      key={`${id} ${other}`}
      title={after.data === undefined ? 'Compare' : `${folderName(after.data.folder)}: what changed`}
      heading="What changed"
      above={
        <Link to="/runs/$id" params={{ id }}>
          {after.data === undefined ? 'Run' : folderName(after.data.folder)}
        </Link>
      }
      lead={
        <div className="compared">
          <RunRef id={other} label="before" />
          <Icon name="arrow" label="to" />
          <RunRef id={id} label="after" />
        </div>
      }
    >
      <Loaded query={query}>{(comparison) => <Differences comparison={comparison} id={id} other={other} />}</Loaded>
    </Page>
  );
}

function RunRef({ id, label }: { readonly id: string; readonly label: string }) {
  const { data } = useQuery(runQuery(id));
  return (
    <Link to="/runs/$id" params={{ id }} className="compared-run">
      <span className="soft">{label}</span>
      {data === undefined ? '…' : <RunBadge run={data} />}
      {data === undefined ? null : <span className="soft">{ago(data.createdAt, Date.now())}</span>}
    </Link>
  );
}

function Differences({
  comparison: { better, broken, same, changed },
  id,
  other,
}: {
  readonly comparison: Comparison;
  readonly id: string;
  readonly other: string;
}) {
  // Of a check that only one of the runs made, nothing can be said.
  const both = changed.filter(({ before, after }) => before !== null && after !== null);
  const single = changed.filter(({ before, after }) => before === null || after === null);
  if (better.length + broken.length + changed.length === 0)
    return (
      <Panel>
        <EmptyState icon="swap" title="Nothing changed">
          <p>{same === 0 ? 'Neither run has a finding.' : `Both have the same ${plural(same, 'finding')}.`}</p>
        </EmptyState>
      </Panel>
    );
  return (
    <>
      <dl className="difference-counts figures">
        <Count label="better" count={better.length} tone="passed" />
        <Count label="broken" count={broken.length} tone="failed" />
        <Count label="as before" count={same} tone="not-applicable" />
      </dl>
      <Findings title="Broken" icon="cross" findings={broken} run={id} empty="Nothing broke." />
      <Findings title="Better" icon="check" findings={better} run={other} empty="Nothing is better yet." />
      {both.length === 0 ? null : (
        <Panel title="Checks that ended in another way" flush>
          <DataTable label="Checks that ended in another way">
            <thead>
              <tr>
                <th scope="col">Check</th>
                <th scope="col">Before</th>
                <th scope="col">After</th>
              </tr>
            </thead>
            <tbody>
              {both.map(({ check, claim, before, after }) => (
                <tr key={check}>
                  <th scope="row">
                    {claim}
                    <div>
                      <code className="soft">{check}</code>
                    </div>
                  </th>
                  <td>{before === null ? null : <StatusBadge status={before} />}</td>
                  <td>{after === null ? null : <StatusBadge status={after} />}</td>
                </tr>
              ))}
            </tbody>
          </DataTable>
        </Panel>
      )}
      {single.length === 0 ? null : (
        <Panel>
          <Disclosure summary={`${plural(single.length, 'check')} that only one of the runs made`}>
            <ul className="difference-list">
              {single.map(({ check, claim, before, after }) => (
                <li key={check}>
                  <StatusMark status={before ?? after ?? 'undecided'} />
                  <div>
                    {claim}
                    <div className="soft">
                      <code>{check}</code>, {before === null ? 'after' : 'before'} only
                    </div>
                  </div>
                </li>
              ))}
            </ul>
          </Disclosure>
        </Panel>
      )}
    </>
  );
}

function Count({ label, count, tone }: { readonly label: string; readonly count: number; readonly tone: CheckStatus }) {
  return (
    <div className={`difference-count tone-${count === 0 ? 'not-applicable' : tone}`}>
      <dd>{count}</dd>
      <dt>{label}</dt>
    </div>
  );
}

function Findings({
  title,
  icon,
  findings,
  run,
  empty,
}: {
  readonly title: string;
  readonly icon: IconName;
  readonly findings: Comparison['better'];
  readonly run: string;
  readonly empty: string;
}) {
  return (
    <Panel title={title}>
      {findings.length === 0 ? (
        <p className="soft">{empty}</p>
      ) : (
        <ul className="difference-list">
          {findings.map(({ fingerprint, check, id, title: words }) => (
            <li key={fingerprint}>
              <Icon name={icon} size={14} />
              <div>
                <Link to="/runs/$id" params={{ id: run }} hash={id}>
                  {words}
                </Link>
                <div>
                  <code className="soft">{check}</code>
                </div>
              </div>
            </li>
          ))}
        </ul>
      )}
    </Panel>
  );
}
