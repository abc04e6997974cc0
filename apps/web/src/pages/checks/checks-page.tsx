import { useQuery } from '@tanstack/react-query';
import { getRouteApi, Link } from '@tanstack/react-router';
import { useEffect, useRef, useState } from 'react';
import type { Check } from '../../client/generated/api.ts';
import { checksQuery } from '../../client/queries.ts';
import { SeverityBadge } from '../../design/badge.tsx';
import { Button } from '../../design/button.tsx';
import { SearchInput, Select } from '../../design/field.tsx';
import { EmptyState } from '../../design/states.tsx';
import { useShortcuts } from '../../shell/keyboard/use-shortcuts.ts';
import { Loaded } from '../../shell/loaded.tsx';
import { Page } from '../../shell/page.tsx';
import { skillNames } from '../../shell/skill-names.ts';
import { plural } from '../../shell/words.ts';
import { areaWords } from './areas.ts';
import { findChecks } from './find-checks.ts';
import './checks.css';

const route = getRouteApi('/checks');

/** The handbook: what Assay checks, searchable. */
export function ChecksPage() {
  const { q = '', area } = route.useSearch();
  const navigate = route.useNavigate();
  const query = useQuery(checksQuery);
  const box = useRef<HTMLDivElement>(null);
  useShortcuts([
    {
      keys: '/',
      label: 'Search the checks',
      group: 'This page',
      run: () => box.current?.querySelector('input')?.focus(),
    },
  ]);
  // The address follows what is typed, and what is typed does not wait for it.
  const [typed, setTyped] = useState(q);
  useEffect(() => {
    // Somebody came here by another address; while it is typed in, the field is the newer one.
    if (document.activeElement !== box.current?.querySelector('input')) setTyped(q);
  }, [q]);
  const search = (next: { readonly q?: string; readonly area?: string | undefined }): void => {
    const { q: words, area: where } = { q: typed, area, ...next };
    setTyped(words);
    void navigate({ to: '/checks', search: { q: words === '' ? undefined : words, area: where }, replace: true });
  };
  return (
    <Page
      title="Checks"
      lead="Every claim Assay can prove or refute: why it matters, how it is probed, how to fix what it finds."
    >
      <Loaded query={query} lines={12}>
        {(checks) => {
          const found = findChecks(checks, typed, area ?? null);
          return (
            <>
              <div className="filters" ref={box}>
                <SearchInput
                  label="Search the checks"
                  value={typed}
                  onChange={({ target }) => search({ q: target.value })}
                />
                <label className="filter">
                  <span>Area</span>
                  <Select
                    value={area ?? ''}
                    onChange={({ target }) => search({ area: target.value === '' ? undefined : target.value })}
                  >
                    <option value="">All areas</option>
                    {[...new Set(checks.map((check) => check.area))].map((name) => (
                      <option key={name} value={name}>
                        {name}
                      </option>
                    ))}
                  </Select>
                </label>
              </div>
              <p className="soft" role="status">
                {plural(found.length, 'check')}
              </p>
              {found.length === 0 ? (
                <EmptyState
                  icon="search"
                  title="No check is called like that"
                  actions={<Button onClick={() => search({ q: '', area: undefined })}>Show all</Button>}
                />
              ) : (
                [...Map.groupBy(found, (check) => check.area)].map(([name, some]) => (
                  <Area key={name} name={name} checks={some} />
                ))
              )}
            </>
          );
        }}
      </Loaded>
    </Page>
  );
}

function Area({ name, checks }: { readonly name: string; readonly checks: readonly Check[] }) {
  return (
    <section className="area" aria-labelledby={`area-${name}`}>
      <h2 id={`area-${name}`}>
        {name} <span className="soft area-words">{areaWords[name] ?? ''}</span>
      </h2>
      <ul>
        {checks.map((check) => (
          <li key={check.id} className="check-row">
            <div className="check-words">
              <Link to="/checks/$area/$name" params={{ area: check.area, name: check.name }}>
                {check.claim}
              </Link>
              <code className="soft">{check.id}</code>
            </div>
            <span className="soft check-skill">{skillNames[check.skill]}</span>
            <SeverityBadge severity={check.severity} />
          </li>
        ))}
      </ul>
    </section>
  );
}
