import { type KeyboardEvent, useRef } from 'react';
import type { ShownOf } from '../../../client/practice.ts';
import { visible } from '../../../design/visible.ts';
import { useShortcuts } from '../../../shell/keyboard/use-shortcuts.ts';
import { useDraft } from '../use-draft.ts';
import type { ControlOf } from './answer-control.tsx';
import { useTold } from './use-told.ts';

/** One line of a file, or none of them. */
export function LineAnswer({ id, shown, onChange, onSubmit }: ControlOf<ShownOf<'line'>>) {
  const [chosen, setChosen] = useDraft<number | 'none' | null>(id, null);
  useTold(chosen, onChange);
  const list = useRef<HTMLDivElement>(null);
  const lines = visible(shown.code).split('\n');
  const last = shown.firstLine + lines.length - 1;
  const choose = (line: number | 'none'): void => {
    setChosen(line);
    if (line !== 'none')
      requestAnimationFrame(() =>
        document.getElementById(`${id}-${line}`)?.scrollIntoView({ block: 'nearest', behavior: 'instant' }),
      );
  };
  useShortcuts([{ keys: '0', label: 'Nothing is wrong', group: 'This question', run: () => choose('none') }]);
  const onKey = (event: KeyboardEvent): void => {
    const at = typeof chosen === 'number' ? chosen : shown.firstLine - 1;
    const to = { ArrowDown: at + 1, ArrowUp: at - 1, PageDown: at + 10, PageUp: at - 10, Home: 0, End: last }[
      event.key
    ];
    if (event.key === 'Enter') onSubmit();
    else if (to === undefined) return;
    else choose(Math.min(last, Math.max(shown.firstLine, to)));
    event.preventDefault();
  };
  return (
    <div className="lines">
      <p className="soft">
        Choose the line with the defect: <kbd>↑</kbd> <kbd>↓</kbd>, or press it.
      </p>
      <div className="lines-head">
        <code>{shown.file}</code>
      </div>
      <div
        ref={list}
        className="lines-list"
        role="listbox"
        aria-label={`Lines of ${shown.file}`}
        tabIndex={0}
        aria-activedescendant={typeof chosen === 'number' ? `${id}-${chosen}` : undefined}
        onKeyDown={onKey}
      >
        {lines.map((line, index) => {
          const number = shown.firstLine + index;
          return (
            <div
              key={number}
              id={`${id}-${number}`}
              role="option"
              tabIndex={-1}
              aria-selected={chosen === number}
              className="line"
              onClick={() => choose(number)}
              onKeyDown={() => undefined}
            >
              <span className="line-number figures">{number}</span>
              <code>{line === '' ? ' ' : line}</code>
            </div>
          );
        })}
      </div>
      <label className="option lines-none">
        <input type="checkbox" checked={chosen === 'none'} onChange={() => choose('none')} />
        <kbd aria-hidden="true">0</kbd>
        Nothing is wrong with it
      </label>
      <p className="figures" role="status">
        {chosen === null ? 'No line is chosen yet.' : chosen === 'none' ? 'Nothing is wrong.' : `Line ${chosen}.`}
      </p>
    </div>
  );
}
