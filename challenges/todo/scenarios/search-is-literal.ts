import type { Scenario, ScenarioContext } from '@assay/contract';
import { createAll, expectSame, page, titles } from './asking.ts';

export const searchIsLiteral: Scenario = {
  id: 'search-is-literal',
  claim: 'A search takes every character for itself and ignores the case of A to Z',
  fix: 'Escape `\\`, `%` and `_` before the text goes into a LIKE pattern, or compare with `position(lower(q) in lower(title)) > 0`.',
  skill: 'databases',
  severity: 'medium',
  async run(context: ScenarioContext) {
    const tag = context.random.unique('find');
    const words = ['100% cotton', '100 apples', 'snake_case', 'snakeXcase', 'back\\slash', 'backslash'];
    await createAll(
      context,
      words.map((title) => ({ title, tags: [tag] })),
    );
    for (const [q, found] of [
      ['0%', ['100% cotton']],
      ['e_c', ['snake_case']],
      ['k\\s', ['back\\slash']],
      ['SNAKE', ['snake_case', 'snakeXcase']],
      ['Xc', ['snakeXcase']],
    ] as const) {
      const { items } = await page(context, '/todos', { tag, q });
      expectSame(
        context,
        titles(items),
        found,
        `A search for ${q} finds other todos than those with it in their title`,
      );
    }
  },
};
