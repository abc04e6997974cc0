import { useEffect, useRef, useSyncExternalStore } from 'react';
import { isPlain, nothingPending, press } from './keys.ts';

/** Something that a key does on the page that is shown. */
export interface Shortcut {
  /** `?`, `Mod+k`, `g c`. */
  readonly keys: string;
  /** What it does: `Stop the run`. */
  readonly label: string;
  /** Under which heading it is listed. */
  readonly group: string;
  readonly run: () => void;
}

let shown: readonly Shortcut[] = [];
let plainKeys = true;
const layers = new Map<symbol, readonly Shortcut[]>();
const listeners = new Set<() => void>();

function rebuild(): void {
  // What came later, the page, wins over what was there before it, the shell.
  const byKeys = new Map([...layers.values()].flat().map((shortcut) => [shortcut.keys, shortcut]));
  shown = [...byKeys.values()];
  for (const listener of listeners) listener();
}

/** Makes these shortcuts work while the component is shown. */
export function useShortcuts(shortcuts: readonly Shortcut[]): void {
  const newest = useRef(shortcuts);
  newest.current = shortcuts;
  const described = shortcuts.map(({ keys, label, group }) => `${keys}\t${label}\t${group}`).join('\n');
  useEffect(() => {
    const layer = Symbol('shortcuts');
    layers.set(
      layer,
      described === ''
        ? []
        : described.split('\n').map((line) => {
            const [keys = '', label = '', group = ''] = line.split('\t');
            return { keys, label, group, run: () => newest.current.find((one) => one.keys === keys)?.run() };
          }),
    );
    rebuild();
    return () => {
      layers.delete(layer);
      rebuild();
    };
  }, [described]);
}

/** The shortcuts that work on the page as it is now. */
export function useShownShortcuts(): readonly Shortcut[] {
  return useSyncExternalStore(
    (listener) => {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    () => shown,
  );
}

/** Plain keys can be switched off: who speaks to the computer would set them off by chance (WCAG 2.1.4). */
export function allowPlainKeys(allowed: boolean): void {
  plainKeys = allowed;
}

/** Listens to the keyboard; once for the whole app. */
export function useKeyboard(): void {
  useEffect(() => {
    let pending = nothingPending;
    const onKey = (event: KeyboardEvent): void => {
      if (event.defaultPrevented || event.isComposing) return;
      const typing = isTyping(event.target);
      const usable = shown
        .map(({ keys }) => keys)
        .filter((keys) => (isPlain(keys) ? plainKeys && !typing && !isModalOpen() : true));
      const after = press(
        pending,
        { key: event.key, ctrl: event.ctrlKey, meta: event.metaKey, alt: event.altKey },
        event.timeStamp,
        usable,
      );
      pending = after.pending;
      const shortcut = shown.find(({ keys }) => keys === after.shortcut);
      if (shortcut === undefined) return;
      event.preventDefault();
      // A key that is held down does it once.
      if (!event.repeat) shortcut.run();
    };
    globalThis.addEventListener('keydown', onKey);
    return () => globalThis.removeEventListener('keydown', onKey);
  }, []);
}

function isTyping(target: EventTarget | null): boolean {
  return (
    target instanceof HTMLElement &&
    (target.isContentEditable ||
      target.matches('input:not([type=checkbox], [type=radio], [type=button]), textarea, select'))
  );
}

function isModalOpen(): boolean {
  return document.querySelector('dialog:modal') !== null;
}
