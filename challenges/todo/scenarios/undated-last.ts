import type { Scenario, ScenarioContext } from '@assay/contract';
import { allPages, createAll, expectSame, titles } from './asking.ts';

export const undatedLast: Scenario = {
  id: 'undated-last',
  claim: 'Todos without a due date come last in both orders by dueAt',
  fix: 'Write `NULLS LAST` in both directions; PostgreSQL puts nulls first when it sorts downwards.',
  skill: 'databases',
  severity: 'medium',
  async run(context: ScenarioContext) {
    const tag = context.random.unique('due');
    const dates = [null, '2031-01-01T00:00:00Z', null, '2030-01-01T00:00:00Z', '2030-01-01T00:30:00+01:00'];
    await createAll(
      context,
      dates.map((dueAt, at) => ({ title: 'abcde'.charAt(at), dueAt, tags: [tag] })),
    );
    // In small pages, for the cursor has to pass from dates to nulls.
    const upward = await allPages(context, '/todos', { tag, sort: 'dueAt', limit: '2' });
    expectSame(context, titles(upward), ['e', 'd', 'b', 'a', 'c'], 'The order by dueAt is wrong');
    const downward = await allPages(context, '/todos', { tag, sort: '-dueAt', limit: '2' });
    expectSame(context, titles(downward), ['b', 'd', 'e', 'a', 'c'], 'The order by -dueAt is wrong');
  },
};
