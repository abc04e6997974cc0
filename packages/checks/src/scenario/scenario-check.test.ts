import type { Scenario, ScenarioContext } from '@assay/contract';
import { describe, expect, it } from 'vitest';
import { judged, recorded, todo } from '../kit/testing/recordings-for-tests.ts';
import { contextOf, scripted } from '../kit/testing/scripted-for-tests.ts';
import { scenarioCheck } from './scenario-check.ts';

const scenario: Scenario = {
  id: 'null-is-not-absent',
  claim: 'A merge patch tells null from absent',
  fix: 'Look whether the member is there, not whether it is null.',
  skill: 'apis',
  severity: 'high',
  run: async (context: ScenarioContext) => {
    const { status, json } = await context.request('PATCH', '/todos/1', { body: { notes: null } });
    context.expect(status === 200, `PATCH answered ${status}`);
    context.expect(JSON.stringify(json) === '{"notes":null}', 'The patch did not clear the notes', {
      actual: json ?? null,
    });
  },
};
const check = scenarioCheck(scenario);

describe('scenarioCheck', () => {
  it('is a check like any other', () => {
    expect(check).toMatchObject({ id: 'scenario/null-is-not-absent', claim: scenario.claim, severity: 'high' });
  });

  it('passes a backend that does what the challenge asks', () => {
    expect(judged(check, recorded(check, 'pass'))).toEqual({
      status: 'passed',
      reason: '3 exchanges went as the challenge asks',
      findings: [],
    });
  });

  it('tells what did not hold, with what was expected and every exchange that led there', () => {
    const failing = recorded(check, 'fail');
    const title = 'A merge patch with two nulls did not clear exactly these two';
    expect(judged(check, failing).findings).toEqual([{ severity: 'high', key: title, title }]);
    const [finding] = check.judge(failing, todo).findings;
    expect(finding?.evidence.map(({ kind }) => kind)).toEqual(['value', 'exchange', 'exchange']);
  });

  it('keeps numbers out of keys, so that two runs find the same', () => {
    const broken = { sentence: 'Todo 31 came 2 times' };
    expect(judged(check, { ...recorded(check, 'fail'), broken }).findings).toMatchObject([
      { key: 'Todo N came N times' },
    ]);
  });
});

describe('the probe of a scenario', () => {
  const probed = (answer: Parameters<typeof scripted>[0], run: Scenario['run'] = scenario.run) =>
    scenarioCheck({ ...scenario, run }).probe(contextOf(todo, scripted(answer)));

  it('is evidence of what held, and of the first thing that did not', async () => {
    expect(judged(check, await probed(() => [200, { notes: null }]))).toMatchObject({ status: 'passed' });
    expect(judged(check, await probed(() => [200, { notes: 'tea' }])).findings).toMatchObject([
      { title: 'The patch did not clear the notes' },
    ]);
    expect(judged(check, await probed(() => [500])).findings).toMatchObject([{ title: 'PATCH answered 500' }]);
  });

  it('throws what is wrong with the scenario itself', async () => {
    const run = () => Promise.reject(new TypeError('a mistake in the scenario'));
    await expect(probed(() => [200], run)).rejects.toThrow('a mistake in the scenario');
  });
});
