import type { CheckStatus, Skill } from '@assay/contract';
import { Link } from '@tanstack/react-router';
import type { LiveCheck } from '../../client/live-run.ts';
import { StatusMark } from '../../design/badge.tsx';
import { Icon } from '../../design/icon.tsx';
import { skillNames } from '../../shell/skill-names.ts';

const order = ['running', 'failed', 'undecided', 'passed'] as const;

/** Checks by skill, as they come to their end. What has been found is told at once; what waits, or does not apply, is only counted. */
export function LiveChecks({
  checks,
  isOver,
}: {
  readonly checks: readonly LiveCheck[];
  /** What has not ended by then, never will. */
  readonly isOver: boolean;
}) {
  const groups = Map.groupBy(checks, ({ skill }) => skill);
  return (
    <div className="live-checks">
      {[...groups].map(([skill, some]) => (
        <section key={skill} aria-label={skillNames[skill]}>
          <SkillHead skill={skill} checks={some} />
          <ul className="live-list">
            {order.flatMap((state) =>
              some
                .filter((check) => check.state === state)
                .map((check) => <LiveRow key={check.id} check={check} isOver={isOver} />),
            )}
          </ul>
          <Counted checks={some} isOver={isOver} />
        </section>
      ))}
    </div>
  );
}

function Counted({ checks, isOver }: { readonly checks: readonly LiveCheck[]; readonly isOver: boolean }) {
  const waiting = checks.filter(({ state }) => state === 'waiting').length;
  const without = checks.filter(({ state }) => state === 'not-applicable').length;
  const words = [
    ...(waiting > 0 ? [`${waiting} ${isOver ? 'not begun' : 'waiting'}`] : []),
    ...(without > 0 ? [`${without} not applicable`] : []),
  ];
  return words.length === 0 ? null : <p className="soft figures live-counted">{words.join(', ')}</p>;
}

function SkillHead({ skill, checks }: { readonly skill: Skill; readonly checks: readonly LiveCheck[] }) {
  const ended = checks.filter(({ result }) => result !== null).length;
  const failed = checks.filter(({ state }) => state === 'failed').length;
  return (
    <h3 className="live-skill">
      <span>{skillNames[skill]}</span>
      <span className="soft figures">
        {ended} of {checks.length}
        {failed > 0 ? <span className="live-failed">, {failed} failed</span> : null}
      </span>
    </h3>
  );
}

function LiveRow({ check, isOver }: { readonly check: LiveCheck; readonly isOver: boolean }) {
  const { id, claim, state, note, result } = check;
  const [area = '', name = ''] = id.split('/');
  const isCut = isOver && state === 'running';
  const hasPage = area !== 'scenario' && area !== 'launch';
  return (
    <li className="live-row" data-state={isCut ? 'waiting' : state}>
      <StateMark state={isCut ? 'cut' : state} />
      <div className="live-words">
        <span className="live-claim">
          {hasPage ? (
            <Link to="/checks/$area/$name" params={{ area, name }}>
              {claim}
            </Link>
          ) : (
            claim
          )}
        </span>
        {isCut ? <span className="live-note">not finished</span> : null}
        {note === null ? null : <span className="live-note">{note}</span>}
        {result?.findings.map(({ id: finding, title }) => (
          <span key={finding} className="live-finding">
            {title}
          </span>
        ))}
        {state === 'undecided' && result !== null ? <span className="live-note">{result.reason}</span> : null}
      </div>
    </li>
  );
}

function StateMark({ state }: { readonly state: 'waiting' | 'running' | 'cut' | CheckStatus }) {
  if (state === 'waiting') return null;
  if (state === 'cut')
    return (
      <span className="mark-cut">
        <Icon name="stop" size={14} />
      </span>
    );
  if (state === 'running')
    return (
      <span className="mark-running" role="img" aria-label="Running">
        <span className="spinner" />
      </span>
    );
  return <StatusMark status={state} />;
}
