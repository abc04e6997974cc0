import { type Contract, readContract } from '@assay/contract';
import type { EngineInstance } from '@assay/engine';
import { describe, expect, it } from 'vitest';
import { asNoted, withOwnPaths } from './distant-base.ts';

const ok = { responses: { 200: { description: 'ok' } } };

function contractWith(url: string): Contract {
  const paths = { '/reset/{id}': { get: ok }, '/tags': { post: ok, get: ok }, '/articles': { get: ok } };
  const text = JSON.stringify({ openapi: '3.0.3', info: { title: 'x', version: '1' }, servers: [{ url }], paths });
  return readContract({ path: 'api.json', text });
}

/** What each target answers: its status, and whether it is a page. 404 for every other. */
function answering(answers: Readonly<Record<string, readonly [status: number, page?: 'page']>>) {
  const asked: string[] = [];
  const send = (request: { readonly target: string }) => {
    asked.push(request.target);
    const [status, page] = answers[request.target] ?? [404];
    const type = page === undefined ? 'application/json' : 'text/html';
    return Promise.resolve({ request, response: { status, headers: [['content-type', type]] } });
  };
  return { asked, instance: { send } as unknown as EngineInstance };
}

const pathsOf = ({ operations }: Contract): readonly string[] => operations.map(({ path }) => path);
const far = contractWith('https://api.shop.example/api');

describe('the path of a server far away', () => {
  it('is left out where the backend knows its paths without it alone', async () => {
    const { instance } = answering({ '/tags': [200] });
    const own = await withOwnPaths(far, instance);
    expect(pathsOf(own)).toEqual(['/reset/{id}', '/tags', '/tags', '/articles']);
    expect(own.problems.at(-1)?.message).toContain('the path /api of the server, which is far away, is left out');
    expect(asNoted(far, own.problems)).toEqual(own);
    expect(asNoted(far, far.problems)).toBe(far);
  });

  it('is left out where another simple operation tells', async () => {
    const { asked, instance } = answering({ '/articles': [401] });
    expect(pathsOf(await withOwnPaths(far, instance))).toContain('/articles');
    expect(asked).toEqual(['/api/tags', '/tags', '/api/articles', '/articles']);
  });

  it.each([
    ['it is known', { '/api/tags': [200], '/tags': [200] }],
    ['it is known, and asks who is there', { '/api/tags': [401], '/tags': [200] }],
    ['neither is known', {}],
    ['every other path shows the same page', { '/tags': [200, 'page'], '/articles': [200, 'page'] }],
    ['every other path leads to where one signs in', { '/tags': [302], '/articles': [302] }],
  ] as const)('is kept where %s', async (_why, answers) => {
    expect(await withOwnPaths(far, answering(answers).instance)).toBe(far);
  });

  it('is not asked about where the server is near', async () => {
    const { asked, instance } = answering({});
    const near = contractWith('http://localhost:8080/api');
    expect(await withOwnPaths(near, instance)).toBe(near);
    expect(asked).toEqual([]);
  });
});
