import { isJsonObject, type Scenario, type ScenarioContext } from '@assay/contract';
import { create, expectSame, patch } from './asking.ts';

export const noLostUpdate: Scenario = {
  id: 'no-lost-update',
  claim: 'Of several writers who have seen the same version, If-Match lets only one write',
  fix: 'Compare and write in one step: `UPDATE … WHERE id = $1 AND version = $2`, or lock the row (SELECT … FOR UPDATE) before comparing.',
  skill: 'databases',
  severity: 'high',
  async run(context: ScenarioContext) {
    const created = await create(context, { title: 'Draft' });
    const target = `/todos/${String(created.id)}`;
    const etag = (await context.request('GET', target)).headers.etag ?? '';
    const mine = await patch(context, created, { title: 'Mine' }, { 'if-match': etag });
    context.expect(mine.status === 200, `PATCH answered ${mine.status} although If-Match names the current version`);
    const theirs = await patch(context, created, { title: 'Theirs' }, { 'if-match': etag });
    context.expect(
      theirs.status === 412,
      `PATCH answered ${theirs.status} although If-Match names a version that is gone; expected 412`,
    );
    const gone = await context.request('DELETE', target, { headers: { 'if-match': etag } });
    context.expect(
      gone.status === 412,
      `DELETE answered ${gone.status} although If-Match names a version that is gone; expected 412`,
    );

    const current = await context.request('GET', target);
    context.expect(
      isJsonObject(current.json) && current.json.title === 'Mine',
      'A write that If-Match refused has changed the todo',
    );
    const writers = Array.from({ length: 8 }, (_, at) => `Writer ${at}`);
    const answers = await Promise.all(
      writers.map((title) => patch(context, created, { title }, { 'if-match': current.headers.etag ?? '' })),
    );
    const winners = writers.filter((_, at) => answers[at]?.status === 200);
    context.expect(
      winners.length === 1,
      `Of 8 writers at once with the same If-Match, ${winners.length} were told that they wrote`,
    );
    const last = await context.request('GET', target);
    const title = isJsonObject(last.json) ? (last.json.title ?? null) : null;
    expectSame(
      context,
      title,
      winners[0] ?? null,
      'The todo does not have the title of the only writer who was let in',
    );
  },
};
