import { isJsonObject, type Json, type Scenario, type ScenarioContext } from '@assay/contract';
import { ask, comment, expectStatus, listed, newPerson, write } from './people.ts';

export const namesArePresent: Scenario = {
  id: 'names-are-present',
  claim: 'Articles and comments show their author’s present name, and entity tags tell of it',
  fix: 'Join the author’s name when reading instead of copying it when writing, and make the tag of all that GET shows.',
  skill: 'databases',
  severity: 'medium',
  async run(context: ScenarioContext) {
    const author = await newPerson(context, 'Before');
    const article = await write(context, author, { status: 'published' });
    await comment(context, author, article);
    const target = `/articles/${String(article['id'])}`;
    const before = await ask(context, null, 'GET', target);
    await expectStatus(
      context,
      200,
      'PATCH /me fails',
      ask(context, author, 'PATCH', '/me', { body: { name: 'After' } }),
    );
    const condition = { headers: { 'if-none-match': before.headers['etag'] ?? '' } };
    const after = await expectStatus(
      context,
      200,
      'The entity tag of an article stays although its author has another name',
      ask(context, null, 'GET', target, condition),
    );
    const [shown] = await listed(context, null, `/articles?authorId=${author.id}`);
    const [said] = await listed(context, null, `${target}/comments`);
    for (const [where, thing] of [
      ['An article', after.json],
      ['A list of articles', shown],
      ['A comment', said],
    ] as const) {
      context.expect(nameIn(thing) === 'After', `${where} shows the name that its author had before`, {
        expected: 'After',
        actual: nameIn(thing),
      });
    }
  },
};

function nameIn(thing: Json | undefined): Json {
  const by = isJsonObject(thing) ? thing['author'] : undefined;
  return isJsonObject(by) ? (by['name'] ?? null) : null;
}
