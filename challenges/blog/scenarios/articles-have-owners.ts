import type { Scenario, ScenarioContext } from '@assay/contract';
import { admin, ask, expectStatus, newPerson, write } from './people.ts';

export const articlesHaveOwners: Scenario = {
  id: 'articles-have-owners',
  claim: 'An article is changed by its author, and deleted by its author or an admin',
  fix: 'Look for the owner in the statement that changes or deletes (`… AND author_id = $2`), and answer 403 when the article is there for all to read.',
  skill: 'apis',
  severity: 'critical',
  async run(context: ScenarioContext) {
    const author = await newPerson(context);
    const other = await newPerson(context);
    const keeper = await admin(context);
    const article = await write(context, author, { status: 'published' });
    const target = `/articles/${String(article['id'])}`;
    const body = { title: 'Somebody else was here' };
    await expectStatus(context, 401, 'An article is changed by nobody', ask(context, null, 'PATCH', target, { body }));
    await expectStatus(
      context,
      403,
      "Somebody may change another's article",
      ask(context, other, 'PATCH', target, { body }),
    );
    await expectStatus(
      context,
      403,
      "An admin may change another's article",
      ask(context, keeper, 'PATCH', target, { body }),
    );
    await expectStatus(context, 401, 'An article is deleted by nobody', ask(context, null, 'DELETE', target));
    await expectStatus(context, 403, "Somebody may delete another's article", ask(context, other, 'DELETE', target));
    const kept = await expectStatus(context, 200, 'A refused deletion was done', ask(context, null, 'GET', target));
    context.expect(!kept.text.includes(body.title), 'A refused change was done');
    await expectStatus(
      context,
      204,
      'An admin cannot delete a published article',
      ask(context, keeper, 'DELETE', target),
    );
    await expectStatus(context, 404, 'A deleted article is still there', ask(context, author, 'GET', target));

    const draft = await write(context, author, { status: 'draft' });
    const hidden = `/articles/${String(draft['id'])}`;
    await expectStatus(context, 404, "An admin may delete another's draft", ask(context, keeper, 'DELETE', hidden));
    await expectStatus(
      context,
      204,
      'An author cannot delete their own article',
      ask(context, author, 'DELETE', hidden),
    );
  },
};
