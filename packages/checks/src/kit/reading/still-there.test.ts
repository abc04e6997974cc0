import { describe, expect, it } from 'vitest';
import { Setup } from '../setup/setup.ts';
import { exchangeOf, firstOf } from '../testing/recordings-for-tests.ts';
import { contextOf, contractOf, scripted } from '../testing/scripted-for-tests.ts';
import { stillThere } from './still-there.ts';

const id = { name: 'id', in: 'path', required: true, schema: { type: 'integer' } };
const ok = { description: 'It' };
const notes = contractOf({
  '/notes': { post: { responses: { 201: ok } } },
  '/notes/{id}': { get: { parameters: [id], responses: { 200: ok } } },
} as never);

describe('what is still there', () => {
  const told = async (statusOf: (id: number, reads: number) => number, patienceMs: number, signal?: AbortSignal) => {
    let reads = 0;
    const context = contextOf(
      notes,
      scripted((line) => [statusOf(Number(line.split('/').at(-1)), (reads += 1))]),
    );
    const exchange = exchangeOf('POST /notes', 201);
    const resource = firstOf(context.shape.resources).name;
    const made = [1, 2, 3].map((each) => ({ resource, id: each, body: undefined, sent: undefined, exchange }));
    return stillThere(new Setup(context), made, signal ?? context.signal, patienceMs);
  };

  it('is lost when it is missing for as long as anybody can wait', async () => {
    const { lost, shown, unread } = await told((each) => (each === 1 ? 404 : 200), 250);
    expect(lost.map(({ read }) => read.request.target)).toEqual(['/notes/1']);
    expect([shown, unread]).toEqual([2, null]);
  });

  it('is not when it is shown a little later, or there was no time to wait', async () => {
    expect(await told((_each, reads) => (reads > 4 ? 200 : 404), 3000)).toMatchObject({ lost: [], shown: 3 });
    expect((await told(() => 404, 3000, AbortSignal.abort())).lost).toEqual([]);
  });

  it('is not known where reads fail', async () => {
    expect(await told(() => 500, 0)).toMatchObject({ lost: [], shown: 0, unread: { response: { status: 500 } } });
  });
});
