import { type KeyboardEvent, type ReactNode, useEffect, useId, useLayoutEffect, useRef, useState } from 'react';
import { classNames } from '../../design/class-names.ts';
import './virtual-list.css';

/** Rows above and below those that are seen, so that a quick scroll meets no gap. */
const spare = 12;

/**
 * A list of which only the rows in sight exist, all of one height. One tab stop: arrows, Page Up and Down, Home and End choose a row.
 */
export function VirtualList<Item>({
  label,
  items,
  keyOf,
  rowHeight,
  selected,
  onSelect,
  onNearEnd,
  row,
}: {
  readonly label: string;
  readonly items: readonly Item[];
  readonly keyOf: (item: Item) => string;
  readonly rowHeight: number;
  readonly selected: string | null;
  readonly onSelect: (key: string) => void;
  /** Called when the last rows come into sight. */
  readonly onNearEnd: () => void;
  readonly row: (item: Item) => ReactNode;
}) {
  const base = useId();
  const frame = useRef<HTMLDivElement>(null);
  const [top, setTop] = useState(0);
  const [height, setHeight] = useState(600);
  const at = items.findIndex((item) => keyOf(item) === selected);

  useLayoutEffect(() => {
    const { current } = frame;
    if (current === null) return undefined;
    setHeight(current.clientHeight);
    const observer = new ResizeObserver(() => setHeight(current.clientHeight));
    observer.observe(current);
    return () => observer.disconnect();
  }, []);

  // What is chosen, from here or from elsewhere, comes into sight.
  useEffect(() => {
    const { current } = frame;
    if (current === null || at === -1) return;
    const [from, to] = [at * rowHeight, (at + 1) * rowHeight];
    if (from < current.scrollTop) current.scrollTop = from;
    else if (to > current.scrollTop + current.clientHeight) current.scrollTop = to - current.clientHeight;
  }, [at, rowHeight]);

  const first = Math.max(0, Math.floor(top / rowHeight) - spare);
  const last = Math.min(items.length, Math.ceil((top + height) / rowHeight) + spare);
  useEffect(() => {
    if (last === items.length) onNearEnd();
    // oxlint-disable-next-line react/exhaustive-deps -- only when the end comes into sight
  }, [last, items.length]);

  const move = (event: KeyboardEvent): void => {
    const page = Math.max(1, Math.floor(height / rowHeight) - 1);
    const to = {
      ArrowDown: at + 1,
      ArrowUp: at === -1 ? 0 : at - 1,
      PageDown: at + page,
      PageUp: at - page,
      Home: 0,
      End: items.length - 1,
    }[event.key];
    if (to === undefined) return;
    event.preventDefault();
    const item = items[Math.min(items.length - 1, Math.max(0, to))];
    if (item !== undefined) onSelect(keyOf(item));
  };
  const active = at >= first && at < last && at !== -1 ? `${base}-${at}` : undefined;
  return (
    <div
      ref={frame}
      className="virtual-list"
      role="listbox"
      tabIndex={0}
      aria-label={label}
      aria-activedescendant={active}
      onKeyDown={move}
      onScroll={(event) => setTop(event.currentTarget.scrollTop)}
    >
      <div role="presentation" className="virtual-space" style={{ height: items.length * rowHeight }}>
        {items.slice(first, last).map((item, index) => {
          const place = first + index;
          const key = keyOf(item);
          return (
            // oxlint-disable-next-line jsx-a11y/click-events-have-key-events -- the list takes the keys
            <div
              key={key}
              id={`${base}-${place}`}
              role="option"
              tabIndex={-1}
              aria-selected={place === at}
              aria-setsize={items.length}
              aria-posinset={place + 1}
              className={classNames('virtual-row', place === at && 'virtual-chosen')}
              style={{ height: rowHeight, transform: `translateY(${place * rowHeight}px)` }}
              onClick={() => onSelect(key)}
            >
              {row(item)}
            </div>
          );
        })}
      </div>
    </div>
  );
}
