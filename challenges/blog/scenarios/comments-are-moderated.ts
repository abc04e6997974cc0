import type { Scenario, ScenarioContext } from '@assay/contract';
import { admin, ask, comment, expectStatus, listed, newPerson, write } from './people.ts';

export const commentsAreModerated: Scenario = {
  id: 'comments-are-moderated',
  claim: 'A comment goes by whoever wrote it, the author of the article, or an admin, and by nobody else',
  fix: 'Delete with both owners in the condition: the author of the comment and the author of its article; admins besides.',
  skill: 'apis',
  severity: 'high',
  async run(context: ScenarioContext) {
    const author = await newPerson(context, 'Author');
    const reader = await newPerson(context, 'Reader');
    const other = await newPerson(context, 'Other');
    const keeper = await admin(context);
    const article = await write(context, author, { status: 'published' });
    for (const [who, moderator] of [
      ['Whoever wrote a comment', reader],
      ['The author of the article', author],
      ['An admin', keeper],
    ] as const) {
      const made = await comment(context, reader, article);
      const target = `/comments/${String(made['id'])}`;
      await expectStatus(context, 401, 'A comment is deleted by nobody', ask(context, null, 'DELETE', target));
      await expectStatus(context, 403, "Somebody may delete another's comment", ask(context, other, 'DELETE', target));
      await expectStatus(context, 204, `${who} cannot delete it`, ask(context, moderator, 'DELETE', target));
      await expectStatus(
        context,
        404,
        'A deleted comment can be deleted again',
        ask(context, moderator, 'DELETE', target),
      );
    }
    const left = await listed(context, null, `/articles/${String(article['id'])}/comments`);
    context.expect(left.length === 0, 'Deleted comments are still listed');
  },
};
