import { lazy, Suspense } from 'react';
import type { EditorProps } from './mirror.tsx';

const Mirror = lazy(() => import('./mirror.tsx'));

/** An editor for code. It is fetched when the first one is needed; until then a plain field takes what is typed. */
export function CodeEditor(props: EditorProps) {
  const { label, text, onChange } = props;
  return (
    <Suspense
      fallback={
        <textarea
          className="input written-text written-code editor-waits"
          aria-label={label}
          rows={8}
          value={text}
          spellCheck={false}
          onChange={({ target }) => onChange(target.value)}
        />
      }
    >
      <Mirror {...props} />
    </Suspense>
  );
}
