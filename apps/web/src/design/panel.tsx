import { type ReactNode, useId } from 'react';
import { classNames } from './class-names.ts';
import './panel.css';

/** A framed part of a page. With a title it is a region that is named by it. */
export function Panel({
  title,
  level = 2,
  note,
  actions,
  flush = false,
  className,
  children,
}: {
  readonly title?: ReactNode;
  /** The heading's level. */
  readonly level?: 2 | 3 | 4;
  /** A sentence below the title. */
  readonly note?: ReactNode;
  readonly actions?: ReactNode;
  /** No padding: what is in it goes to its edges, as a table does. */
  readonly flush?: boolean;
  readonly className?: string;
  readonly children: ReactNode;
}) {
  const id = useId();
  const Heading = `h${level}` as const;
  if (title === undefined)
    return <div className={classNames('panel', flush && 'panel-flush', className)}>{children}</div>;
  return (
    <section className={classNames('panel', flush && 'panel-flush', className)} aria-labelledby={id}>
      <header className="panel-head">
        <div className="panel-words">
          <Heading id={id} className="panel-title">
            {title}
          </Heading>
          {note === undefined ? null : <p className="soft panel-note">{note}</p>}
        </div>
        {actions === undefined ? null : <div className="panel-actions">{actions}</div>}
      </header>
      <div className="panel-body">{children}</div>
    </section>
  );
}
