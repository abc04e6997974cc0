import { type ReactNode, useEffect, useRef } from 'react';

let isFirst = true;

/** A page: its title in the window and as the one h1, which takes the focus when one comes here from another page. */
export function Page({
  title,
  heading,
  lead,
  actions,
  above,
  wide = false,
  bare = false,
  children,
}: {
  readonly title: string;
  /** What stands as the heading when it is more than the title's words. */
  readonly heading?: ReactNode;
  readonly lead?: ReactNode;
  readonly actions?: ReactNode;
  /** Stands above the heading: the way back. */
  readonly above?: ReactNode;
  readonly wide?: boolean;
  /** What is in it brings the h1 itself. */
  readonly bare?: boolean;
  readonly children: ReactNode;
}) {
  const top = useRef<HTMLDivElement>(null);
  const focused = useRef<Element | null>(null);
  useEffect(() => {
    document.title = `${title} · Assay`;
  }, [title]);
  useEffect(() => {
    // The browser has its own place for the focus on the first page.
    if (!isFirst)
      (top.current?.querySelector<HTMLElement>('h1[tabindex]') ?? top.current)?.focus({ preventScroll: true });
    isFirst = false;
  }, []);
  // What had the focus may go when the page becomes another, as the button that stops a run does with the run's end.
  useEffect(() => {
    if (focused.current?.isConnected === false && document.activeElement === document.body)
      top.current?.focus({ preventScroll: true });
  }, [title, bare]);
  return (
    <div
      ref={top}
      tabIndex={-1}
      className={wide ? 'page page-wide' : 'page'}
      onFocus={({ target }) => {
        focused.current = target;
      }}
    >
      {above === undefined ? null : <div className="page-above">{above}</div>}
      {bare ? null : (
        <header className="page-head">
          <div className="page-words">
            <h1 tabIndex={-1}>{heading ?? title}</h1>
            {lead === undefined ? null : <div className="page-lead">{lead}</div>}
          </div>
          {actions === undefined ? null : <div className="page-actions">{actions}</div>}
        </header>
      )}
      {children}
    </div>
  );
}
