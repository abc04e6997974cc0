import { isJsonObject, type Scenario, type ScenarioContext } from '@assay/contract';
import { create, expectSame, patch, without } from './asking.ts';

export const nullIsNotAbsent: Scenario = {
  id: 'null-is-not-absent',
  claim: 'A merge patch clears what is null and keeps what is absent; a PUT resets what is absent',
  fix: 'Look at which properties the patch has, not at their values; for PUT fill in the defaults before writing.',
  skill: 'apis',
  severity: 'high',
  async run(context: ScenarioContext) {
    const whole = {
      title: 'Everything set',
      notes: 'kept',
      done: true,
      position: 5,
      priority: 'low',
      dueAt: '2030-06-01T10:00:00.250+02:00',
      estimate: '12.50',
      tags: [context.random.unique('null')],
    };
    const before = await create(context, whole);
    const cleared = await patch(context, before, { dueAt: null, estimate: null });
    context.expect(
      cleared.status === 200 && isJsonObject(cleared.json),
      `PATCH answered ${cleared.status} to a valid merge patch`,
    );
    expectSame(
      context,
      without(cleared.json, 'updatedAt'),
      without({ ...before, dueAt: null, estimate: null }, 'updatedAt'),
      'A merge patch with two nulls did not clear exactly these two',
    );
    const put = await context.request('PUT', `/todos/${String(before.id)}`, { body: { title: 'Only a title' } });
    context.expect(put.status === 200 && isJsonObject(put.json), `PUT answered ${put.status} to a valid todo`);
    const defaults = {
      notes: null,
      done: false,
      position: 0,
      priority: 'normal',
      dueAt: null,
      estimate: null,
      tags: [],
    };
    expectSame(
      context,
      without(put.json, 'id', 'createdAt', 'updatedAt'),
      without({ title: 'Only a title', ...defaults }),
      'A PUT with nothing but a title left other values than the defaults',
    );
  },
};
