import { isJsonObject, type JsonObject } from '@assay/contract';
import { describe, expect, it } from 'vitest';
import { check } from '../../data/delete-is-final.ts';
import { object, said, taken, text } from '../testing/openapi-for-tests.ts';
import { judged } from '../testing/recordings-for-tests.ts';
import { type Answer, contextOf, contractOf, scripted } from '../testing/scripted-for-tests.ts';
import { unheardOf } from './used-after-deletion.ts';

interface Habits {
  /** Whether a book may be put on this shelf, of which it is known whether it is there, deleted, or never was. */
  readonly takes: (shelf: 'there' | 'deleted' | 'unheard of', nth: number) => boolean;
  readonly answer?: number;
  readonly path?: string;
  readonly removed?: number;
  /** What the contract says of the deletion, of putting a book on a shelf, and of the member that names the shelf. */
  readonly words?: { readonly removal?: string; readonly use?: string; readonly member?: string };
}

const id: JsonObject = { type: 'integer', minimum: 1 };

/** Keys of findings of a backend of shelves on which books are put. */
async function keysOf({
  takes,
  answer = 201,
  path = '/books',
  removed = 204,
  words = {},
}: Habits): Promise<readonly string[]> {
  const shelf = object({ id, name: text });
  const contract = contractOf({
    '/shelves': {
      post: { operationId: 'addShelf', requestBody: taken(object({ name: text })), responses: { 201: said(shelf) } },
    },
    '/shelves/{shelfId}': {
      parameters: [{ name: 'shelfId', in: 'path', required: true, schema: id }],
      get: { operationId: 'readShelf', responses: { 200: said(shelf) } },
      delete: { operationId: 'removeShelf', summary: words.removal ?? 'Delete a shelf', responses: { 204: said() } },
    },
    [path]: {
      post: {
        operationId: 'addBook',
        description: words.use ?? '',
        requestBody: taken(object({ shelfId: { ...id, description: words.member ?? '' }, title: text })),
        responses: { 201: said(object({ id, title: text })) },
      },
    },
  });
  const shelves: boolean[] = [];
  let books = 0;
  const backend = scripted((line, sent): Answer => {
    if (line === 'POST /shelves') return [201, { id: shelves.push(true), name: 'x' }];
    if (line === `POST ${path}`) {
      const at = isJsonObject(sent) ? Number(sent['shelfId']) - 1 : -1;
      const is = shelves[at] === undefined ? 'unheard of' : shelves[at] ? 'there' : 'deleted';
      return takes(is, (books += 1)) ? [answer, { id: books, title: 'x' }] : [404];
    }
    const at = Number(line.split('/').at(-1)) - 1;
    if (shelves[at] !== true) return [404];
    if (line.startsWith('DELETE')) shelves[at] = false;
    return line.startsWith('DELETE') ? [removed] : [200, { id: at + 1, name: 'x' }];
  });
  const evidence = await check.probe(contextOf(contract, backend));
  return judged(check, evidence, contract).findings.map(({ key }) => key);
}

describe('what was deleted', () => {
  const soft: Habits['takes'] = (shelf) => shelf !== 'unheard of';

  it('is found to be taken for what is there, where what never was is refused', async () => {
    expect(await keysOf({ takes: soft })).toEqual(['shelves used by addBook']);
  });

  it('is refused as it should be', async () => {
    expect(await keysOf({ takes: (shelf) => shelf === 'there' })).toEqual([]);
  });

  it('is none where nobody looks at what is named', async () => {
    expect(await keysOf({ takes: () => true })).toEqual([]);
  });

  it('may be refused a moment later', async () => {
    // Two that are there come first, then a deleted one; the next deleted one comes later.
    expect(await keysOf({ takes: (shelf, nth) => shelf === 'there' || (shelf === 'deleted' && nth < 5) })).toEqual([]);
  });

  it('tells nothing where the answer or the deletion is none yet, or it is about bringing things back', async () => {
    expect(await keysOf({ takes: soft, answer: 202 })).toEqual([]);
    expect(await keysOf({ takes: soft, removed: 202 })).toEqual([]);
    expect(await keysOf({ takes: soft, path: '/restored-books' })).toEqual([]);
    expect(await keysOf({ takes: soft, path: '/stock-movements' })).toEqual([]);
  });

  it('may be named where the contract says so', async () => {
    for (const words of [
      { use: 'Counts the books of a shelf, also of a deleted one.' },
      { member: 'The shelf, which may be a former one.' },
      { removal: 'Takes it away. Its books can still be lent.' },
    ])
      expect(await keysOf({ takes: soft, words })).toEqual([]);
    const words = { removal: 'Deletes a shelf. Books that were put on it stay.', use: 'Puts a book on a shelf.' };
    expect(await keysOf({ takes: soft, words })).toEqual(['shelves used by addBook']);
  });
});

it('makes ids of the same form that nothing had', () => {
  const uuid = '018f4a7e-1c1e-7b7a-9f00-0123456789ab';
  expect(unheardOf(uuid)).toMatch(/^018f4a7e-1c1e-7b7a-9f00-[\da-f]{12}$/);
  expect(unheardOf(uuid)).not.toBe(uuid);
  expect([7, '7', 'a-title', 2_000_000_000].map(unheardOf)).toEqual([1_000_007, '1000007', null, null]);
});
