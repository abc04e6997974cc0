import type { Scenario, ScenarioContext } from '@assay/contract';
import { createAll, expectSame, page, titles } from './asking.ts';

export const filtersCombine: Scenario = {
  id: 'filters-combine',
  claim: 'Filters narrow the list together',
  fix: 'Join the conditions of all given filters with AND, each with its value as a parameter.',
  skill: 'apis',
  severity: 'high',
  async run(context: ScenarioContext) {
    const tag = context.random.unique('both');
    const whole = { title: 'Buy milk', done: true, priority: 'high', tags: [tag, 'shop'] };
    await createAll(context, [
      whole,
      { ...whole, title: 'Buy bread' },
      { ...whole, done: false },
      { ...whole, priority: 'low' },
      { ...whole, tags: [tag] },
      { ...whole, tags: ['shop'], notes: tag },
    ]);
    const narrow = await page(context, '/todos', { tag, done: 'true', priority: 'high', q: 'milk' });
    const ofShop = narrow.items.filter(({ tags }) => Array.isArray(tags) && tags.includes('shop'));
    expectSame(
      context,
      [narrow.items.length, ofShop.length],
      [2, 1],
      'Filters for done, priority, tag and q together list other todos than those that meet all four',
    );
    const open = await page(context, '/todos', { tag, done: 'false' });
    expectSame(
      context,
      titles(open.items),
      ['Buy milk'],
      'done=false with a tag lists other todos than the open one that carries it',
    );
  },
};
