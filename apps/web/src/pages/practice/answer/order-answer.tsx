import { type DragEvent, type KeyboardEvent, useRef, useState } from 'react';
import type { ShownOf } from '../../../client/practice.ts';
import { IconButton } from '../../../design/button.tsx';
import { classNames } from '../../../design/class-names.ts';
import { Markdown } from '../../../markdown/markdown.tsx';
import { announce } from '../../../shell/announce.tsx';
import { useDraft } from '../use-draft.ts';
import type { ControlOf } from './answer-control.tsx';
import { moved } from './moved.ts';
import { useTold } from './use-told.ts';

/** Items to be put in order: by dragging, by the arrow keys, or by the buttons beside them. As it stands at first it is an answer only once that was said. */
export function OrderAnswer({ id, shown: { items }, onChange }: ControlOf<ShownOf<'order'>>) {
  const [order, setOrder] = useDraft<number[]>(
    id,
    items.map((_, index) => index + 1),
  );
  const [isMeant, setMeant] = useDraft(`${id}-meant`, false);
  const isAsGiven = order.every((number, index) => number === index + 1);
  const arrange = (next: number[]): void => {
    setOrder(next);
    setMeant(true);
  };
  const [dragged, setDragged] = useState<number | null>(null);
  const list = useRef<HTMLOListElement>(null);
  useTold(isMeant ? order : null, onChange);
  const move = (from: number, to: number): void => {
    if (to < 0 || to >= order.length || from === to) return;
    arrange(moved(order, from, to));
    announce(`${to + 1} of ${order.length}`);
    requestAnimationFrame(() => list.current?.querySelectorAll<HTMLElement>('[data-item]')[to]?.focus());
  };
  const onKey = (event: KeyboardEvent, at: number): void => {
    if (event.target !== event.currentTarget) return;
    const step = { ArrowUp: -1, ArrowDown: 1 }[event.key];
    if (step === undefined) return;
    if (event.altKey || event.shiftKey) move(at, at + step);
    else list.current?.querySelectorAll<HTMLElement>('[data-item]')[at + step]?.focus();
    event.preventDefault();
  };
  return (
    <div className="order">
      <p className="soft order-how" id={`${id}-how`}>
        Drag, or <kbd>↑</kbd> <kbd>↓</kbd> to go and <kbd>Shift</kbd> <kbd>↑</kbd> <kbd>↓</kbd> to move.
      </p>
      <ol ref={list} aria-describedby={`${id}-how`}>
        {order.map((number, index) => (
          <li
            key={number}
            className={classNames('order-item', dragged === index && 'order-dragged')}
            draggable
            onDragStart={(event: DragEvent) => {
              setDragged(index);
              event.dataTransfer.effectAllowed = 'move';
            }}
            onDragOver={(event) => {
              event.preventDefault();
              if (dragged === null || dragged === index) return;
              arrange(moved(order, dragged, index));
              setDragged(index);
            }}
            onDragEnd={() => setDragged(null)}
          >
            {/* It takes the keys that move it. Not a button: nothing is to be pressed, and code that can be scrolled and copied may stand in it. */}
            {/* oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex */}
            <div
              id={`${id}-item-${number}`}
              className="order-text"
              data-item={number}
              role="group"
              aria-roledescription="movable item"
              aria-labelledby={`${id}-item-${number}`}
              tabIndex={0}
              onKeyDown={(event) => onKey(event, index)}
            >
              <span className="order-number figures">{index + 1}</span>
              <Markdown source={items[number - 1] ?? ''} />
            </div>
            <span className="order-buttons">
              <IconButton
                size="s"
                icon="chevron-up"
                label={`Move ${index + 1} up`}
                disabled={index === 0}
                onClick={() => move(index, index - 1)}
              />
              <IconButton
                size="s"
                icon="chevron-down"
                label={`Move ${index + 1} down`}
                disabled={index === order.length - 1}
                onClick={() => move(index, index + 1)}
              />
            </span>
          </li>
        ))}
      </ol>
      {isAsGiven ? (
        <label className="option">
          <input type="checkbox" checked={isMeant} onChange={({ target }) => setMeant(target.checked)} />
          It is right as it stands
        </label>
      ) : null}
    </div>
  );
}
