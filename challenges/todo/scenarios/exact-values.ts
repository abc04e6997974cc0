import { isJsonObject, type Scenario, type ScenarioContext } from '@assay/contract';
import { create, expectSame } from './asking.ts';

export const exactValues: Scenario = {
  id: 'exact-values',
  claim: 'Instants keep their milliseconds in any zone, and estimates every digit',
  fix: 'Keep instants in timestamptz and answer them in UTC with three decimals; keep estimates in numeric and answer them as text.',
  skill: 'databases',
  severity: 'high',
  async run(context: ScenarioContext) {
    for (const [dueAt, utc] of [
      ['2030-03-31T02:30:00.007+05:45', '2030-03-30T20:45:00.007Z'],
      ['1900-01-01T00:00:00.999Z', '1900-01-01T00:00:00.999Z'],
      ['2099-12-31T23:59:59.999-14:00', '2100-01-01T13:59:59.999Z'],
    ] as const) {
      const todo = await create(context, { title: 'When', dueAt });
      const { json } = await context.request('GET', `/todos/${String(todo.id)}`);
      const back = isJsonObject(json) && typeof json.dueAt === 'string' ? json.dueAt : null;
      const same = back?.endsWith('Z') === true && Date.parse(back) === Date.parse(utc);
      context.expect(same, `dueAt ${dueAt} came back as another instant, or not in UTC`, {
        expected: utc,
        actual: back,
      });
    }
    for (const estimate of ['0.10', '7.00', '167772.17', '999999.99']) {
      const todo = await create(context, { title: 'How long', estimate });
      const { json } = await context.request('GET', `/todos/${String(todo.id)}`);
      const back = isJsonObject(json) ? (json.estimate ?? null) : null;
      expectSame(context, back, estimate, `An estimate of ${estimate} came back otherwise`);
    }
  },
};
