import { expect, it } from 'vitest';
import { checksIn, settingsOf, wishesOf, wrongEnvLine } from './settings-of.ts';

const none = { challenge: null, contract: null, overrides: {} };

it('leaves everything as it was detected when nothing is written', () => {
  expect(settingsOf(wishesOf(null))).toEqual(none);
  expect(settingsOf({ ...wishesOf(null), start: '   ' })).toEqual(none);
});

it.each([
  none,
  { challenge: 'todo', contract: null, overrides: { start: 'node a.js', database: 'none' as const } },
  {
    challenge: null,
    contract: '/a/openapi.yaml',
    overrides: { build: 'npm ci', release: 'npm run migrate', env: { A: '1', B_2: 'x=y z' } },
  },
])('gives back what was saved: %j', (saved) => {
  expect(settingsOf(wishesOf(saved))).toEqual(saved);
});

it('forgets the contract when a challenge is chosen instead', () => {
  const wishes = { ...wishesOf({ ...none, contract: '/a.yaml' }), against: 'challenge:todo' };
  expect(settingsOf(wishes)).toMatchObject({ challenge: 'todo', contract: null });
});

it('names the first line that is no variable', () => {
  expect(wrongEnvLine('A=1\n\nB=2')).toBeNull();
  expect(wrongEnvLine('A=1\n\nexport B=2\nx')).toBe(3);
});

it('takes checks parted by blanks or commas', () => {
  expect(checksIn(' data  http/charset,queries\n')).toEqual(['data', 'http/charset', 'queries']);
  expect(checksIn('  ')).toEqual([]);
});
