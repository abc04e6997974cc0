import type { ReactNode } from 'react';
import { classNames } from './class-names.ts';
import { Icon, type IconName } from './icon.tsx';
import './states.css';

/** Nothing is here yet, why, and what to do about it. */
export function EmptyState({
  icon = 'folder',
  title,
  children,
  actions,
}: {
  readonly icon?: IconName;
  readonly title: string;
  readonly children?: ReactNode;
  readonly actions?: ReactNode;
}) {
  return (
    <div className="state">
      <span className="state-icon">
        <Icon name={icon} size={22} />
      </span>
      <p className="state-title">{title}</p>
      {children === undefined ? null : <div className="state-text">{children}</div>}
      {actions === undefined ? null : <div className="state-actions">{actions}</div>}
    </div>
  );
}

/** Something went wrong on our side: what, and what helps. */
export function ErrorState({
  title,
  message,
  fix,
  actions,
}: {
  readonly title: string;
  readonly message: string;
  readonly fix?: string | null;
  readonly actions?: ReactNode;
}) {
  return (
    <div className="state state-error" role="alert">
      <span className="state-icon">
        <Icon name="warning" size={22} />
      </span>
      <p className="state-title">{title}</p>
      <div className="state-text">
        <p>{message}</p>
        {fix === undefined || fix === null ? null : <p>{fix}</p>}
      </div>
      {actions === undefined ? null : <div className="state-actions">{actions}</div>}
    </div>
  );
}

/** The place of what is being fetched: so many lines, which a screen reader hears as one word. */
export function Skeleton({ lines = 3, className }: { readonly lines?: number; readonly className?: string }) {
  return (
    <div className={classNames('skeleton', className)} role="status">
      <span className="visually-hidden">Loading</span>
      {Array.from({ length: lines }, (_, line) => (
        <span key={line} className="skeleton-line" style={{ width: `${[100, 92, 78, 96, 64][line % 5]}%` }} />
      ))}
    </div>
  );
}

/** A remark in the flow of a page; it needs no pointing at. */
export function Hint({
  tone = 'neutral',
  children,
}: {
  readonly tone?: 'neutral' | 'passed' | 'failed' | 'undecided';
  readonly children: ReactNode;
}) {
  return (
    <div className={classNames('hint', `hint-${tone}`)}>
      <Icon name={tone === 'passed' ? 'check' : tone === 'neutral' ? 'info' : 'warning'} />
      <div>{children}</div>
    </div>
  );
}
