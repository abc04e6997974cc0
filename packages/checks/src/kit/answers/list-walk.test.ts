import type { Json, ListOperation, Pagination } from '@assay/contract';
import { describe, expect, it } from 'vitest';
import { exchangeOf } from '../testing/recordings-for-tests.ts';
import { type Answer, scripted } from '../testing/scripted-for-tests.ts';
import { itemsOf, walk, withQuery } from './list-walk.ts';

const things = Array.from({ length: 7 }, (_, index) => ({ id: index + 1 }));
const limit = 3;
const first = { method: 'GET', target: '/things?limit=3&q=a' };

function list(pagination: Partial<Pagination> | null, items = ''): ListOperation {
  const whole = { style: 'offset', limit: 'limit', position: 'offset', next: null } as const;
  return { operation: 'list', items, pagination: pagination === null ? null : { ...whole, ...pagination } };
}

/** The page that begins after so many things, as a backend would answer. */
function page(line: string, parameter: string): readonly Json[] {
  const from = Number(new URL(`http://a${line.slice(4)}`).searchParams.get(parameter) ?? 0);
  return things.slice(from, from + limit);
}

const walked = async (each: ListOperation, answer: (line: string) => Answer, cap = 10) => {
  const instance = scripted(answer);
  const found = await walk(instance, each, first, limit, cap);
  return { ...found, asked: instance.asked };
};

describe('walk', () => {
  it('goes on by offset until a page is short', async () => {
    const found = await walked(list({}), (line) => [200, page(line, 'offset')]);
    expect(found).toMatchObject({ outcome: 'end', items: things, lengths: [3, 3, 1] });
    expect(found.asked[1]).toBe('GET /things?limit=3&q=a&offset=3');
  });

  it('goes on by the number of the page', async () => {
    const found = await walked(list({ style: 'page', position: 'page' }), (line) => {
      const number = Number(/page=(\d+)/.exec(line)?.[1] ?? 1);
      return [200, things.slice((number - 1) * limit, number * limit)];
    });
    expect(found).toMatchObject({ outcome: 'end', items: things });
  });

  it('knows the first page again where what is told of its things changes', async () => {
    let views = 0;
    const found = await walked(list({ style: 'page', position: 'page' }), (line) => {
      const number = Number(/page=(\d+)/.exec(line)?.[1] ?? 1);
      views += 1;
      return [200, things.slice((number - 1) * limit, number * limit).map((thing) => ({ ...thing, views }))];
    });
    expect(found.lengths).toEqual([3, 3, 1]);
  });

  it('goes on by the number of a page where the first one is 0', async () => {
    const found = await walked(list({ style: 'page', position: 'page' }), (line) => {
      const number = Number(/page=(\d+)/.exec(line)?.[1] ?? 0);
      return [200, things.slice(number * limit, (number + 1) * limit)];
    });
    expect(found).toMatchObject({ outcome: 'end', items: things, lengths: [3, 3, 1] });
  });

  it('ends where the page after the last one is not there', async () => {
    const answer = (line: string): Answer => {
      const number = Number(/page=(\d+)/.exec(line)?.[1] ?? 1);
      return number > 2
        ? [404, { detail: 'Invalid page.' }]
        : [200, things.slice((number - 1) * limit, number * limit)];
    };
    const found = await walked(list({ style: 'page', position: 'page' }), answer);
    expect(found).toMatchObject({ outcome: 'end', items: things.slice(0, 6), lengths: [3, 3] });
    expect(await walked(list({ style: 'page', position: 'page' }), () => [404])).toMatchObject({ outcome: 'broken' });
  });

  it('goes on by a cursor in the body, as it was given', async () => {
    const each = list({ style: 'cursor', position: 'cursor', next: { kind: 'pointer', pointer: '/next' } }, '/items');
    const found = await walked(each, (line) => {
      const from = Number(decodeURIComponent(/cursor=([^&]*)/.exec(line)?.[1] ?? '').slice(2) || 0);
      const next = from + limit < things.length ? `+/${from + limit}` : null;
      return [200, { items: things.slice(from, from + limit), next }];
    });
    expect(found).toMatchObject({ outcome: 'end', items: things });
    expect(found.asked[1]).toBe('GET /things?limit=3&q=a&cursor=%2B%2F3');
  });

  it.each(['/things?after=3', '?after=3', 'http://elsewhere.example/things?after=3'])(
    'goes on at an address in the body: %s',
    async (next) => {
      const each = list({ next: { kind: 'pointer', pointer: '/next' } }, '/items');
      const found = await walked(each, (line) => [
        200,
        { items: page(line, 'after'), next: line.includes('after') ? '' : next },
      ]);
      expect(found.asked).toEqual(['GET /things?limit=3&q=a', 'GET /things?after=3']);
    },
  );

  it('goes on by the Link header', async () => {
    const each = list({ next: { kind: 'link-header' } });
    const found = await walked(each, (line) => {
      const more = line.includes('after') ? '' : ', </things?after=3>; rel="next"';
      return [200, page(line, 'after'), { link: `</things>; rel="first"${more}` }];
    });
    expect(found.asked).toEqual(['GET /things?limit=3&q=a', 'GET /things?after=3']);
    expect(found.outcome).toBe('end');
  });

  it('stops at a page that is no list, and at the cap', async () => {
    expect(await walked(list({}), () => [500, 'oh'])).toMatchObject({ outcome: 'broken', items: [] });
    expect(await walked(list({}, '/items'), () => [200, { rows: [] }])).toMatchObject({ outcome: 'broken' });
    let asked = 0;
    const endless = (): Answer => [200, things.slice(0, limit).map(({ id }) => ({ id: id + 10 * ++asked }))];
    expect(await walked(list({}), endless, 4)).toMatchObject({ outcome: 'cap', lengths: [3, 3, 3, 3] });
  });

  it('takes a last page that comes once more for the end, and a first page that comes twice for what it is', async () => {
    const clamped = (line: string): Answer => {
      const number = Math.min(2, Number(/page=(\d+)/.exec(line)?.[1] ?? 1));
      return [200, things.slice((number - 1) * limit, number * limit)];
    };
    expect(await walked(list({ style: 'page', position: 'page' }), clamped)).toMatchObject({
      outcome: 'end',
      items: things.slice(0, 6),
    });
    expect(await walked(list({}), () => [200, things.slice(0, limit)])).toMatchObject({
      outcome: 'end',
      lengths: [3, 3],
    });
  });

  it('is broken where the next page has no address that could be asked', async () => {
    const byLink = list({ style: 'page', position: 'page', next: { kind: 'link-header' } });
    for (const address of ['http://[bad/things?page=2', '//'])
      expect(await walked(byLink, () => [200, things.slice(0, 3), { link: `<${address}>; rel="next"` }])).toMatchObject(
        { outcome: 'broken', lengths: [3] },
      );
    const inBody = list({ next: { kind: 'pointer', pointer: '/next' } }, '/items');
    expect(await walked(inBody, () => [200, { items: things.slice(0, 3), next: '//' }])).toMatchObject({
      outcome: 'broken',
      lengths: [3],
    });
  });

  it('goes on where a backend silently gives shorter pages than asked for', async () => {
    const many = Array.from({ length: 25 }, (_, index) => ({ id: index }));
    const instance = scripted((line) => {
      const from = Number(/offset=(\d+)/.exec(line)?.[1] ?? 0);
      return [200, many.slice(from, from + 10)];
    });
    const found = await walk(instance, list({}), { method: 'GET', target: '/things?limit=20' }, 20, 10);
    expect(found).toMatchObject({ outcome: 'end', items: many, lengths: [10, 10, 5] });
  });

  it('ends where what was asked for beyond a short page is refused', async () => {
    const refusing = (kept: number) => {
      const instance = scripted((line) =>
        line.includes('offset=') ? [400, {}] : [200, Array.from({ length: kept }, (_, index) => ({ id: index }))],
      );
      return walk(instance, list({}), { method: 'GET', target: '/things?limit=20' }, 20, 10);
    };
    expect(await refusing(12)).toMatchObject({ outcome: 'end', lengths: [12] });
    expect(await refusing(10)).toMatchObject({ outcome: 'broken' });
    expect(await refusing(20)).toMatchObject({ outcome: 'broken' });
  });

  it('asks once for a list without pages', async () => {
    expect(await walked(list(null), () => [200, things])).toMatchObject({ outcome: 'end', lengths: [7] });
  });
});

describe('itemsOf', () => {
  it('finds the items of a success where they should be', () => {
    const each = list(null, '/data/items');
    expect(itemsOf(each, exchangeOf('GET /', 200, { body: { data: { items: [1] } } }))).toEqual([1]);
    expect(itemsOf(each, exchangeOf('GET /', 200, { body: { data: { items: {} } } }))).toBeNull();
    expect(itemsOf(each, exchangeOf('GET /', 404, { body: { data: { items: [1] } } }))).toBeNull();
  });
});

describe('withQuery', () => {
  it('sets, replaces and removes parameters, and keeps the others', () => {
    expect(withQuery(first, { limit: 50 }).target).toBe('/things?limit=50&q=a');
    expect(withQuery(first, { limit: null, q: null }).target).toBe('/things');
    expect(withQuery({ ...first, target: '/things' }, { q: 'a b&c' }).target).toBe('/things?q=a+b%26c');
  });
});

it('finds the one list of things in an answer of which the contract says nothing', () => {
  const unsaid = { operation: 'list', items: null, pagination: null };
  const found = (body: Json) => itemsOf(unsaid, exchangeOf('GET /', 200, { body }));
  expect(found([{ id: 1 }])).toEqual([{ id: 1 }]);
  expect(found({ articles: [{ id: 1 }], articlesCount: 1 })).toEqual([{ id: 1 }]);
  expect(found({ articles: [], meta: { total: 0 } })).toEqual([]);
  expect(found({ user: { id: 1 }, roles: [{ id: 2 }] })).toBeNull();
  expect(found({ tags: ['a'] })).toBeNull();
  expect(found({ errors: [{ code: 1 }] })).toBeNull();
  expect(found({ id: 1 })).toBeNull();
});
