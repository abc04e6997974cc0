import { type KeyboardEvent, type ReactNode, useEffect, useId, useState } from 'react';
import { Dialog } from '../dialog.tsx';
import { KeyCaps } from '../keyboard/key-caps.tsx';
import { type Command, type FoundCommand, search } from './commands.ts';

/** Finds anything by a few letters: pages, what can be done here, challenges, checks, runs. */
export function Palette({
  commands,
  first,
  onClose,
}: {
  readonly commands: readonly Command[];
  /** The groups that are shown before anything is typed. */
  readonly first: readonly string[];
  readonly onClose: () => void;
}): ReactNode {
  const id = useId();
  const [query, setQuery] = useState('');
  const [chosen, setChosen] = useState(0);
  const groups = search(query, commands, first);
  const all = groups.flatMap(({ found }) => found);
  const current = Math.min(chosen, all.length - 1);
  const optionId = (index: number): string => `${id}-option-${index}`;

  useEffect(() => {
    document.getElementById(optionId(current))?.scrollIntoView({ block: 'nearest' });
  });

  const choose = (found: FoundCommand | undefined): void => {
    if (found === undefined) return;
    onClose();
    found.command.run();
  };
  const onKeyDown = (event: KeyboardEvent): void => {
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (step !== undefined && all.length > 0) {
      event.preventDefault();
      setChosen((current + step + all.length) % all.length);
    } else if (event.key === 'Enter') {
      event.preventDefault();
      choose(all[current]);
    }
  };

  let index = -1;
  return (
    <Dialog label="Search and commands" className="palette" onClose={onClose}>
      <input
        className="palette-input"
        type="text"
        role="combobox"
        aria-expanded="true"
        aria-controls={`${id}-list`}
        aria-activedescendant={all.length === 0 ? undefined : optionId(current)}
        aria-autocomplete="list"
        aria-label="Search pages, checks, challenges and runs"
        placeholder="Search pages, checks, challenges, runs …"
        autoComplete="off"
        spellCheck={false}
        autoFocus
        value={query}
        onChange={(event) => {
          setQuery(event.target.value);
          setChosen(0);
        }}
        onKeyDown={onKeyDown}
      />
      <div className="palette-list" id={`${id}-list`} role="listbox" aria-label="Found">
        {groups.map(({ group, found }) => (
          <div key={group} role="group" aria-labelledby={`${id}-${group}`}>
            <div className="palette-group" id={`${id}-${group}`} role="presentation">
              {group}
            </div>
            {found.map((one) => {
              index += 1;
              const here = index;
              return (
                <div
                  key={one.command.id}
                  id={optionId(here)}
                  className="palette-option"
                  role="option"
                  aria-selected={here === current}
                  onClick={() => choose(one)}
                  onPointerMove={() => {
                    if (here !== current) setChosen(here);
                  }}
                >
                  <span className="palette-label">
                    <Stressed text={one.command.label} letters={one.letters} />
                  </span>
                  <span className="palette-hint">{one.command.hint}</span>
                  {one.command.keys === undefined ? null : <KeyCaps keys={one.command.keys} />}
                </div>
              );
            })}
          </div>
        ))}
      </div>
      <p className="palette-foot" role="status">
        {all.length === 0 ? 'Nothing is called like that.' : `${all.length} found. Arrow keys choose, Enter opens.`}
      </p>
    </Dialog>
  );
}

function Stressed({ text, letters }: { readonly text: string; readonly letters: readonly number[] }): ReactNode {
  if (letters.length === 0) return text;
  const stressed = new Set(letters);
  return [...text].map((letter, index) => (stressed.has(index) ? <b key={index}>{letter}</b> : letter));
}
