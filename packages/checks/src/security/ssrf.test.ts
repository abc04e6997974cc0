import { describe, expect, it } from 'vitest';
import { judged, recorded } from '../kit/testing/recordings-for-tests.ts';
import { contextOf, contractOf } from '../kit/testing/scripted-for-tests.ts';
import { served } from '../kit/testing/served-for-tests.ts';
import { check } from './ssrf.ts';

const body = (properties: Readonly<Record<string, { readonly type: string; readonly format?: string }>>) => ({
  required: true,
  content: { 'application/json': { schema: { type: 'object', required: Object.keys(properties), properties } } },
});
const contract = contractOf({
  '/website': {
    put: {
      operationId: 'setWebsite',
      requestBody: body({ url: { type: 'string', format: 'uri' } }),
      responses: { '200': { description: 'ok' } },
    },
  },
});

/** @param visit what is done with the address; what it gives is the answer */
async function answeredBy(visit: (url: string) => unknown) {
  const backend = await served(async ({ json }, response) => response.end(String(await visit(String(json['url'])))));
  return judged(check, await check.probe(contextOf(contract, backend)), contract);
}

describe(check.id, () => {
  it('passes a recording of a reference and fails one of a mutant', () => {
    expect(judged(check, recorded(check, 'pass')).status).toBe('passed');
    expect(judged(check, recorded(check, 'fail')).status).toBe('failed');
  });

  it('finds an address that is asked, also when the answer tells nothing and does not wait', async () => {
    expect((await answeredBy(async (url) => (await fetch(url)).text())).findings).toMatchObject([
      { key: 'setWebsite body:/url' },
    ]);
    const later = (url: string): string => {
      void fetch(url).catch(() => undefined);
      return 'kept';
    };
    expect((await answeredBy(later)).status).toBe('failed');
  });

  it('finds what passes a filter of texts', async () => {
    const filtered = async (url: string): Promise<string> =>
      /127\.0\.0\.1|localhost/.test(url) ? 'refused' : (await fetch(url)).text();
    expect((await answeredBy(filtered)).status).toBe('failed');
  });

  it('finds what passes a list of names and private ranges: IPv4 inside of IPv6', async () => {
    const listed = async (url: string): Promise<string> =>
      /^(localhost|0\.0\.0\.0|\[::1\]|127\..*|10\..*|192\.168\..*)$/.test(new URL(url).hostname)
        ? 'refused'
        : (await fetch(url)).text();
    expect((await answeredBy(listed)).findings).toMatchObject([{ key: 'setWebsite body:/url' }]);
  });

  it('passes an address that is kept and not asked', async () => {
    expect((await answeredBy((url) => `kept ${url}`)).status).toBe('passed');
  });

  it('passes one that is refused for where it leads', async () => {
    const careful = async (url: string): Promise<string> =>
      new URL(url).hostname === '127.0.0.1' || !new URL(url).hostname.includes('.') ? 'refused' : 'asked';
    expect((await answeredBy(careful)).status).toBe('passed');
  });

  it('has a webhook called by what happens later', async () => {
    const hooks = contractOf({
      '/hooks': {
        post: {
          operationId: 'addHook',
          requestBody: body({ callback: { type: 'string', format: 'uri' } }),
          responses: { '201': { description: 'ok' } },
        },
      },
      '/orders': {
        post: {
          operationId: 'order',
          requestBody: body({ count: { type: 'integer' } }),
          responses: { '201': { description: 'ok' } },
        },
      },
    });
    const urls: string[] = [];
    const backend = await served(({ path, json }, response) => {
      if (path === '/hooks') urls.push(String(json['callback']));
      else for (const url of urls) void fetch(url).catch(() => undefined);
      response.writeHead(201).end('{}');
    });
    expect(judged(check, await check.probe(contextOf(hooks, backend)), hooks).findings).toMatchObject([
      { key: 'addHook body:/callback' },
    ]);
  });
});
