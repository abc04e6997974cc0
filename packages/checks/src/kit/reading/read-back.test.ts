import { describe, expect, it } from 'vitest';
import { Setup } from '../setup/setup.ts';
import { exchangeOf, failing, faulting } from '../testing/recordings-for-tests.ts';
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

  it('knows by the name of a fault that there is no such thing', () => {
    const read = exchangeOf('POST /things', 500);
    const gone = (code: string, blames: 'other' | 'server' = 'other') => isGone(faulting(read, { blames, code }));
    expect(['a:NotFound', 'NoSuchThing', 'a:UnknownThing'].map((code) => gone(code))).toEqual([true, true, true]);
    expect(['a:Busy', 'a:UnknownError', 'Unknown.Failure'].map((code) => gone(code))).toEqual([false, false, false]);
    expect(gone('soap:Server', 'server')).toBe(false);
    const details = [{ namespace: 'urn:things', local: 'noSuchThing' }];
    expect(isGone(faulting(read, { blames: 'server', details }))).toBe(true);
  });

  it('takes no answer, and an error, for no word about the thing', () => {
    expect(isGone(null)).toBe(false);
    expect(isGone(exchangeOf('GET /things/7', 500))).toBe(false);
    expect(isGone(failing(exchangeOf('GET /things/7', 200), 'reset'))).toBe(false);
  });
});
