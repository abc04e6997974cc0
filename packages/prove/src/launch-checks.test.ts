import { expect, it } from 'vitest';
import { checkToReplay, staysUpResult } from './launch-checks.ts';

const end = (check: string) => ({ check, how: 'exit status 1', log: ['boom'], last: ['POST /a → reset'] });

function ended(checks: readonly string[], known: readonly string[] = []) {
  let count = 0;
  return staysUpResult(checks.map(end), new Set(known), () => `f-${(count += 1)}`);
}

it('has a finding for each check that the backend ended in, which that check alone shows again', () => {
  const result = ended(['security/xxe', 'http/charset', 'security/xxe']);
  expect(result).toMatchObject({ status: 'failed', reason: 'it ended 3 times' });
  expect(result.findings.map(({ id, title }) => [id, title])).toEqual([
    ['f-1', 'The backend ended by itself (exit status 1) during security/xxe, and once more'],
    ['f-2', 'The backend ended by itself (exit status 1) during http/charset'],
  ]);
  expect(result.findings.map((finding) => checkToReplay(result.id, finding))).toEqual(['security/xxe', 'http/charset']);
});

it('marks what the baseline has too', () => {
  const { findings } = ended(['security/xxe', 'http/charset'], ['launch/stays-up:ended:http/charset']);
  expect(findings.map(({ known }) => known)).toEqual([undefined, true]);
});

it('shows an end before the first check with a short one, as a start is shown', () => {
  const { id, findings } = ended(['launch/starts']);
  expect(findings.map((finding) => checkToReplay(id, finding))).toEqual(['contract/no-server-error']);
});

it('shows a start with a short check, any other finding with its own, and refuses an end that does not say where it was', () => {
  expect(checkToReplay('launch/starts', { id: 'f-1', key: 'build-failed' })).toBe('contract/no-server-error');
  expect(checkToReplay('http/charset', { id: 'f-1', key: 'k' })).toBe('http/charset');
  expect(() => checkToReplay('launch/stays-up', { id: 'f-1', key: 'ended' })).toThrow(
    'f-1 does not say in which check',
  );
});
