import { isJsonObject, type JsonObject, type Scenario, type ScenarioContext } from '@assay/contract';
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

    const kept = await context.request('GET', target);
    const keptTitle = isJsonObject(kept.json) ? (kept.json.title ?? null) : null;
    expectSame(context, keptTitle, 'Mine', 'A write that If-Match refused has changed the todo');
    for (let round = 1; round <= rounds; round += 1) await race(context, created, round);
  },
};

/** A comparison that is not one step with its write may go well by luck, so it is tried several times. */
const rounds = 6;
const writers = 8;

async function race(context: ScenarioContext, todo: JsonObject, round: number): Promise<void> {
  const target = `/todos/${String(todo.id)}`;
  // All read at once before all write at once: then every connection is open, and nobody is late for it.
  const seen = await Promise.all(Array.from({ length: writers }, () => context.request('GET', target)));
  const etag = seen[0]?.headers.etag ?? '';
  const titles = Array.from({ length: writers }, (_, at) => `Writer ${at} of round ${round}`);
  const answers = await Promise.all(titles.map((title) => patch(context, todo, { title }, { 'if-match': etag })));
  const winners = titles.filter((_, at) => answers[at]?.status === 200);
  context.expect(
    winners.length === 1,
    `Of ${writers} writers at once with the same If-Match, ${winners.length} were told that they wrote`,
  );
  const { json } = await context.request('GET', target);
  const title = isJsonObject(json) ? (json.title ?? null) : null;
  expectSame(context, title, winners[0] ?? null, 'The todo does not have the title of the only writer who was let in');
}
