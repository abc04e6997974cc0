import type { Scenario, ScenarioContext } from '@assay/contract';
import { ask, comment, expectStatus, listed, newPerson, write } from './people.ts';

export const draftsArePrivate: Scenario = {
  id: 'drafts-are-private',
  claim: 'A draft is there for its author alone',
  fix: 'Let every statement that finds articles carry the condition: published, or by the one who asks. Answer 404, as for what never was.',
  skill: 'apis',
  severity: 'high',
  async run(context: ScenarioContext) {
    const author = await newPerson(context);
    const other = await newPerson(context);
    const word = context.random.unique('word').toLowerCase();
    const draft = await write(context, author, { status: 'draft', text: word, tags: ['private'] });
    const target = `/articles/${String(draft['id'])}`;
    await expectStatus(context, 200, 'An author cannot read their own draft', ask(context, author, 'GET', target));
    for (const reader of [other, null]) {
      const who = reader === null ? 'Somebody who is not signed in' : 'Somebody else';
      await expectStatus(context, 404, `${who} learns of a draft by its id`, ask(context, reader, 'GET', target));
      await expectStatus(
        context,
        404,
        `${who} learns of a draft by its comments`,
        ask(context, reader, 'GET', `${target}/comments`),
      );
      for (const query of [`authorId=${author.id}`, `q=${word}`, `authorId=${author.id}&tag=private`]) {
        const found = await listed(context, reader, `/articles?${query}`);
        context.expect(found.length === 0, `${who} finds a draft in a list with ${query.replaceAll(/=[^&]*/g, '')}`);
      }
    }
    const text = { body: { text: 'Hello' } };
    await expectStatus(
      context,
      404,
      "Somebody comments on another's draft",
      ask(context, other, 'POST', `${target}/comments`, text),
    );
    await expectStatus(
      context,
      404,
      "Changing another's draft is not 404",
      ask(context, other, 'PATCH', target, { body: { title: 'Mine' } }),
    );
    await expectStatus(context, 404, "Deleting another's draft is not 404", ask(context, other, 'DELETE', target));
    const own = await listed(context, author, `/articles?authorId=${author.id}`);
    context.expect(own.length === 1, 'An author does not find their own draft in the list');

    await expectStatus(
      context,
      200,
      'An author cannot publish',
      ask(context, author, 'PATCH', target, { body: { status: 'published' } }),
    );
    await expectStatus(
      context,
      200,
      'What is published cannot be read by everybody',
      ask(context, null, 'GET', target),
    );
    const found = await listed(context, null, `/articles?q=${word}`);
    context.expect(found.length === 1, 'What is published is not found by its words');
    await comment(context, other, draft);
  },
};
