import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { judged, recorded } from '../kit/testing/recordings-for-tests.ts';
import { contextOf, contractOf } from '../kit/testing/scripted-for-tests.ts';
import { type Asked, served } from '../kit/testing/served-for-tests.ts';
import { check } from './path-traversal.ts';

const text = { type: 'string' };
const contract = contractOf({
  '/files/{name}': {
    get: {
      operationId: 'getFile',
      parameters: [{ name: 'name', in: 'path', required: true, schema: text }],
      responses: { '200': { description: 'ok' } },
    },
  },
  '/export': {
    get: {
      operationId: 'export',
      parameters: [{ name: 'template', in: 'query', schema: text }],
      responses: { '200': { description: 'ok' } },
    },
  },
});

let folder = '';
beforeAll(() => {
  folder = mkdtempSync(path.join(tmpdir(), 'assay-served-'));
  writeFileSync(path.join(folder, 'a.txt'), 'a file');
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

/** @param find which file a name leads to; it throws, or the file is not there, and the answer is 500 */
async function answeredBy(find: (name: string) => string, named: (asked: Asked) => string = inPath) {
  const backend = await served((asked, response) => response.end(readFileSync(find(named(asked)))));
  return judged(check, await check.probe(contextOf(contract, backend)), contract);
}
const inPath = ({ path: target }: Asked): string => decodeURIComponent(target.split('/').slice(2).join('/'));

describe(check.id, () => {
  it('passes a recording of a reference and fails one of a mutant', () => {
    expect(judged(check, recorded(check, 'pass')).status).toBe('passed');
    expect(judged(check, recorded(check, 'fail')).status).toBe('failed');
  });

  it('finds a name that is joined to the folder', async () => {
    expect((await answeredBy((name) => path.join(folder, name))).findings).toMatchObject([
      { key: 'getFile path:name' },
    ]);
  });

  it('finds an absolute path that is resolved', async () => {
    expect((await answeredBy((name) => path.resolve(folder, name.replaceAll('..', '')))).status).toBe('failed');
  });

  it('finds what is left when the steps up are taken out once', async () => {
    expect((await answeredBy((name) => path.join(folder, name.replaceAll('../', '')))).status).toBe('failed');
  });

  it('finds a path that is decoded a second time', async () => {
    const find = (name: string) => path.join(folder, name.includes('..') ? 'none' : decodeURIComponent(name));
    expect((await answeredBy(find)).status).toBe('failed');
  });

  it('finds it in a query parameter', async () => {
    const told = await answeredBy(
      (name) => path.join(folder, name),
      ({ query }) => query.get('template') ?? 'a.txt',
    );
    expect(told.findings).toMatchObject([{ key: 'export query:template' }]);
  });

  it.each([
    ['page', 'before what tells nothing', (name: string) => path.join(folder, name)],
    ['file', 'with all there is for it', (name: string) => path.resolve(folder, name.includes('..') ? 'none' : name)],
  ])('asks for a %s %s where there is more than can be asked for', async (vulnerable, _, find) => {
    const taking = (operationId: string, name: string) => ({
      get: {
        operationId,
        parameters: [{ name, in: 'query', required: true, schema: text }],
        responses: { '200': { description: 'ok' } },
      },
    });
    const some = (count: number, name: string) =>
      Object.fromEntries(Array.from({ length: count }, (__, at) => [`/${name}${at}`, taking(`${name}${at}`, name)]));
    const many = contractOf({ ...some(210, 'words'), ...some(30, 'page'), '/read': taking('read', vulnerable) });
    const backend = await served(({ path: target, query }, response) =>
      response.end(target === '/read' ? readFileSync(find(query.get(vulnerable) ?? 'a.txt')) : ''),
    );
    const told = judged(check, await check.probe(contextOf(many, backend)), many);
    expect(told.findings).toMatchObject([{ key: `read query:${vulnerable}` }]);
  });

  it('passes a backend that looks where the path ends, and one that echoes', async () => {
    const find = (name: string): string => {
      const whole = path.resolve(folder, name);
      if (!whole.startsWith(folder + path.sep)) throw new Error('outside');
      return whole;
    };
    expect((await answeredBy(find)).status).toBe('passed');
    const echo = await served(({ path: target }, response) => response.end(target));
    expect(judged(check, await check.probe(contextOf(contract, echo)), contract).status).toBe('passed');
  });
});
