import { PassThrough } from 'node:stream';
import type { CheckResult, Finding, Report, RunEvent } from '@assay/contract';
import { unbegunRun } from '@assay/prove';
import { Fault } from '@assay/contract';
import { describe, expect, it } from 'vitest';
import { junit } from './junit.ts';
import { prettyReport } from './pretty.ts';
import { progressReporter } from './progress.ts';

/** Not a terminal, so that nothing is coloured. */
const plain = Object.assign(new PassThrough(), { isTTY: false }) as unknown as NodeJS.WriteStream;

function finding(id: string, known: boolean): Finding {
  const says = { title: `title ${id}`, detail: 'detail', fix: 'fix', severity: 'high', evidence: [] } as const;
  return { id, key: id, fingerprint: id, ...says, replay: `assay replay ${id}`, ...(known ? { known } : {}) };
}

function check(id: string, findings: readonly Finding[]): CheckResult {
  const status = findings.length === 0 ? 'passed' : 'failed';
  const says = { claim: `claim of ${id}`, skill: 'apis', severity: 'high', reason: '', durationMs: 1 } as const;
  return { id, area: 'http', ...says, status, findings };
}

async function reportOf(checks: readonly CheckResult[], verdict: Report['verdict']): Promise<Report> {
  const options = { folder: '/nowhere', challenge: null, contract: null, seed: 1, version: '0' };
  const { cutOff: _begun, ...bare } = await unbegunRun(
    options,
    new Fault('toolchain-missing', 'none'),
    () => undefined,
  );
  return { ...bare, checks, verdict, reason: 'as told' };
}

const old = check('http/old', [finding('f-1', true)]);
const both = check('http/both', [finding('f-2', true), finding('f-3', false)]);

it('tells a person once what keeps several checks from judging', async () => {
  const reason = 'nothing could be created: POST /users answered 500, and so on';
  const undecided = ['http/a', 'http/b', 'http/c'].map((id) => ({
    ...check(id, []),
    status: 'undecided' as const,
    reason,
  }));
  const text = prettyReport(await reportOf(undecided, 'undecided'), plain);
  expect(text.split(reason)).toHaveLength(2);
  expect(text).toContain('? 3 checks undecided for one cause: nothing could be created');
  expect(text).toContain('  http/a, http/b, http/c');
  expect(text.match(/POST \/users answered 500, see below/g)).toHaveLength(3);
  const two = prettyReport(await reportOf(undecided.slice(1), 'undecided'), plain);
  expect(two).not.toContain('one cause');
});

it('names the page of a check once, after the fix, and none for a scenario', async () => {
  const several = check('http/charset', [finding('f-1', false), finding('f-2', false)]);
  const scenario = { ...check('scenario/pays-once', [finding('f-3', false)]), area: 'scenario' };
  const text = prettyReport(await reportOf([several, scenario], 'failed'), plain);
  expect(text.match(/assay explain .*/g)).toEqual(['assay explain http/charset']);
  expect(text).toContain('  Fix: fix\n  More: assay explain http/charset\n  Again: assay replay f-1\n');
  expect(text).toContain('  Fix: fix\n  Again: assay replay f-2\n');
});

describe('what the baseline has too', () => {
  it('is no failure for a CI server', async () => {
    const text = junit(await reportOf([old, check('http/good', [])], 'passed'));
    expect(text).toContain('<testsuites name="assay" tests="2" failures="0" errors="0" skipped="1"');
    expect(text).toContain('<skipped message="known to the baseline: title f-1"/>');
    expect(text).not.toContain('<failure');
  });

  it('stands not among what failed', async () => {
    const text = junit(await reportOf([both], 'failed'));
    expect(text).toContain('failures="1" errors="0" skipped="0"');
    expect(text).toContain('<failure type="high" message="title f-3">');
    expect(text).not.toContain('title f-2');
  });

  it('is named for a person, apart from what is new', async () => {
    const text = prettyReport(await reportOf([old, both], 'failed'), plain);
    expect(text).toMatch(/http\/old · f-1 \(known\)$/m);
    expect(text).toMatch(/http\/both · f-2 \(known\), f-3$/m);
    expect(text).toContain('f-3 HIGH');
    expect(text).not.toContain('f-1 HIGH');
    expect(text).toContain('Known to the baseline\n  f-1  http/old: title f-1\n  f-2  http/both: title f-2\n');
  });

  it('is told as known while the run goes on, and an oddity of the contract once', () => {
    const stream = Object.assign(new PassThrough({ encoding: 'utf8' }), { isTTY: false });
    const { on } = progressReporter(stream as unknown as NodeJS.WriteStream);
    const problem = (message: string) => ({ message, line: null, column: null, pointer: '' });
    const read = (...messages: readonly string[]): RunEvent => ({
      type: 'contract-read',
      sequence: 1,
      at: 0,
      contract: { source: 'api.yaml', title: '', operations: 1, problems: messages.map(problem) },
    });
    for (const event of [read('odd'), read('odd', 'left alone')]) on(event);
    on({ type: 'check-ended', sequence: 2, at: 0, result: both });
    expect(stream.read()).toBe(
      'note   api.yaml: odd\nnote   api.yaml: left alone\n✘ f-2  http/both: title f-2 (known)\n✘ f-3  http/both: title f-3\n',
    );
  });
});
