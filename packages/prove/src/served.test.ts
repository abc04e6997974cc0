import { readContract } from '@assay/contract';
import type { EngineInstance } from '@assay/engine';
import { describe, expect, it } from 'vitest';
import { servedContract } from './served.ts';

const document = JSON.stringify({
  openapi: '3.0.3',
  info: { title: 'Shop', version: '1' },
  paths: { '/things': { get: { responses: { 200: { description: 'all' } } } } },
});

interface Served {
  readonly status?: number;
  readonly text?: string;
  readonly location?: string;
}

/** A backend that serves these targets, and 404 for every other one. */
function serving(targets: Readonly<Record<string, Served>>): EngineInstance {
  const send = ({ method, target }: { readonly method: string; readonly target: string }) => {
    const { status = 200, text = '', location } = targets[target] ?? { status: 404 };
    const headers = location === undefined ? [] : [['location', location]];
    return Promise.resolve({ request: { method, target }, response: { status, headers, body: { text } } });
  };
  return { authority: '127.0.0.1:1', send } as unknown as EngineInstance;
}

const titleOf = async (targets: Readonly<Record<string, Served>>): Promise<string> =>
  (await servedContract(serving(targets))).title;

describe('the document that a running backend serves', () => {
  it.each(['/doc', '/schema/openapi.json', '/api-docs/json', '/docs?api-docs.json', '/api/docs.jsonopenapi'])(
    'is found at %s',
    async (target) => {
      expect(await titleOf({ [target]: { text: document } })).toBe('Shop');
    },
  );

  it.each(['/reference/json', '/reference-json', '/reference/openapi.json', '/reference.json'])(
    'is found at %s, beside a page that says nothing of it',
    async (target) => {
      expect(await titleOf({ '/reference': { text: '<html>Docs</html>' }, [target]: { text: document } })).toBe('Shop');
      await expect(titleOf({ [target]: { text: document } })).rejects.toMatchObject({ code: 'no-contract' });
    },
  );

  it('is found in the script of the page that a redirect leads to', async () => {
    const targets = {
      '/docs': { status: 301, location: '/docs/' },
      '/docs/': { text: '<html><script src="./swagger-ui-init.js"></script></html>' },
      '/docs/swagger-ui-init.js': { text: `let options = {\n"swaggerDoc": ${document},\n"customOptions": {} }` },
    };
    expect(await titleOf(targets)).toBe('Shop');
    const elsewhere = { ...targets, '/docs': { status: 301, location: 'https://docs.example/docs/' } };
    await expect(titleOf(elsewhere)).rejects.toMatchObject({ code: 'no-contract' });
  });

  it('goes before another, which is taken where it serves none and knows the other', async () => {
    const other = readContract({ path: 'deep.json', text: document.replace('Shop', 'Deep') });
    const title = async (targets: Readonly<Record<string, Served>>) =>
      (await servedContract(serving(targets), () => other)).title;
    expect(await title({ '/doc': { text: document } })).toBe('Shop');
    expect(await title({ '/things': { text: '[]' } })).toBe('Deep');
    await expect(title({})).rejects.toThrow('deep.json holds a document that this backend does not serve');
    await expect(title({ '/things': { status: 401 }, '/no-path-of-anybodys': { status: 401 } })).rejects.toMatchObject({
      code: 'no-contract',
    });
    await expect(title({ '/things': { status: 302, location: '/login' } })).rejects.toMatchObject({
      code: 'no-contract',
    });
  });

  it('may ask for a password, which is told', async () => {
    await expect(titleOf({ '/docs/json': { status: 401 } })).rejects.toThrow('/docs/json asks for a password: save');
    await expect(titleOf({ '/docs/json': { status: 401 }, '/docs': { status: 403 } })).rejects.toThrow(
      '/docs/json and 1 more ask for a password',
    );
    const closed = {
      authority: '127.0.0.1:1',
      send: (request: object) =>
        Promise.resolve({ request, response: { status: 401, headers: [], body: { text: '' } } }),
    } as unknown as EngineInstance;
    await expect(servedContract(closed)).rejects.toThrow(/and looked for its address on pages[^.]*\.$/);
  });
});

it('a server that leaves unknown paths without an answer is not waited for at each of them', async () => {
  let asked = 0;
  const instance = {
    send: (request: object) => {
      asked += 1;
      return Promise.resolve({ request, error: { kind: 'timeout', message: 'No whole response came.' } });
    },
  } as unknown as EngineInstance;
  await expect(servedContract(instance)).rejects.toMatchObject({ code: 'no-contract' });
  expect(asked).toBe(3);
});
