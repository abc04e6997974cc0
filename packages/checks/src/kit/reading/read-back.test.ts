import { describe, expect, it } from 'vitest';
import { Setup } from '../setup/setup.ts';
import { failing, exchangeOf } from '../testing/recordings-for-tests.ts';
import { contextOf, contractOf, scripted } from '../testing/scripted-for-tests.ts';
import { readBack, isGone } from './read-back.ts';

const thing = { type: 'object', required: ['id'], properties: { id: { type: 'integer' } } };
const content = { 'application/json': { schema: thing } };
const things = contractOf({
  '/things': {
    post: {
      requestBody: { content: { 'application/json': { schema: { type: 'object' } } } },
      responses: { 201: { description: '', content } },
    },
  },
  '/things/{id}': {
    get: {
      parameters: [{ name: 'id', in: 'path', required: true, schema: { type: 'integer' } }],
      responses: { 200: { description: '', content } },
    },
  },
});

describe('readBack', () => {
  it('reads the thing by its own id, and knows when it is gone', async () => {
    const instance = scripted((line) => (line === 'GET /things/7' ? [404] : [201, { id: 7 }]));
    const setup = new Setup(contextOf(things, instance));
    const made = await setup.make('things');
    const read = await readBack(setup, made);
    expect(instance.asked).toEqual(['POST /things', 'GET /things/7']);
    expect(isGone(read)).toBe(true);
  });

  it('takes no answer, and an error, for no word about the thing', () => {
    expect(isGone(null)).toBe(false);
    expect(isGone(exchangeOf('GET /things/7', 500))).toBe(false);
    expect(isGone(failing(exchangeOf('GET /things/7', 200), 'reset'))).toBe(false);
  });
});
