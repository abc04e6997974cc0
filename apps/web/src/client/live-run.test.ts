import type { CheckResult, RunEvent, RunEventBody } from '@assay/contract';
import * as fc from 'fast-check';
import { expect, it } from 'vitest';
import { emptyRun, foldRun, keptLines, type LiveEvent } from './live-run.ts';

function numbered(bodies: readonly (RunEventBody & { readonly at?: number })[]): readonly RunEvent[] {
  return bodies.map((body, index) => ({ sequence: index + 1, at: index * 100, ...body }));
}

function output(source: 'build' | 'release' | 'backend', line: string): RunEventBody {
  return { type: 'output', source, instance: source === 'backend' ? 'i-1' : null, stream: 'stdout', line };
}

const planned = {
  id: 'http/charset',
  area: 'http',
  claim: 'Text is UTF-8',
  skill: 'apis',
  severity: 'medium',
} as const;
const result: CheckResult = { ...planned, status: 'failed', reason: '1 of 3', durationMs: 12, findings: [] };

const aRun = numbered([
  {
    type: 'run-started',
    run: 'r-1',
    seed: 7,
    tool: { name: 'assay', version: '0.1.0' },
    backendPath: '/b',
    challenge: 'todo',
    startedAt: '2026-01-01T00:00:00Z',
  },
  { type: 'phase-started', phase: 'build', title: 'Building' },
  output('build', 'added 64 packages'),
  { type: 'phase-ended', phase: 'build', durationMs: 120, ok: true },
  { type: 'checks-planned', checks: [planned, { ...planned, id: 'http/body-limit' }] },
  { type: 'check-started', id: 'http/charset' },
  { type: 'check-progress', id: 'http/charset', note: 'asking' },
  output('backend', 'GET /todos'),
  { type: 'check-ended', result },
  { type: 'usage', instance: 'i-1', sample: { at: 5, cpu: 0.5, rssBytes: 1000 } },
  {
    type: 'run-ended',
    verdict: 'failed',
    reason: 'one check failed',
    durations: { build: 1, ready: 1, checks: 1, total: 3 },
    traffic: { exchanges: 9, statements: 20 },
  },
]);

it('tells how far a run is', () => {
  const running = foldRun(emptyRun, aRun.slice(0, 7));
  expect(running.seed).toBe(7);
  expect(running.phases).toEqual([
    { phase: 'build', title: 'Building', state: 'done', startedAt: 100, durationMs: 120 },
  ]);
  expect(running.checks.map(({ id, state, note }) => [id, state, note])).toEqual([
    ['http/charset', 'running', 'asking'],
    ['http/body-limit', 'waiting', null],
  ]);
  expect(running.ended).toBeNull();
  const whole = foldRun(running, aRun.slice(7));
  expect(whole.checks[0]).toMatchObject({ state: 'failed', note: null, result: { reason: '1 of 3' } });
  expect(whole.buildOutput.map(({ line }) => line)).toEqual(['added 64 packages']);
  expect(whole.backendOutput.map(({ line }) => line)).toEqual(['GET /todos']);
  expect(whole.usage).toEqual({ cpu: 0.5, rssBytes: 1000 });
  expect(whole.ended).toEqual({ verdict: 'failed', reason: 'one check failed' });
  expect(whole.traffic).toEqual({ exchanges: 9, statements: 20 });
});

it('is the same in whatever pieces the events come, and when some come twice', () => {
  const whole = foldRun(emptyRun, aRun);
  fc.assert(
    fc.property(fc.array(fc.nat({ max: aRun.length })), (cuts) => {
      let run = emptyRun;
      let seen = 0;
      for (const cut of [...cuts, aRun.length].sort((a, b) => a - b)) {
        run = foldRun(run, aRun.slice(Math.max(0, seen - 3), cut));
        seen = cut;
      }
      expect(run).toEqual(whole);
    }),
  );
});

it('does not change the run it starts from', () => {
  const before = foldRun(emptyRun, aRun.slice(0, 6));
  const copy = structuredClone(before);
  foldRun(before, aRun.slice(6));
  expect(before).toEqual(copy);
});

it('counts requests and statements by second, from tallies and from single events', () => {
  const events: readonly LiveEvent[] = [
    { type: 'tally', sequence: 3, at: 200, exchanges: 3, statements: 5 },
    { type: 'tally', sequence: 9, at: 900, exchanges: 1, statements: 0 },
    { type: 'tally', sequence: 12, at: 2100, exchanges: 2, statements: 4 },
  ];
  const run = foldRun(emptyRun, events);
  expect(run.traffic).toEqual({ exchanges: 6, statements: 9 });
  expect(run.seconds).toEqual([
    { exchanges: 4, statements: 5 },
    { exchanges: 0, statements: 0 },
    { exchanges: 2, statements: 4 },
  ]);
});

it('keeps the newest lines and says how many it let go', () => {
  const lines = Array.from({ length: keptLines + 30 }, (_, index) => output('backend', `line ${index}`));
  const run = numbered(lines).reduce((state, event) => foldRun(state, [event]), emptyRun);
  expect(run.backendOutput).toHaveLength(keptLines);
  expect(run.backendOutput[0]?.line).toBe('line 30');
  expect(run.dropped).toEqual({ build: 0, backend: 30 });
});

it('leaves a check that comes late in the plan', () => {
  const run = foldRun(
    emptyRun,
    numbered([
      { type: 'check-ended', result: { ...result, id: 'launch/starts', area: 'launch' } },
      { type: 'checks-planned', checks: [planned] },
    ]),
  );
  expect(run.checks.map(({ id }) => id)).toEqual(['launch/starts', 'http/charset']);
});
