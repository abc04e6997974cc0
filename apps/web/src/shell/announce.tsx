import { useEffect, useState } from 'react';

interface Said {
  readonly key: number;
  readonly text: string;
}

/** Long enough to be read out; then it is out of the way of who reads the page. */
const staysMs = 10_000;
const listeners = new Set<(said: Said) => void>();
let count = 0;

/** Says something to a screen reader, without moving the focus. */
export function announce(text: string): void {
  count += 1;
  for (const listener of listeners) listener({ key: count, text });
}

/** Where what is announced stands; once on the page. Each is an element of its own: several at once are all spoken, and so is the same again. */
export function Announcer() {
  const [said, setSaid] = useState<readonly Said[]>([]);
  useEffect(() => {
    const listener = (one: Said): void => {
      setSaid((now) => [...now, one]);
      setTimeout(() => setSaid((now) => now.filter(({ key }) => key !== one.key)), staysMs);
    };
    listeners.add(listener);
    return () => {
      listeners.delete(listener);
    };
  }, []);
  return (
    <div className="visually-hidden" role="status" aria-live="polite" aria-atomic="false" data-testid="announcer">
      {said.map(({ key, text }) => (
        <p key={key}>{text}</p>
      ))}
    </div>
  );
}
