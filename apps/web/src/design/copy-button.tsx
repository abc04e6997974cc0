import { useEffect, useState } from 'react';
import { IconButton } from './button.tsx';

/** Copies a text and says so. */
export function CopyButton({ text, label = 'Copy' }: { readonly text: string; readonly label?: string }) {
  const [state, setState] = useState<'idle' | 'copied' | 'refused'>('idle');
  useEffect(() => {
    if (state === 'idle') return undefined;
    const timer = setTimeout(() => setState('idle'), 1600);
    return () => clearTimeout(timer);
  }, [state]);
  return (
    <>
      <IconButton
        size="s"
        icon={state === 'copied' ? 'check' : 'copy'}
        label={label}
        onClick={() => {
          copy(text).then(
            () => setState('copied'),
            () => setState('refused'),
          );
        }}
      />
      <span className="visually-hidden" role="status">
        {state === 'copied' ? 'Copied' : state === 'refused' ? 'The browser refused to copy' : ''}
      </span>
    </>
  );
}

/** A page opened from a disk may not have the clipboard's newer door; the older one is open. */
async function copy(text: string): Promise<void> {
  if ('clipboard' in navigator) return navigator.clipboard.writeText(text);
  const area = document.createElement('textarea');
  area.value = text;
  document.body.append(area);
  area.select();
  const done = document.execCommand('copy');
  area.remove();
  if (!done) throw new Error('refused');
}
