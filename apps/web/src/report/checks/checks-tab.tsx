import type { CheckResult, CheckStatus, Report, Skill } from '@assay/contract';
import { useState } from 'react';
import { StatusMark } from '../../design/badge.tsx';
import { SearchInput } from '../../design/field.tsx';
import { Disclosure } from '../../design/disclosure.tsx';
import { Panel } from '../../design/panel.tsx';
import { EmptyState } from '../../design/states.tsx';
import { CheckName } from '../check-name.tsx';
import { useReport } from '../context.tsx';
import { Prose } from '../text/prose.tsx';
import { count, duration } from '../text/figures.ts';
import { skillNames, statusNames } from '../text/words.ts';
import { sharedCauses } from './shared-causes.ts';
import { StatusBar } from './status-bar.tsx';
import './checks-tab.css';

const order: Readonly<Record<CheckStatus, number>> = { failed: 0, undecided: 1, passed: 2, 'not-applicable': 3 };
const skillsOf = Object.keys(skillNames) as Skill[];

/** What holds and what does not, by skill; what does not apply stands below, with the reason. */
export function ChecksTab({ report }: { readonly report: Report }) {
  const [words, setWords] = useState('');
  const [only, setOnly] = useState<CheckStatus | null>(null);
  const matches = ({ id, claim, reason }: CheckResult): boolean =>
    words
      .toLowerCase()
      .split(/\s+/)
      .every((word) => `${id} ${claim} ${reason}`.toLowerCase().includes(word));
  const judged = report.checks.filter((check) => check.status !== 'not-applicable');
  const shown = judged.filter((check) => matches(check) && (only === null || check.status === only));
  const causes = sharedCauses(report.checks);
  const causeOfCheck = new Map(causes.flatMap(({ cause, checks }) => checks.map((id) => [id, cause] as const)));
  const skipped = report.checks.filter((check) => check.status === 'not-applicable' && matches(check));
  const groups = skillsOf
    .map((skill) => ({ skill, checks: shown.filter((check) => check.skill === skill) }))
    .filter(({ checks }) => checks.length > 0);
  return (
    <div className="checks">
      <div className="checks-filter" role="search">
        <SearchInput label="Search the checks" value={words} onChange={(event) => setWords(event.target.value)} />
        <div className="chips" role="group" aria-label="Status">
          {(['failed', 'undecided', 'passed'] as const).map((status) => (
            <button
              key={status}
              type="button"
              className="chip"
              aria-pressed={only === status}
              onClick={() => setOnly(only === status ? null : status)}
            >
              <StatusMark status={status} />
              {judged.filter((check) => check.status === status).length} {statusNames[status]}
            </button>
          ))}
        </div>
      </div>
      {groups.length === 0 ? <EmptyState icon="search" title="No check matches" /> : null}
      {causes.map(({ cause, reason, checks }) => (
        <Panel key={cause} title={`${count(checks.length, 'check')} undecided for one cause`}>
          <p>
            <Prose text={reason} />
          </p>
        </Panel>
      ))}
      <div className="checks-groups">
        {groups.map(({ skill, checks }) => (
          <Panel key={skill} flush title={skillNames[skill]} actions={<StatusBar result={report.skills[skill]} />}>
            <ul className="check-list">
              {checks
                .toSorted((a, b) => order[a.status] - order[b.status])
                .map((check) => (
                  <Check key={check.id} check={check} cause={causeOfCheck.get(check.id) ?? null} />
                ))}
            </ul>
          </Panel>
        ))}
      </div>
      {skipped.length === 0 || (only !== null && only !== 'not-applicable') ? null : (
        <Disclosure summary={`${count(skipped.length, 'check does', 'checks do')} not apply here`}>
          <ul className="check-list">
            {skipped.map((check) => (
              <Check key={check.id} check={check} cause={null} />
            ))}
          </ul>
        </Disclosure>
      )}
    </div>
  );
}

/** `cause`: what others are undecided for as well, which is told above once for all of them. */
function Check({ check, cause }: { readonly check: CheckResult; readonly cause: string | null }) {
  const { openFinding } = useReport();
  const { id, claim, status, reason, durationMs, findings } = check;
  return (
    <li className="check">
      <StatusMark status={status} />
      <div className="check-told">
        <p className="check-claim">
          <Prose text={claim} />
        </p>
        <p className="check-facts soft">
          <CheckName id={id} />
          {status === 'not-applicable' ? '' : <span className="figures"> · {duration(durationMs)}</span>}
          {reason === '' || findings.length > 0 ? null : (
            <>
              {' · '}
              <Prose text={cause === null ? reason : `${cause}, see above`} />
            </>
          )}
        </p>
        {findings.length === 0 ? null : (
          <ul className="check-findings">
            {findings.map((finding) => (
              <li key={finding.id}>
                <button type="button" className="text-button" onClick={() => openFinding(finding.id)}>
                  <Prose text={finding.title} />
                </button>
              </li>
            ))}
          </ul>
        )}
      </div>
    </li>
  );
}
