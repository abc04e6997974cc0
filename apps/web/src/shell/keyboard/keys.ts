/** A key as it is pressed, apart from the browser's event. */
export interface KeyPress {
  readonly key: string;
  readonly ctrl: boolean;
  readonly meta: boolean;
  readonly alt: boolean;
}

/** How long the second key of a sequence may keep one waiting. */
export const sequenceMs = 1500;

/** Where a sequence of keys stands: the keys pressed so far, and when the last one was. */
export interface Pending {
  readonly keys: readonly string[];
  readonly at: number;
}

export const nothingPending: Pending = { keys: [], at: 0 };

/**
 * Takes one more key in. Shortcuts are written `?`, `Mod+k` (Ctrl, or ⌘ on a Mac) and `g c` (one key after the other).
 *
 * @returns the shortcut that is complete now, or null, and what is pending after it.
 */
export function press(
  pending: Pending,
  { key, ctrl, meta, alt }: KeyPress,
  now: number,
  shortcuts: readonly string[],
): { readonly shortcut: string | null; readonly pending: Pending } {
  if (['Shift', 'Control', 'Alt', 'Meta'].includes(key)) return { shortcut: null, pending };
  if (ctrl || meta) {
    const chord = `Mod+${key.toLowerCase()}`;
    return { shortcut: shortcuts.includes(chord) && !alt ? chord : null, pending: nothingPending };
  }
  if (alt) return { shortcut: null, pending: nothingPending };
  const before = now - pending.at <= sequenceMs ? pending.keys : [];
  for (const keys of [[...before, key], [key]]) {
    const typed = keys.join(' ');
    if (shortcuts.includes(typed)) return { shortcut: typed, pending: nothingPending };
    if (shortcuts.some((one) => one.startsWith(`${typed} `))) return { shortcut: null, pending: { keys, at: now } };
  }
  return { shortcut: null, pending: nothingPending };
}

/** The shortcut as it is shown, key by key: `['Ctrl', 'K']`, `['G', 'C']`. */
export function keysOf(shortcut: string, mac: boolean): readonly string[] {
  if (shortcut.startsWith('Mod+')) return [mac ? '⌘' : 'Ctrl', shown(shortcut.slice(4))];
  return shortcut.split(' ').map(shown);
}

function shown(key: string): string {
  return key.charAt(0).toUpperCase() + key.slice(1);
}

/** Whether a shortcut is made of plain keys, which a person who dictates may want to switch off. */
export function isPlain(shortcut: string): boolean {
  return !shortcut.startsWith('Mod+');
}
