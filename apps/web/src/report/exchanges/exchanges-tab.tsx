import type { Report } from '@assay/contract';
import type { ExchangeSummary } from '@assay/prove';
import { useEffect, useMemo, useState } from 'react';
import { Button } from '../../design/button.tsx';
import { SearchInput, Select } from '../../design/field.tsx';
import { Panel } from '../../design/panel.tsx';
import { EmptyState } from '../../design/states.tsx';
import { visible } from '../../design/visible.ts';
import { useReport } from '../context.tsx';
import { StatusCode } from '../evidence/status-code.tsx';
import { LoadFault } from '../load-fault.tsx';
import type { ExchangeQuery } from '../source.ts';
import { duration } from '../text/figures.ts';
import { ExchangeDetailPane } from './exchange-detail.tsx';
import { useExchanges } from './use-exchanges.ts';
import { VirtualList } from './virtual-list.tsx';
import './exchanges-tab.css';

const methods = ['GET', 'POST', 'PUT', 'PATCH', 'DELETE', 'HEAD', 'OPTIONS'];
const statuses: readonly (readonly [NonNullable<ExchangeQuery['status']>, string])[] = [
  ['2xx', '2xx'],
  ['3xx', '3xx'],
  ['4xx', '4xx'],
  ['5xx', '5xx'],
  ['none', 'no answer'],
];
const everything: ExchangeQuery = { q: '', method: null, status: null, check: null };

/** All exchanges of the run: searched, filtered, and one of them whole. */
export function ExchangesTab({
  report,
  selected,
  onSelect,
}: {
  readonly report: Report;
  readonly selected: string | null;
  readonly onSelect: (id: string) => void;
}) {
  const { source } = useReport();
  const [query, setQuery] = useState(everything);
  const found = useExchanges(source, query);
  const checks = useMemo(
    () =>
      report.checks
        .filter(({ status }) => status !== 'not-applicable')
        .map(({ id }) => id)
        .sort(),
    [report],
  );
  const filtered = query !== everything && JSON.stringify(query) !== JSON.stringify(everything);
  // An exchange that is asked for by its name is fetched even when it stands pages further down; a filter may leave it out.
  const { loadMore } = found;
  const isHere = selected === null || found.items.some(({ id }) => id === selected);
  useEffect(() => {
    if (!isHere && !filtered && found.state === 'here') loadMore();
  });
  const set = (change: Partial<ExchangeQuery>): void => setQuery({ ...query, ...change });
  return (
    <div className="exchanges">
      <div className="exchanges-filter" role="search">
        <SearchInput
          label="Search requests, answers and SQL"
          value={query.q}
          onChange={(event) => set({ q: event.target.value })}
        />
        <Select
          aria-label="Method"
          value={query.method ?? ''}
          onChange={(event) => set({ method: event.target.value === '' ? null : event.target.value })}
        >
          <option value="">Every method</option>
          {methods.map((method) => (
            <option key={method}>{method}</option>
          ))}
        </Select>
        <Select
          aria-label="Status"
          value={query.status ?? ''}
          onChange={(event) => set({ status: statuses.find(([key]) => key === event.target.value)?.[0] ?? null })}
        >
          <option value="">Every status</option>
          {statuses.map(([key, word]) => (
            <option key={key} value={key}>
              {word}
            </option>
          ))}
        </Select>
        <Select
          aria-label="Check"
          value={query.check ?? ''}
          onChange={(event) => set({ check: event.target.value === '' ? null : event.target.value })}
        >
          <option value="">Every check</option>
          {checks.map((check) => (
            <option key={check}>{check}</option>
          ))}
        </Select>
        {filtered ? (
          <Button variant="quiet" icon="cross" onClick={() => setQuery(everything)}>
            Clear
          </Button>
        ) : null}
        <p className="exchanges-count soft figures" role="status">
          {found.state === 'loading' && found.items.length === 0
            ? 'Searching'
            : `${found.items.length.toLocaleString('en')}${found.more ? ' so far' : ''} of ${report.traffic.exchanges.toLocaleString('en')}`}
        </p>
      </div>
      <div className="exchanges-panes">
        <Panel flush>
          {typeof found.state === 'object' ? (
            <LoadFault title="The exchanges could not be read" message={found.state.fault} retry={found.retry} />
          ) : found.items.length === 0 && found.state === 'here' ? (
            <EmptyState icon="search" title={filtered ? 'No exchange matches' : 'No request was sent in this run'} />
          ) : (
            <VirtualList
              label="Exchanges, in the order in which they ended"
              items={found.items}
              keyOf={({ id }) => id}
              rowHeight={44}
              selected={selected}
              onSelect={onSelect}
              onNearEnd={found.loadMore}
              row={(exchange) => <Row exchange={exchange} />}
            />
          )}
        </Panel>
        <div className="exchanges-detail">
          {selected === null ? (
            <Panel>
              <EmptyState icon="swap" title="Choose an exchange">
                <p>Its request, its answer and the SQL it caused are shown here.</p>
              </EmptyState>
            </Panel>
          ) : (
            <ExchangeDetailPane id={selected} />
          )}
        </div>
      </div>
    </div>
  );
}

function Row({
  exchange: { method, target, status, durationMs, statements, check, id },
}: {
  readonly exchange: ExchangeSummary;
}) {
  return (
    <span className="exchange-row">
      <StatusCode status={status} />
      <span className="exchange-words">
        <span className="exchange-request">
          <b>{visible(method)}</b> {visible(target)}
        </span>
        <span className="exchange-of soft">
          {id} · {check}
        </span>
      </span>
      <span className="exchange-cost soft figures">
        {duration(durationMs)}
        <br />
        {statements === 0 ? '' : `${statements} SQL`}
      </span>
    </span>
  );
}
