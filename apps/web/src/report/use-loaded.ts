import { useEffect, useState } from 'react';

export type Loaded<T> =
  | { readonly state: 'loading' }
  | { readonly state: 'here'; readonly value: T }
  | { readonly state: 'failed'; readonly message: string };

/** What a promise gives, asked for again when the key changes; `load` is not asked again for being a new function. */
export function useLoaded<T>(key: string, load: () => Promise<T>): Loaded<T> {
  const [loaded, setLoaded] = useState<{ readonly key: string; readonly is: Loaded<T> }>({
    key,
    is: { state: 'loading' },
  });
  useEffect(() => {
    let wanted = true;
    const settle = (is: Loaded<T>): void => {
      if (wanted) setLoaded({ key, is });
    };
    load().then(
      (value) => settle({ state: 'here', value }),
      (error: unknown) => settle({ state: 'failed', message: error instanceof Error ? error.message : String(error) }),
    );
    return () => {
      wanted = false;
    };
    // oxlint-disable-next-line react/exhaustive-deps -- the key stands for it
  }, [key]);
  return loaded.key === key ? loaded.is : { state: 'loading' };
}
