import type { Json } from '@assay/contract';
import { describe, expect, it } from 'vitest';
import { check as deletion } from '../../data/delete-is-final.ts';
import { check as update } from '../../data/update-is-visible.ts';
import { exchangeOf, judged } from '../testing/recordings-for-tests.ts';
import { contextOf, contractOf, scripted } from '../testing/scripted-for-tests.ts';
import { operationOf } from './cases.ts';
import { withNeededTag } from './without-conditions.ts';

const doc: Json = { type: 'object', required: ['title'], properties: { title: { type: 'string', minLength: 3 } } };
const content: Json = { 'application/json': { schema: doc } };
const shown: Json = { description: 'It', content };
const docsWith = (required: boolean) => {
  const match: Json = { name: 'If-Match', in: 'header', required, schema: { type: 'string' } };
  return contractOf({
    '/docs': { post: { operationId: 'add', requestBody: { required: true, content }, responses: { 201: shown } } },
    '/docs/{id}': {
      parameters: [{ name: 'id', in: 'path', required: true, schema: { type: 'integer' } }],
      get: { operationId: 'read', responses: { 200: shown } },
      put: {
        operationId: 'change',
        parameters: [match],
        requestBody: { required: true, content },
        responses: { 200: shown },
      },
      delete: { operationId: 'drop', parameters: [match], responses: { 204: { description: 'Gone' } } },
    },
  });
};

describe('an If-Match that the contract asks for', () => {
  const spec = { method: 'PUT', target: '/docs/1', headers: [['If-None-Match', '"x"'] as const, ['a', 'b'] as const] };

  it('names the tag that was read, or any', () => {
    const tagged = exchangeOf('GET /docs/1', 200, { headers: { etag: '"7"' } });
    const change = operationOf(docsWith(true), 'change');
    expect(withNeededTag(change, spec, tagged).headers).toEqual([
      ['a', 'b'],
      ['If-Match', '"7"'],
    ]);
    expect(withNeededTag(change, spec, null).headers).toContainEqual(['If-Match', '*']);
    expect(withNeededTag(operationOf(docsWith(false), 'change'), spec, tagged).headers).toEqual([['a', 'b']]);
  });

  it('is sent with updates and deletions', async () => {
    const docs = docsWith(true);
    const strict = () => {
      const kept = new Map<number, { title: Json; version: number }>();
      const backend = scripted(() => [500]);
      const send: typeof backend.send = async (request) => {
        const body = typeof request.body === 'string' ? (JSON.parse(request.body) as { title: Json }) : undefined;
        const id = request.method === 'POST' ? kept.size + 1 : Number(request.target.split('/').at(-1));
        const was = kept.get(id);
        const tag = (request.headers ?? []).find(([name]) => name === 'If-Match')?.[1];
        const answer = (status: number) =>
          exchangeOf(`${request.method} ${request.target}`, status, {
            body: { id, ...kept.get(id) },
            headers: { etag: `"${kept.get(id)?.version ?? 0}"` },
          });
        if (request.method !== 'POST' && was === undefined) return answer(404);
        if (request.method !== 'POST' && request.method !== 'GET' && tag !== `"${was?.version}"`)
          return answer(tag === undefined ? 428 : 412);
        if (request.method === 'DELETE') kept.delete(id);
        if (body !== undefined) kept.set(id, { title: body.title, version: (was?.version ?? 0) + 1 });
        return answer(request.method === 'POST' ? 201 : 200);
      };
      return contextOf(docs, { ...backend, send });
    };
    expect(judged(update, await update.probe(strict()), docs).reason).toBe('6 updates made and read');
    expect(judged(deletion, await deletion.probe(strict()), docs).reason).toBe('3 deletions looked for afterwards');
  });
});
