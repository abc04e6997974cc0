import { useCallback, useState } from 'react';

/** Text that is being written, kept by this tab: a reload loses nothing. */
export function useDraft<T>(key: string, initial: T): readonly [T, (value: T) => void] {
  const [value, setValue] = useState<T>(() => read(key) ?? initial);
  const write = useCallback(
    (next: T) => {
      setValue(next);
      try {
        sessionStorage.setItem(prefix + key, JSON.stringify(next));
      } catch {
        // A browser that keeps nothing: it stands on the page all the same.
      }
    },
    [key],
  );
  return [value, write];
}

const prefix = 'assay-draft-';

function read<T>(key: string): T | null {
  try {
    const kept = sessionStorage.getItem(prefix + key);
    // Nobody but this tab wrote it, in this form.
    return kept === null ? null : (JSON.parse(kept) as T);
  } catch {
    return null;
  }
}
