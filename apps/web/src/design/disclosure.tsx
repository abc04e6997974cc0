import type { ReactNode } from 'react';
import { Icon } from './icon.tsx';
import './disclosure.css';

/** A part that opens. What is in it is there for the browser's search and without scripts. */
export function Disclosure({
  summary,
  open,
  onToggle,
  children,
}: {
  readonly summary: ReactNode;
  readonly open?: boolean;
  readonly onToggle?: (open: boolean) => void;
  readonly children: ReactNode;
}) {
  return (
    <details className="disclosure" open={open} onToggle={(event) => onToggle?.(event.currentTarget.open)}>
      <summary>
        <Icon name="chevron" size={14} />
        <span>{summary}</span>
      </summary>
      <div className="disclosure-body">{children}</div>
    </details>
  );
}
