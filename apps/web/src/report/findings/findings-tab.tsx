import type { Report } from '@assay/contract';
import { useRef } from 'react';
import { SeverityBadge, Tag } from '../../design/badge.tsx';
import { Button } from '../../design/button.tsx';
import { classNames } from '../../design/class-names.ts';
import { Panel } from '../../design/panel.tsx';
import { EmptyState } from '../../design/states.tsx';
import { visible } from '../../design/visible.ts';
import { Prose } from '../text/prose.tsx';
import { FindingStory } from './finding-story.tsx';
import type { FoundFinding } from './list-findings.ts';
import './findings-tab.css';
import { count } from '../text/figures.ts';

/** The findings beside the story of the chosen one. */
export function FindingsTab({
  report,
  findings,
  selected,
  onSelect,
}: {
  readonly report: Report;
  readonly findings: readonly FoundFinding[];
  /** The finding's id; anything else is the first one. */
  readonly selected: string | null;
  readonly onSelect: (id: string) => void;
}) {
  const story = useRef<HTMLDivElement>(null);
  const at = Math.max(
    0,
    findings.findIndex(({ finding }) => finding.id === selected),
  );
  const found = findings[at];
  if (found === undefined) return <NoFindings report={report} />;
  const go = (id: string): void => {
    onSelect(id);
    // On a narrow screen the story stands below the list.
    story.current?.scrollIntoView({ block: 'nearest' });
  };
  const [before, after] = [findings[at - 1], findings[at + 1]];
  return (
    <div className="findings">
      <nav className="findings-list" aria-label="Findings, the worst first">
        <ol>
          {findings.map(({ finding, check }) => (
            <li key={finding.id}>
              <button
                type="button"
                className={classNames('finding-item', finding.id === found.finding.id && 'finding-chosen')}
                aria-current={finding.id === found.finding.id ? 'true' : undefined}
                onClick={() => go(finding.id)}
              >
                <span className="finding-top">
                  <SeverityBadge severity={finding.severity} />
                  <span className="finding-check">{check.id}</span>
                  {finding.known === true ? <Tag>known</Tag> : null}
                </span>
                <span className="finding-name">
                  <Prose text={finding.title} />
                </span>
              </button>
            </li>
          ))}
        </ol>
      </nav>
      <div className="findings-story" ref={story}>
        <Panel>
          <FindingStory
            key={found.finding.id}
            finding={found.finding}
            check={found.check}
            stack={report.backend.stack}
            level={2}
          />
        </Panel>
        {findings.length < 2 ? null : (
          <div className="findings-pager">
            <Button disabled={before === undefined} onClick={() => before && go(before.finding.id)}>
              Previous
            </Button>
            <span className="soft figures">
              {at + 1} of {findings.length}
            </span>
            <Button disabled={after === undefined} onClick={() => after && go(after.finding.id)}>
              Next
            </Button>
          </div>
        )}
      </div>
    </div>
  );
}

function NoFindings({ report }: { readonly report: Report }) {
  const undecided = report.checks.filter(({ status }) => status === 'undecided').length;
  const holding = report.checks.filter(({ status }) => status === 'passed');
  const passed = holding.length;
  // That it starts proves nothing of what it does.
  const isProven = holding.some(({ area }) => area !== 'launch');
  return (
    <Panel>
      <EmptyState
        icon={report.verdict === 'passed' ? 'check' : 'question'}
        title={isProven ? 'No check found anything wrong' : 'Nothing was proven, and nothing refuted'}
      >
        <p>
          {!isProven && undecided === 0
            ? visible(report.reason)
            : undecided > 0
              ? `${count(passed, 'check')} passed and ${undecided} stayed undecided; the tab Checks says why.`
              : `${count(passed, 'check')} passed; the tab Checks says what each rests on.`}
        </p>
      </EmptyState>
    </Panel>
  );
}
