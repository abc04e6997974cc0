import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { type KeyboardEvent, useId, useState } from 'react';
import { foldersQuery } from '../../client/queries.ts';
import { Icon } from '../../design/icon.tsx';
import { Tag } from '../../design/badge.tsx';
import './folder-field.css';

/** A folder's path, completed while one types: arrows choose, Tab or Enter takes, typing on goes deeper. */
export function FolderField({
  label,
  value,
  onChange,
  hint,
  onTaken,
}: {
  readonly label: string;
  readonly value: string;
  readonly onChange: (path: string) => void;
  readonly hint?: string;
  /** A folder that looks like a backend was taken from the list. */
  readonly onTaken?: (path: string) => void;
}) {
  const id = useId();
  const [isOpen, setOpen] = useState(false);
  const [chosen, setChosen] = useState(-1);
  const query = useQuery({ ...foldersQuery(value), enabled: isOpen, placeholderData: keepPreviousData });
  const items = isOpen ? (query.data?.items.slice(0, 12) ?? []) : [];
  const current = Math.min(chosen, items.length - 1);

  const take = (item: (typeof items)[number]): void => {
    setChosen(-1);
    if (item.isBackend && onTaken !== undefined) {
      onChange(item.path);
      setOpen(false);
      onTaken(item.path);
    } else onChange(`${item.path}/`);
  };
  const onKeyDown = (event: KeyboardEvent): void => {
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    const item = items[current];
    if (step !== undefined) {
      event.preventDefault();
      setOpen(true);
      // With nothing chosen, up is the last one.
      const from = step < 0 ? Math.max(0, current) : current;
      if (items.length > 0) setChosen((from + step + items.length) % items.length);
    } else if (event.key === 'Escape' && isOpen) {
      event.preventDefault();
      setOpen(false);
    } else if (event.key === 'Enter' && item !== undefined) {
      event.preventDefault();
      take(item);
    } else if (event.key === 'Tab' && !event.shiftKey && item !== undefined) {
      event.preventDefault();
      take(item);
    }
  };
  return (
    <div className="field folder-field">
      <label htmlFor={id}>{label}</label>
      <div className="folder-box">
        <input
          id={id}
          className="input folder-input"
          role="combobox"
          aria-expanded={items.length > 0}
          aria-controls={`${id}-list`}
          aria-autocomplete="list"
          aria-activedescendant={current < 0 ? undefined : `${id}-${current}`}
          aria-describedby={`${id}-words`}
          autoComplete="off"
          autoCapitalize="off"
          spellCheck={false}
          required
          value={value}
          onChange={({ target }) => {
            onChange(target.value);
            setOpen(true);
            setChosen(-1);
          }}
          onFocus={() => setOpen(true)}
          onBlur={() => setOpen(false)}
          onKeyDown={onKeyDown}
        />
        {items.length === 0 ? null : (
          <div className="folder-list" id={`${id}-list`} role="listbox" aria-label="Folders">
            {items.map((item, index) => (
              <div
                key={item.path}
                id={`${id}-${index}`}
                role="option"
                aria-selected={index === current}
                className="folder-option"
                // Pressing must not take the focus from the input, which would close the list.
                onPointerDown={(event) => event.preventDefault()}
                onClick={() => take(item)}
              >
                <Icon name="folder" size={14} />
                <span>{item.name}</span>
                {item.isBackend ? <Tag>backend</Tag> : null}
              </div>
            ))}
          </div>
        )}
      </div>
      <p id={`${id}-words`} className="field-words">
        {hint}
      </p>
    </div>
  );
}
