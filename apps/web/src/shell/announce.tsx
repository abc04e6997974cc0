import { useEffect, useState } from 'react';

const listeners = new Set<(text: string) => void>();

/** Says something to a screen reader, without moving the focus. */
export function announce(text: string): void {
  for (const listener of listeners) listener(text);
}

/** Where what is announced stands; once on the page. */
export function Announcer() {
  const [text, setText] = useState('');
  useEffect(() => {
    listeners.add(setText);
    return () => {
      listeners.delete(setText);
    };
  }, []);
  return (
    <div className="visually-hidden" role="status" aria-live="polite" data-testid="announcer">
      {text}
    </div>
  );
}
