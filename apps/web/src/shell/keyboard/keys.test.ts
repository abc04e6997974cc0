import { expect, it } from 'vitest';
import { isPlain, keysOf, nothingPending, press, sequenceMs } from './keys.ts';

const shortcuts = ['?', 'Mod+k', 'g c', 'g h', 'h', '/'];
const plain = { ctrl: false, meta: false, alt: false };

/** What pressing these keys one after the other sets off, each `gap` milliseconds after the one before. */
function typed(keys: readonly string[], gap = 100): readonly (string | null)[] {
  let pending = nothingPending;
  return keys.map((key, index) => {
    const after = press(pending, { key, ...plain }, 10_000 + index * gap, shortcuts);
    pending = after.pending;
    return after.shortcut;
  });
}

it('knows single keys, chords and sequences', () => {
  expect(typed(['?'])).toEqual(['?']);
  expect(typed(['g', 'c'])).toEqual([null, 'g c']);
  expect(press(nothingPending, { key: 'k', ctrl: true, meta: false, alt: false }, 0, shortcuts).shortcut).toBe('Mod+k');
  expect(press(nothingPending, { key: 'K', ctrl: false, meta: true, alt: false }, 0, shortcuts).shortcut).toBe('Mod+k');
});

it('prefers the sequence that is under way', () => {
  expect(typed(['g', 'h', 'h'])).toEqual([null, 'g h', 'h']);
});

it('begins anew when a sequence leads nowhere or took too long', () => {
  expect(typed(['g', 'x', 'h'])).toEqual([null, null, 'h']);
  expect(typed(['g', '?'])).toEqual([null, '?']);
  expect(typed(['g', 'g', 'c'])).toEqual([null, null, 'g c']);
  expect(typed(['g', 'h'], sequenceMs + 1)).toEqual([null, 'h']);
});

it('lets pressing shift alone not end a sequence, and leaves chords of others alone', () => {
  expect(typed(['g', 'Shift', 'c'])).toEqual([null, null, 'g c']);
  expect(press(nothingPending, { key: 'h', ctrl: true, meta: false, alt: false }, 0, shortcuts).shortcut).toBeNull();
  expect(press(nothingPending, { key: '?', ctrl: false, meta: false, alt: true }, 0, shortcuts).shortcut).toBeNull();
});

it('shows shortcuts as the machine names their keys', () => {
  expect(keysOf('Mod+k', true)).toEqual(['⌘', 'K']);
  expect(keysOf('Mod+k', false)).toEqual(['Ctrl', 'K']);
  expect(keysOf('g c', false)).toEqual(['G', 'C']);
  expect(keysOf('Mod+enter', false)).toEqual(['Ctrl', 'Enter']);
  expect([isPlain('g c'), isPlain('Mod+k')]).toEqual([true, false]);
});
