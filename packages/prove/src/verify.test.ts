import { mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import type { Challenge, CheckResult } from '@assay/contract';
import { openHome } from '@assay/engine';
import { expect, onTestFinished, test } from 'vitest';
import { statusOf, verify } from './verify.ts';

test.each([
  ['neither a backend nor a mutant', [], [], true, 'has neither backends nor mutants, so there is nothing to judge.'],
  ['no mutant of a stack', ['node'], ['node'], false, 'has no mutants in node, so there is nothing to judge.'],
])('a challenge with %s is not verified by that', async (_, backends, stacks, references, told) => {
  const folder = mkdtempSync(path.join(tmpdir(), 'assay-verify-'));
  onTestFinished(() => rmSync(folder, { recursive: true }));
  for (const stack of backends) mkdirSync(path.join(folder, 'backends', stack), { recursive: true });
  const challenge: Challenge = {
    slug: 'mine',
    folder,
    title: 'Mine',
    summary: 'Mine',
    level: 1,
    skills: [],
    contracts: [],
    brief: 'brief.md',
    identities: null,
    env: {},
    scenarios: [],
    histories: [],
  };
  const judged = verify(
    {
      challenge,
      stacks,
      mutants: [],
      references,
      fast: false,
      seed: 1,
      jobs: 1,
      home: openHome({ ASSAY_HOME: path.join(folder, 'home') }),
      ownServer: undefined,
      version: '0',
      sandbox: 'off',
      resume: null,
      signal: new AbortController().signal,
    },
    () => undefined,
  );
  await expect(judged).rejects.toThrow(`mine ${told}`);
});

test('a mutant is not missed by a check that could not be decided', () => {
  const says = {
    area: 'http',
    claim: '',
    skill: 'apis',
    severity: 'low',
    reason: '',
    durationMs: 1,
    findings: [],
  } as const;
  const check = (id: string, status: CheckResult['status']): CheckResult => ({ ...says, id, status });
  const mutant = { caughtBy: ['http/a', 'http/b'] };
  const judged = (a: CheckResult['status'], b: CheckResult['status'], caughtBy: readonly string[]) =>
    statusOf(mutant, caughtBy, { verdict: 'failed', checks: [check('http/a', a), check('http/b', b)] });
  expect(judged('failed', 'undecided', ['http/a'])).toBe('undecided');
  expect(judged('passed', 'undecided', [])).toBe('missed');
  expect(judged('failed', 'failed', ['http/a', 'http/b'])).toBe('caught');
});

test('a mutant that one of its `mayCatch` finds is caught, and one that another check finds is a stray', () => {
  const mutant = { caughtBy: ['http/a'], mayCatch: ['http/b'] };
  const judged = (...caughtBy: string[]) => statusOf(mutant, caughtBy, { verdict: 'failed', checks: [] });
  expect(judged('http/a')).toBe('caught');
  expect(judged('http/a', 'http/b')).toBe('caught');
  expect(judged('http/a', 'http/b', 'http/c')).toBe('stray');
  expect(judged('http/b')).toBe('missed');
});
