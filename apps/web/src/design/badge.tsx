import type { CheckStatus, Severity } from '@assay/contract';
import type { ReactNode } from 'react';
import { classNames } from './class-names.ts';
import { Icon, type IconName } from './icon.tsx';
import './badge.css';

interface Look {
  readonly icon: IconName;
  readonly word: string;
}

const looks: Readonly<Record<CheckStatus, Look>> = {
  passed: { icon: 'check', word: 'Passed' },
  failed: { icon: 'cross', word: 'Failed' },
  undecided: { icon: 'question', word: 'Undecided' },
  'not-applicable': { icon: 'dash', word: 'Not applicable' },
};

/** A verdict or a status, in a word. */
export function StatusBadge({ status, large = false }: { readonly status: CheckStatus; readonly large?: boolean }) {
  const { icon, word } = looks[status];
  return (
    <span className={classNames('badge', `tone-${status}`, large && 'badge-large')}>
      <Icon name={icon} size={large ? 18 : 13} />
      {word}
    </span>
  );
}

/** The same where there is only room for its picture. */
export function StatusMark({ status }: { readonly status: CheckStatus }) {
  const { icon, word } = looks[status];
  return (
    <span className={classNames('status-mark', `tone-${status}`)}>
      <Icon name={icon} size={12} label={word} />
    </span>
  );
}

export function SeverityBadge({ severity }: { readonly severity: Severity }) {
  return <span className={classNames('badge', `severity-${severity}`)}>{severity}</span>;
}

/** A small fact beside something: an id, a name from a catalogue. */
export function Tag({ children, mono = false }: { readonly children: ReactNode; readonly mono?: boolean }) {
  return <span className={classNames('tag', mono && 'tag-mono')}>{children}</span>;
}
