import { allowPlainKeys } from './keyboard/use-shortcuts.ts';

export type Theme = 'system' | 'light' | 'dark';

/** How a person wants to see and use the app. The server keeps it; the browser has a copy, so that a page is right from its first moment. */
export interface Preferences {
  readonly theme: Theme;
  readonly reducedMotion: 'system' | 'reduce';
  readonly shortcuts: boolean;
}

const key = 'assay-preferences';
const standard: Preferences = { theme: 'system', reducedMotion: 'system', shortcuts: true };

export function applyPreferences(preferences: Preferences): void {
  const { dataset } = document.documentElement;
  if (preferences.theme === 'system') delete dataset['theme'];
  else dataset['theme'] = preferences.theme;
  if (preferences.reducedMotion === 'reduce') dataset['motion'] = 'reduce';
  else delete dataset['motion'];
  allowPlainKeys(preferences.shortcuts);
  try {
    localStorage.setItem(key, JSON.stringify(preferences));
  } catch {
    // A browser that keeps nothing: the server's answer will do, a moment later.
  }
}

/** As this browser had them last. */
export function rememberedPreferences(): Preferences {
  try {
    const kept: unknown = JSON.parse(localStorage.getItem(key) ?? 'null');
    const has = new Map(typeof kept === 'object' && kept !== null ? Object.entries(kept) : []);
    const theme = has.get('theme');
    return {
      theme: theme === 'light' || theme === 'dark' ? theme : 'system',
      reducedMotion: has.get('reducedMotion') === 'reduce' ? 'reduce' : 'system',
      shortcuts: has.get('shortcuts') !== false,
    };
  } catch {
    return standard;
  }
}
