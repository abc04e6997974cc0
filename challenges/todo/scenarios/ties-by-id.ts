import type { Scenario, ScenarioContext } from '@assay/contract';
import { createAll, expectSame, page, patch, titles } from './asking.ts';

export const tiesById: Scenario = {
  id: 'ties-by-id',
  claim: 'Todos with equal sort keys are listed by ascending id, in both directions',
  fix: 'End every ORDER BY with `id`: `ORDER BY position DESC, id`. Without it PostgreSQL may list ties in any order.',
  skill: 'databases',
  severity: 'medium',
  async run(context: ScenarioContext) {
    const tag = context.random.unique('tie');
    const positions = [2, 1, 2, 1, 2, 1];
    const made = await createAll(
      context,
      positions.map((position, at) => ({ title: `${position}${'abcdef'.charAt(at)}`, position, tags: [tag] })),
    );
    // PostgreSQL writes a changed row to another place, so that the order of rows is not the order of ids any more.
    const [first, second] = made;
    if (first !== undefined && second !== undefined) {
      await patch(context, first, { done: true });
      await patch(context, second, { done: true });
    }
    const upward = await page(context, '/todos', { tag, sort: 'position' });
    expectSame(
      context,
      titles(upward.items),
      ['1b', '1d', '1f', '2a', '2c', '2e'],
      'Ties are out of order with sort=position',
    );
    const downward = await page(context, '/todos', { tag, sort: '-position' });
    expectSame(
      context,
      titles(downward.items),
      ['2a', '2c', '2e', '1b', '1d', '1f'],
      'Ties are out of order with sort=-position',
    );
  },
};
