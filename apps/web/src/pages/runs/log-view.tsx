import { useEffect, useLayoutEffect, useRef, useState } from 'react';
import type { OutputLine } from '../../client/live-run.ts';
import { Button } from '../../design/button.tsx';
import { EmptyState } from '../../design/states.tsx';
import { cutTo, visible } from '../../design/visible.ts';

const atFirst = 400;
const longestLine = 2000;

/** Lines as they are printed, following the newest until one scrolls up. Whatever is in them is text. */
export function LogView({
  lines,
  dropped,
  label,
  empty,
}: {
  readonly lines: readonly OutputLine[];
  /** How many older lines are not kept. */
  readonly dropped: number;
  readonly label: string;
  readonly empty: string;
}) {
  const frame = useRef<HTMLDivElement>(null);
  const isAtEnd = useRef(true);
  const [all, setAll] = useState(false);
  const newest = lines.at(-1)?.sequence;
  useLayoutEffect(() => {
    const element = frame.current;
    if (element !== null && isAtEnd.current) element.scrollTop = element.scrollHeight;
  }, [newest]);
  useEffect(() => {
    isAtEnd.current = true;
  }, [label]);
  if (lines.length === 0) return <EmptyState icon="list" title={empty} />;
  const shown = all ? lines : lines.slice(-atFirst);
  const hidden = lines.length - shown.length;
  return (
    <div
      className="log"
      ref={frame}
      role="log"
      aria-live="off"
      aria-label={label}
      // oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex -- what scrolls must be reachable by keyboard
      tabIndex={0}
      onScroll={({ currentTarget: { scrollTop, scrollHeight, clientHeight } }) => {
        isAtEnd.current = scrollHeight - scrollTop - clientHeight < 24;
      }}
    >
      {dropped > 0 ? <p className="log-note">{dropped.toLocaleString('en')} older lines are not shown.</p> : null}
      {hidden > 0 ? (
        <Button size="s" variant="quiet" onClick={() => setAll(true)}>
          Show {hidden.toLocaleString('en')} earlier lines
        </Button>
      ) : null}
      {shown.map(({ sequence, stream, line, instance }) => {
        const { text, left } = cutTo(line, longestLine);
        return (
          <div key={sequence} className="log-line" data-stream={stream}>
            {instance === null ? null : <span className="log-instance">{instance}</span>}
            <span>
              {visible(text)}
              {left > 0 ? <i> … {left.toLocaleString('en')} more characters</i> : null}
            </span>
          </div>
        );
      })}
    </div>
  );
}
