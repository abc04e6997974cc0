import { type KeyboardEvent, useId } from 'react';
import type { Answer } from '../../../client/practice.ts';
import { classNames } from '../../../design/class-names.ts';
import { CodeEditor } from '../editor/code-editor.tsx';
import { useDraft } from '../use-draft.ts';
import { useTold } from './use-told.ts';

interface Writing {
  readonly id: string;
  readonly label: string;
  readonly onChange: (answer: Answer) => void;
  readonly onSubmit: () => void;
}

/** Words, or what a program prints. */
export function TextAnswer({
  id,
  label,
  rows,
  code = false,
  onChange,
  onSubmit,
}: Writing & { readonly rows: number; readonly code?: boolean }) {
  const [text, setText] = useDraft(id, '');
  const field = useId();
  useTold(text.trim() === '' ? null : text, onChange);
  return (
    <div className="written">
      <label htmlFor={field}>{label}</label>
      <textarea
        id={field}
        className={classNames('input', 'written-text', code && 'written-code')}
        rows={rows}
        value={text}
        spellCheck={!code}
        autoComplete="off"
        autoCapitalize={code ? 'off' : 'sentences'}
        onChange={({ target }) => setText(target.value)}
        onKeyDown={(event: KeyboardEvent<HTMLTextAreaElement>) => {
          if (event.key === 'Enter' && (event.ctrlKey || event.metaKey)) {
            event.preventDefault();
            onSubmit();
          } else if (event.key === 'Escape') event.currentTarget.blur();
        }}
      />
    </div>
  );
}

/** Code, in an editor. */
export function CodeAnswer({
  id,
  label,
  language,
  start,
  onChange,
  onSubmit,
}: Writing & { readonly language: string; readonly start: string }) {
  const [text, setText] = useDraft(id, start);
  useTold(text.trim() === '' ? null : text, onChange);
  return (
    <div className="written">
      <p className="written-label" aria-hidden="true">
        {label}
      </p>
      <CodeEditor label={label} language={language} text={text} onChange={setText} onSubmit={onSubmit} />
    </div>
  );
}
