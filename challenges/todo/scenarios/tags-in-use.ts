import { isJsonObject, type Json, type Scenario, type ScenarioContext } from '@assay/contract';
import { allPages, createAll, expectSame, patch } from './asking.ts';

export const tagsInUse: Scenario = {
  id: 'tags-in-use',
  claim: 'Tags are replaced as a whole, and those that no todo carries any more are not listed',
  fix: 'In one transaction delete the todo’s tags and insert the new ones; count tags by what carries them, not by what was ever written.',
  skill: 'databases',
  severity: 'medium',
  async run(context: ScenarioContext) {
    const mark = context.random.unique('use');
    const [old, kept, fresh] = [`${mark}-old`, `${mark}-kept`, `${mark}-new`];
    const counts = async (): Promise<Json> => {
      const all = await allPages(context, '/tags', { limit: '100' });
      return (
        all
          .filter(({ name }) => typeof name === 'string' && name.startsWith(mark))
          // In which form a count is told is for the contract to say.
          .map(({ name, count }) => [name ?? null, Number(count)])
      );
    };
    const [first, second] = await createAll(context, [
      { title: 'First', tags: [old, kept] },
      { title: 'Second', tags: [kept] },
    ]);
    context.expect(first !== undefined && second !== undefined, 'Two todos were not created');
    expectSame(
      context,
      await counts(),
      [
        [kept, 2],
        [old, 1],
      ],
      '/tags does not list the tags in use, by name, with their counts',
    );
    const changed = await patch(context, first, { tags: [kept, fresh] });
    const tags = isJsonObject(changed.json) ? (changed.json.tags ?? null) : null;
    expectSame(context, tags, [kept, fresh], 'A patch of tags did not replace them as a whole, in the order sent');
    expectSame(
      context,
      await counts(),
      [
        [kept, 2],
        [fresh, 1],
      ],
      '/tags does not follow a patch of tags',
    );
    await context.request('DELETE', `/todos/${String(second.id)}`);
    expectSame(
      context,
      await counts(),
      [
        [kept, 1],
        [fresh, 1],
      ],
      '/tags still counts a todo that was deleted',
    );
  },
};
