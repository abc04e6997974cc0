import type { Report, Skill } from '@assay/contract';
import type { ReactNode } from 'react';
import { StatusBadge } from '../design/badge.tsx';
import { Disclosure } from '../design/disclosure.tsx';
import { visible } from '../design/visible.ts';
import { StatusBar } from './checks/status-bar.tsx';
import { count, duration, moment } from './text/figures.ts';
import { skillNames } from './text/words.ts';
import './report-head.css';

/** The verdict and why; what was judged, and against what; each skill's share. */
export function ReportHead({ report, actions }: { readonly report: Report; readonly actions?: ReactNode }) {
  const { backend, challenge, contract, durations, traffic } = report;
  const { language, framework, runtime } = backend.stack;
  const stack = [framework, language].filter((word) => word !== null).join(', ');
  const facts: readonly (readonly [string, ReactNode])[] = [
    ['Stack', visible(`${stack}${runtime === null ? '' : ` on ${runtime}`}`)],
    ['Judged against', challenge === null ? visible(contract.source) : `the challenge ${challenge}`],
    ['When', moment(report.startedAt)],
    ['Seed', <code key="seed">{report.seed}</code>],
    ['Took', `${duration(durations.total)} (build ${duration(durations.build)}, checks ${duration(durations.checks)})`],
    ['Watched', `${count(traffic.exchanges, 'request')}, ${count(traffic.statements, 'SQL statement')}`],
  ];
  const shown = (Object.keys(skillNames) as Skill[]).filter((skill) => {
    const { passed, failed, undecided } = report.skills[skill];
    return passed + failed + undecided > 0;
  });
  return (
    <header className="report-head panel" data-verdict={report.verdict}>
      <div className="report-verdict">
        <StatusBadge status={report.verdict} large />
        <div className="report-words">
          <h1>{visible(nameOf(backend.path))}</h1>
          <p className="report-reason">{visible(report.reason)}</p>
        </div>
        {actions === undefined ? null : <div className="report-actions">{actions}</div>}
      </div>
      {shown.length === 0 ? null : (
        <ul className="report-skills">
          {shown.map((skill) => (
            <li key={skill}>
              <span className="report-skill">{skillNames[skill]}</span>
              <StatusBar result={report.skills[skill]} />
            </li>
          ))}
        </ul>
      )}
      <Disclosure summary="About this run">
        <dl className="report-facts">
          <div>
            <dt>Folder</dt>
            <dd>
              <code>{visible(backend.path)}</code>
            </dd>
          </div>
          {facts.map(([name, value]) => (
            <div key={name}>
              <dt>{name}</dt>
              <dd>{value}</dd>
            </div>
          ))}
          <div>
            <dt>Sandbox</dt>
            <dd>{visible(report.sandbox.note)}</dd>
          </div>
          <div>
            <dt>Run</dt>
            <dd>
              <code>{report.run}</code>, Assay {report.tool.version}
            </dd>
          </div>
          {contract.problems.length === 0 ? null : (
            <div>
              <dt>The contract</dt>
              <dd>
                {contract.problems.slice(0, 20).map(({ message, line }) => (
                  <p key={`${line} ${message}`}>
                    {line === null ? '' : `line ${line}: `}
                    {visible(message)}
                  </p>
                ))}
              </dd>
            </div>
          )}
        </dl>
      </Disclosure>
    </header>
  );
}

/** The last part of the path: what people call their backend. */
function nameOf(path: string): string {
  return path.split(/[\\/]/).filter(Boolean).at(-1) ?? path;
}
