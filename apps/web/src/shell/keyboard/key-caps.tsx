import type { ReactNode } from 'react';
import { keysOf } from './keys.ts';

const mac = /Mac|iPhone|iPad/.test(navigator.userAgent);

/** A shortcut as keys. */
export function KeyCaps({ keys }: { readonly keys: string }): ReactNode {
  return (
    <span className="keys">
      {keysOf(keys, mac).map((key, index) => (
        <kbd key={index}>{key}</kbd>
      ))}
    </span>
  );
}
