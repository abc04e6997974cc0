import { isJsonObject, type Scenario, type ScenarioContext } from '@assay/contract';
import { ask, listed, newPerson, type Person } from './people.ts';

export const feedsComeAsDrafts: Scenario = {
  id: 'feeds-come-as-drafts',
  claim: 'An import takes in all of its articles as drafts, or none',
  fix: 'Read the whole document strictly first (no document type, no entities of its own), then insert in one transaction.',
  skill: 'databases',
  severity: 'medium',
  async run(context: ScenarioContext) {
    const person = await newPerson(context);
    const [one, two] = [context.random.unique('one-').toLowerCase(), context.random.unique('two-').toLowerCase()];
    const send = async (by: Person, xml: string) => {
      const headers = [
        ['content-type', 'application/xml'],
        ['authorization', `Bearer ${by.token}`],
      ] as const;
      const { response } = await context.send({
        method: 'POST',
        target: '/articles/import',
        operation: 'importArticles',
        as: null,
        headers,
        body: xml,
      });
      return response?.status;
    };
    const article = (slug: string, text = 'a &lt; b &amp; c') =>
      `<article slug="${slug}"><title>Title</title><text>${text}</text></article>`;
    const feed = (...articles: readonly string[]) =>
      `<?xml version="1.0" encoding="UTF-8"?>\n<articles>${articles.join('\n')}</articles>`;

    const took = await send(person, feed(article(one), article(two, '<![CDATA[<p>]]> Zoë')));
    context.expect(took === 201, `POST /articles/import answered ${took} to a valid document`);
    const drafts = await listed(context, person, `/articles?authorId=${person.id}`);
    const texts = drafts.map(({ text }) => text ?? null);
    context.expect(
      JSON.stringify(texts) === JSON.stringify(['<p> Zoë', 'a < b & c']),
      'Imported texts are not what the document says',
      {
        expected: ['<p> Zoë', 'a < b & c'],
        actual: texts,
      },
    );
    context.expect(
      drafts.every(({ status }) => status === 'draft'),
      'An imported article is not a draft',
    );

    const fresh = context.random.unique('fresh-').toLowerCase();
    const half = await send(person, feed(article(fresh), article(one)));
    context.expect(half === 409, `POST /articles/import answered ${half} with a slug that is taken; expected 409`);
    const doctype = `<!DOCTYPE articles [<!ENTITY e "expanded">]>${feed(article(fresh, '&e;')).replace(/^.*\n/, '')}`;
    for (const broken of [doctype, feed(article(fresh)).slice(0, -5), feed(), feed(article('Not A Slug')), '']) {
      const status = await send(person, broken);
      context.expect(
        status === 400,
        `POST /articles/import answered ${status} to a document that is not as documented; expected 400`,
      );
    }
    const after = await ask(context, person, 'GET', `/articles?authorId=${person.id}`);
    const left = isJsonObject(after.json) && Array.isArray(after.json['items']) ? after.json['items'].length : null;
    context.expect(left === 2, 'A refused import left articles behind', { expected: 2, actual: left });
  },
};
