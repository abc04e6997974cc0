import { isJsonObject, type Json, type JsonObject, type Scenario, type ScenarioContext } from '@assay/contract';

// A scenario runs beside everything else that a run creates. So it marks its todos with a tag of its own and asks for that tag alone.

async function create(context: ScenarioContext, todo: JsonObject): Promise<JsonObject> {
  const response = await context.request('POST', '/todos', { body: todo });
  context.expect(response.status === 201, `POST /todos answered ${response.status} to a valid todo`);
  context.expect(isJsonObject(response.json), 'POST /todos answered without a JSON object');
  return response.json;
}

async function createAll(context: ScenarioContext, todos: readonly JsonObject[]): Promise<readonly JsonObject[]> {
  const created: JsonObject[] = [];
  for (const todo of todos) created.push(await create(context, todo));
  return created;
}

async function page(context: ScenarioContext, path: string, query: Readonly<Record<string, string>>) {
  const target = `${path}?${new URLSearchParams(query).toString()}`;
  const { status, json } = await context.request('GET', target);
  context.expect(status === 200, `GET ${path} answered ${status} to valid parameters`);
  context.expect(isJsonObject(json) && Array.isArray(json.items), `GET ${path} answered without items`);
  return { items: json.items.filter(isJsonObject), next: typeof json.next === 'string' ? json.next : null };
}

async function allPages(context: ScenarioContext, path: string, query: Readonly<Record<string, string>>) {
  const items: JsonObject[] = [];
  let cursor: string | null = null;
  for (let pages = 0; pages < 200; pages += 1) {
    const { items: more, next } = await page(context, path, cursor === null ? query : { ...query, cursor });
    items.push(...more);
    if (next === null) return items;
    cursor = next;
  }
  return items;
}

async function patch(
  context: ScenarioContext,
  todo: JsonObject,
  body: JsonObject,
  more: Readonly<Record<string, string>> = {},
) {
  const headers = { 'content-type': 'application/merge-patch+json', ...more };
  return context.request('PATCH', `/todos/${String(todo.id)}`, { body, headers });
}

function expectSame(context: ScenarioContext, actual: Json, expected: Json, sentence: string): void {
  context.expect(JSON.stringify(actual) === JSON.stringify(expected), sentence, { expected, actual });
}

const titles = (todos: readonly JsonObject[]): Json => todos.map(({ title }) => title ?? null);
const without = (todo: JsonObject, ...names: readonly string[]): JsonObject =>
  Object.fromEntries(
    Object.keys(todo)
      .filter((name) => !names.includes(name))
      .sort()
      .map((name) => [name, todo[name] ?? null]),
  );

const tiesById: Scenario = {
  id: 'ties-by-id',
  claim: 'Todos with equal sort keys are listed by ascending id, in both directions',
  fix: 'End every ORDER BY with `id`: `ORDER BY position DESC, id`. Without it PostgreSQL may list ties in any order.',
  skill: 'databases',
  severity: 'medium',
  async run(context) {
    const tag = context.random.unique('tie');
    const positions = [2, 1, 2, 1, 2, 1];
    const made = await createAll(
      context,
      positions.map((position, at) => ({ title: `${position}${'abcdef'.charAt(at)}`, position, tags: [tag] })),
    );
    // PostgreSQL writes a changed row to another place, so that the order of rows is not the order of ids any more.
    const [first, second] = made;
    if (first !== undefined && second !== undefined) {
      await patch(context, first, { done: true });
      await patch(context, second, { done: true });
    }
    const upward = await page(context, '/todos', { tag, sort: 'position' });
    expectSame(
      context,
      titles(upward.items),
      ['1b', '1d', '1f', '2a', '2c', '2e'],
      'Ties are out of order with sort=position',
    );
    const downward = await page(context, '/todos', { tag, sort: '-position' });
    expectSame(
      context,
      titles(downward.items),
      ['2a', '2c', '2e', '1b', '1d', '1f'],
      'Ties are out of order with sort=-position',
    );
  },
};

const undatedLast: Scenario = {
  id: 'undated-last',
  claim: 'Todos without a due date come last in both orders by dueAt',
  fix: 'Write `NULLS LAST` in both directions; PostgreSQL puts nulls first when it sorts downwards.',
  skill: 'databases',
  severity: 'medium',
  async run(context) {
    const tag = context.random.unique('due');
    const dates = [null, '2031-01-01T00:00:00Z', null, '2030-01-01T00:00:00Z', '2030-01-01T00:30:00+01:00'];
    await createAll(
      context,
      dates.map((dueAt, at) => ({ title: 'abcde'.charAt(at), dueAt, tags: [tag] })),
    );
    // In small pages, for the cursor has to pass from dates to nulls.
    const upward = await allPages(context, '/todos', { tag, sort: 'dueAt', limit: '2' });
    expectSame(context, titles(upward), ['e', 'd', 'b', 'a', 'c'], 'The order by dueAt is wrong');
    const downward = await allPages(context, '/todos', { tag, sort: '-dueAt', limit: '2' });
    expectSame(context, titles(downward), ['b', 'd', 'e', 'a', 'c'], 'The order by -dueAt is wrong');
  },
};

const filtersCombine: Scenario = {
  id: 'filters-combine',
  claim: 'Filters narrow the list together',
  fix: 'Join the conditions of all given filters with AND, each with its value as a parameter.',
  skill: 'apis',
  severity: 'high',
  async run(context) {
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

const searchIsLiteral: Scenario = {
  id: 'search-is-literal',
  claim: 'A search takes every character for itself and ignores the case of A to Z',
  fix: 'Escape `\\`, `%` and `_` before the text goes into a LIKE pattern, or compare with `position(lower(q) in lower(title)) > 0`.',
  skill: 'databases',
  severity: 'medium',
  async run(context) {
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

const pagesAreStable: Scenario = {
  id: 'pages-are-stable',
  claim: 'While todos come and go between two pages, the others are listed exactly once',
  fix: 'Continue after the last row that was shown (`WHERE (position, id) > ($1, $2)`); OFFSET counts rows that have moved since.',
  skill: 'databases',
  severity: 'high',
  async run(context) {
    const tag = context.random.unique('page');
    const made = await createAll(
      context,
      Array.from({ length: 8 }, (_, at) => ({ title: `t${at}`, position: 10 + Math.floor(at / 3), tags: [tag] })),
    );
    const query = { tag, sort: 'position', limit: '3' };
    const first = await page(context, '/todos', query);
    expectSame(context, titles(first.items), ['t0', 't1', 't2'], 'The first page is not the beginning of the list');
    context.expect(first.next !== null, 'A page that is not the last has no next');
    // Two before the place where the page ended, then the very todo at which it ended goes.
    await createAll(
      context,
      [0, 1].map((position) => ({ title: 'early', position, tags: [tag] })),
    );
    const removed = await context.request('DELETE', `/todos/${String(made[2]?.id)}`);
    context.expect(removed.status === 204, `DELETE answered ${removed.status} for a todo that is there`);
    const second = await page(context, '/todos', { ...query, cursor: first.next });
    expectSame(
      context,
      titles(second.items),
      ['t3', 't4', 't5'],
      'After todos came and went before it, the second page repeats or skips some',
    );
    context.expect(second.next !== null, 'A page that is not the last has no next');
    const third = await page(context, '/todos', { ...query, cursor: second.next });
    expectSame(context, titles(third.items), ['t6', 't7'], 'The last page does not bring the rest');
    context.expect(third.next === null, 'The last page has a next');
  },
};

const nullIsNotAbsent: Scenario = {
  id: 'null-is-not-absent',
  claim: 'A merge patch clears what is null and keeps what is absent; a PUT resets what is absent',
  fix: 'Look at which properties the patch has, not at their values; for PUT fill in the defaults before writing.',
  skill: 'apis',
  severity: 'high',
  async run(context) {
    const whole = {
      title: 'Everything set',
      notes: 'kept',
      done: true,
      position: 5,
      priority: 'low',
      dueAt: '2030-06-01T10:00:00.250+02:00',
      estimate: '12.50',
      tags: [context.random.unique('null')],
    };
    const before = await create(context, whole);
    const cleared = await patch(context, before, { dueAt: null, estimate: null });
    context.expect(
      cleared.status === 200 && isJsonObject(cleared.json),
      `PATCH answered ${cleared.status} to a valid merge patch`,
    );
    expectSame(
      context,
      without(cleared.json, 'updatedAt'),
      without({ ...before, dueAt: null, estimate: null }, 'updatedAt'),
      'A merge patch with two nulls did not clear exactly these two',
    );
    const put = await context.request('PUT', `/todos/${String(before.id)}`, { body: { title: 'Only a title' } });
    context.expect(put.status === 200 && isJsonObject(put.json), `PUT answered ${put.status} to a valid todo`);
    const defaults = {
      notes: null,
      done: false,
      position: 0,
      priority: 'normal',
      dueAt: null,
      estimate: null,
      tags: [],
    };
    expectSame(
      context,
      without(put.json, 'id', 'createdAt', 'updatedAt'),
      without({ title: 'Only a title', ...defaults }),
      'A PUT with nothing but a title left other values than the defaults',
    );
  },
};

const exactValues: Scenario = {
  id: 'exact-values',
  claim: 'Instants keep their milliseconds in any zone, and estimates every digit',
  fix: 'Keep instants in timestamptz and answer them in UTC with three decimals; keep estimates in numeric and answer them as text.',
  skill: 'databases',
  severity: 'high',
  async run(context) {
    for (const [dueAt, utc] of [
      ['2030-03-31T02:30:00.007+05:45', '2030-03-30T20:45:00.007Z'],
      ['1900-01-01T00:00:00.999Z', '1900-01-01T00:00:00.999Z'],
      ['2099-12-31T23:59:59.999-14:00', '2100-01-01T13:59:59.999Z'],
    ] as const) {
      const todo = await create(context, { title: 'When', dueAt });
      const { json } = await context.request('GET', `/todos/${String(todo.id)}`);
      const back = isJsonObject(json) && typeof json.dueAt === 'string' ? json.dueAt : null;
      const same = back?.endsWith('Z') === true && Date.parse(back) === Date.parse(utc);
      context.expect(same, `dueAt ${dueAt} came back as another instant, or not in UTC`, {
        expected: utc,
        actual: back,
      });
    }
    for (const estimate of ['0.10', '7.00', '167772.17', '999999.99']) {
      const todo = await create(context, { title: 'How long', estimate });
      const { json } = await context.request('GET', `/todos/${String(todo.id)}`);
      const back = isJsonObject(json) ? (json.estimate ?? null) : null;
      expectSame(context, back, estimate, `An estimate of ${estimate} came back otherwise`);
    }
  },
};

const tagsInUse: Scenario = {
  id: 'tags-in-use',
  claim: 'Tags are replaced as a whole, and those that no todo carries any more are not listed',
  fix: 'In one transaction delete the todo’s tags and insert the new ones; count tags by what carries them, not by what was ever written.',
  skill: 'databases',
  severity: 'medium',
  async run(context) {
    const mark = context.random.unique('use');
    const [old, kept, fresh] = [`${mark}-old`, `${mark}-kept`, `${mark}-new`];
    const counts = async (): Promise<Json> => {
      const all = await allPages(context, '/tags', { limit: '100' });
      return all
        .filter(({ name }) => typeof name === 'string' && name.startsWith(mark))
        .map(({ name, count }) => [name ?? null, count ?? null]);
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

const noLostUpdate: Scenario = {
  id: 'no-lost-update',
  claim: 'Of several writers who have seen the same version, If-Match lets only one write',
  fix: 'Compare and write in one step: `UPDATE … WHERE id = $1 AND version = $2`, or lock the row (SELECT … FOR UPDATE) before comparing.',
  skill: 'databases',
  severity: 'high',
  async run(context) {
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

export const scenarios: readonly Scenario[] = [
  tiesById,
  undatedLast,
  filtersCombine,
  searchIsLiteral,
  pagesAreStable,
  nullIsNotAbsent,
  exactValues,
  tagsInUse,
  noLostUpdate,
];
