import type { Scenario, ScenarioContext } from '@assay/contract';
import { createAll, expectSame, page, titles } from './asking.ts';

export const pagesAreStable: Scenario = {
  id: 'pages-are-stable',
  claim: 'While todos come and go between two pages, the others are listed exactly once',
  fix: 'Continue after the last row that was shown (`WHERE (position, id) > ($1, $2)`); OFFSET counts rows that have moved since.',
  skill: 'databases',
  severity: 'high',
  async run(context: ScenarioContext) {
    const tag = context.random.unique('page');
    const made = await createAll(
      context,
      Array.from({ length: 8 }, (_, at) => ({ title: `t${at}`, position: 10 + Math.floor(at / 3), tags: [tag] })),
    );
    const query = { tag, sort: 'position', limit: '3' };
    const first = await page(context, '/todos', query);
    expectSame(context, titles(first.items), ['t0', 't1', 't2'], 'The first page is not the beginning of the list');
    context.expect(first.next !== null, 'A page that is not the last has no next');
    // Two before the place where the page ended, then the very todo at which it ended goes.
    await createAll(
      context,
      [0, 1].map((position) => ({ title: 'early', position, tags: [tag] })),
    );
    const removed = await context.request('DELETE', `/todos/${String(made[2]?.id)}`);
    context.expect(removed.status < 300, `DELETE answered ${removed.status} for a todo that is there`);
    const second = await page(context, '/todos', { ...query, cursor: first.next });
    expectSame(
      context,
      titles(second.items),
      ['t3', 't4', 't5'],
      'After todos came and went before it, the second page repeats or skips some',
    );
    context.expect(second.next !== null, 'A page that is not the last has no next');
    const third = await page(context, '/todos', { ...query, cursor: second.next });
    expectSame(context, titles(third.items), ['t6', 't7'], 'The last page does not bring the rest');
    context.expect(third.next === null, 'The last page has a next');
  },
};
