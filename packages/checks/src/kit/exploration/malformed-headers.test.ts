import { describe, expect, it } from 'vitest';
import { check } from '../../contract/no-server-error.ts';
import { judged, nothingExplored } from '../testing/recordings-for-tests.ts';
import { contextOf, contractOf } from '../testing/scripted-for-tests.ts';
import { type Asked, served } from '../testing/served-for-tests.ts';
import { malformedHeaders } from './malformed-headers.ts';

const id = { name: 'id', in: 'path', required: true, schema: { type: 'integer' } };
const shown = { description: 'it', content: { 'application/json': { schema: { type: 'object' } } } };
const notes = contractOf({
  '/notes': { post: { operationId: 'add', responses: { 201: shown } } },
  '/notes/{id}': {
    parameters: [id],
    get: { operationId: 'read', responses: { 200: shown } },
    delete: { operationId: 'drop', responses: { 204: { description: 'gone' } } },
  },
} as never);

/** @param breaks whether a request is one at which the backend fails */
async function told(breaks: (asked: Asked) => boolean) {
  let made = 0;
  const there = new Set<string>();
  const backend = await served((asked, response) => {
    const { method, path } = asked;
    const which = path.split('/').at(-1) ?? '';
    if (method === 'POST') there.add(String((made += 1)));
    if (breaks(asked)) response.writeHead(500).end();
    else if (method === 'POST')
      response.writeHead(201, { 'content-type': 'application/json' }).end(JSON.stringify({ id: made }));
    else if (!there.has(which)) response.writeHead(404).end();
    else if (method === 'DELETE') response.writeHead(there.delete(which) ? 204 : 404).end();
    else response.writeHead(200, { 'content-type': 'application/json' }).end('{}');
  });
  const { looked, suspects } = await malformedHeaders(contextOf(notes, backend));
  const { findings } = judged(check, { ...nothingExplored, looked, suspects }, notes);
  return { looked, titles: findings.map(({ title }) => title) };
}

const holds =
  (name: string) =>
  ({ request }: Asked): boolean =>
    request.headers[name] !== undefined;

describe('malformedHeaders', () => {
  it('says nothing of a backend that takes or refuses them', async () => {
    expect(await told(() => false)).toEqual({ looked: 3, titles: [] });
  });

  it('names the field that the backend fails over, each time on a thing that is there', async () => {
    const { titles } = await told((asked) => asked.method === 'DELETE' && holds('if-unmodified-since')(asked));
    expect(titles).toEqual([
      expect.stringMatching(
        /^DELETE \/notes\/\d+ answered 500 to a request that is valid but for a malformed If-Unmodified-Since$/,
      ),
    ]);
  });

  it('tells once what is read everywhere', async () => {
    const { titles } = await told(holds('x-forwarded-for'));
    expect(titles).toEqual([
      'POST /notes answered 500 to a request that is valid but for a malformed X-Forwarded-For; the same at 2 other operations',
    ]);
  });

  it('does not blame the fields for what fails without them', async () => {
    expect((await told(({ method }) => method === 'GET')).titles).toEqual([]);
  });

  it('tells of several where each alone does no harm', async () => {
    const { titles } = await told((asked) => holds('range')(asked) && holds('if-none-match')(asked));
    expect(titles).toEqual([
      expect.stringMatching(/^GET .* answered 500 to a request that is valid but for several malformed header fields$/),
    ]);
  });

  it('does not blame the fields for what happens once', async () => {
    let times = 0;
    expect((await told((asked) => holds('x-forwarded-for')(asked) && (times += 1) === 1)).titles).toEqual([]);
  });
});
