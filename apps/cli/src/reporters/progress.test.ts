import { PassThrough } from 'node:stream';
import type { RunEventBody } from '@assay/contract';
import { expect, it, vi } from 'vitest';
import { progressReporter } from './progress.ts';

it('shows what a stranger has written without letting it drive the terminal', () => {
  vi.useFakeTimers();
  const stream = Object.assign(new PassThrough({ encoding: 'utf8' }), { isTTY: true, columns: 100 });
  const reporter = progressReporter(stream as unknown as NodeJS.WriteStream);
  const tell = (body: RunEventBody): void => reporter.on({ sequence: 1, at: 0, ...body });
  const hostile = 'a\u001b]0;owned\u0007\nb';
  const problems = [{ message: hostile, pointer: '', line: null, column: null }];
  tell({ type: 'contract-read', contract: { source: hostile, title: hostile, operations: 1, problems } });
  tell({ type: 'phase-started', phase: 'checks', title: 'Judging' });
  tell({ type: 'check-started', id: 'contract/accepts-valid' });
  tell({ type: 'check-progress', id: 'contract/accepts-valid', note: hostile });
  vi.advanceTimersByTime(200);
  reporter.stop();
  vi.useRealTimers();
  const shown = String(stream.read());
  expect(shown.match(/a␛\]0;owned␇ b/g)).toHaveLength(3);
  expect(shown).not.toMatch(/\u001b\]|\u0007/);
});

it('tells what keeps several checks from judging in full only once', () => {
  const stream = Object.assign(new PassThrough({ encoding: 'utf8' }), { isTTY: false });
  const reporter = progressReporter(stream as unknown as NodeJS.WriteStream);
  const ended = (id: string, reason: string): void =>
    reporter.on({
      type: 'check-ended',
      sequence: 1,
      at: 0,
      result: {
        id,
        area: 'http',
        claim: '',
        skill: 'apis',
        severity: 'low',
        durationMs: 1,
        findings: [],
        status: 'undecided',
        reason,
      },
    });
  ended('http/a', 'nothing could be created: POST /users answered 500, and so on');
  ended('http/b', 'nobody could sign up: POST /users answered 500, and so on');
  reporter.stop();
  expect(stream.read()).toBe(
    '? http/a: nothing could be created: POST /users answered 500, and so on\n? http/b: the same: POST /users answered 500\n',
  );
});
