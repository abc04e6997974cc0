import { type ReactNode, useEffect, useRef } from 'react';
import { Skeleton } from '../../design/states.tsx';
import { Markdown } from '../../markdown/markdown.tsx';
import { LoadFault } from '../load-fault.tsx';
import type { ReportSource } from '../source.ts';
import { useLoaded } from '../use-loaded.ts';

/** The page of a check in the file, in place of the report. It takes the focus, and is read from its beginning. */
export function HandbookPage({
  check,
  source,
  back,
  checkHref,
}: {
  readonly check: string;
  readonly source: ReportSource;
  /** Where in the file the report is. */
  readonly back: string;
  readonly checkHref: (check: string) => string | null;
}) {
  const loaded = useLoaded(source, check, () => source.handbook(check));
  const top = useRef<HTMLElement>(null);
  useEffect(() => {
    const title = document.title;
    document.title = `${check} · ${title}`;
    top.current?.focus({ preventScroll: true });
    scrollTo(0, 0);
    return () => {
      document.title = title;
    };
  }, [check]);
  const pageLink = (path: string, words: ReactNode): ReactNode => {
    const href = checkHref(path.replace(/^\/checks\//, ''));
    return href === null ? words : <a href={href}>{words}</a>;
  };
  return (
    <article ref={top} className="file-handbook" tabIndex={-1} aria-label={check}>
      <p className="file-back">
        <a href={back}>Back to the report</a>
      </p>
      {loaded.state === 'failed' ? (
        <LoadFault title={`The page of ${check} could not be read`} message={loaded.message} retry={loaded.retry} />
      ) : loaded.state === 'loading' ? (
        <Skeleton lines={14} />
      ) : (
        <Markdown source={loaded.value ?? ''} links={{ base: `docs/checks/${check}.md`, pageLink }} />
      )}
    </article>
  );
}
