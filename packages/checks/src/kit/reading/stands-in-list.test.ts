import { expect, it } from 'vitest';
import { Setup } from '../setup/setup.ts';
import { contextOf, contractOf, scripted } from '../testing/scripted-for-tests.ts';
import { standsInList } from './stands-in-list.ts';

const note = { type: 'object', properties: { id: { type: 'integer' } } };
const answered = (schema: object) => ({ description: '', content: { 'application/json': { schema } } });
const contract = contractOf({
  '/notes': {
    get: {
      parameters: [
        { name: 'limit', in: 'query', schema: { type: 'integer', maximum: 20 } },
        { name: 'offset', in: 'query', schema: { type: 'integer' } },
      ],
      responses: { 200: answered({ type: 'array', items: note }) },
    },
    post: { responses: { 201: answered(note) } },
  },
} as never);

/** Where notes stand in a list of 30, of which a page has at most 20. */
async function stands(ids: readonly number[], refuses = (_offset: number) => false) {
  const backend = scripted((line) => {
    const query = new URLSearchParams(line.split('?')[1]);
    const [limit, offset] = [Number(query.get('limit')), Number(query.get('offset'))];
    if (limit > 20 || refuses(offset)) return [limit > 20 ? 422 : 429];
    return [200, Array.from({ length: Math.min(limit, 30 - offset) }, (_, at) => ({ id: offset + at }))];
  });
  const context = contextOf(contract, backend);
  const [resource] = context.shape.resources;
  if (resource === undefined) throw new Error('the contract has no resource');
  return Promise.all(ids.map((id) => standsInList(context, new Setup(context), resource, id)));
}

it('tells on which page a thing stands, with no more items on one than the contract allows', async () => {
  expect(await stands([7, 25, 31])).toMatchObject([
    { page: { request: { target: '/notes?limit=20' } }, item: { id: 7 } },
    { page: { request: { target: '/notes?limit=20&offset=20' } }, item: { id: 25 } },
    'absent',
  ]);
});

it('does not know of a thing that is not on the pages before one that was refused', async () => {
  expect(await stands([7, 25, 31], (offset) => offset > 0)).toMatchObject([{ item: { id: 7 } }, 'unknown', 'unknown']);
});
