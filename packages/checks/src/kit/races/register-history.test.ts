import { describe, expect, it } from 'vitest';
import { exchangeOf, todo } from '../testing/recordings-for-tests.ts';
import { contextOf, contractOf, scripted } from '../testing/scripted-for-tests.ts';
import { registerHistories } from './register-history.ts';

describe('registerHistories', () => {
  const contextWith = (shown: (title: string) => string) => {
    let title = '';
    return contextOf(
      todo,
      scripted((line, body) => {
        const sent = (body as { title?: string } | undefined)?.title;
        if (sent !== undefined) title = sent;
        return [line.startsWith('POST') ? 201 : 200, { id: 1, title: shown(title) }, { location: '/todos/1' }];
      }),
    );
  };

  it('finds a text that is shown as it was written, and writes it with a new value each time', async () => {
    const context = contextWith((title) => title);
    const [source] = registerHistories(context);
    const scene = await source?.prepare({ random: context.random, send: (request) => context.backend.send(request) });
    const write = scene?.next(0, { ...context.random, integer: () => 1 });
    expect(source).toMatchObject({ title: 'todos', model: 'register' });
    expect(write?.request.method).toBe('PATCH');
    expect(write?.read(exchangeOf('PATCH /todos/1', 409))).toEqual({ outcome: 'unknown' });
    expect(write?.read(exchangeOf('PATCH /todos/1', 202))).toEqual({ outcome: 'unknown' });
    expect(write?.read(exchangeOf('PATCH /todos/1', 200))).toEqual({ outcome: 'ok' });
    const read = scene?.next(0, { ...context.random, integer: () => 0 });
    expect(read?.read(exchangeOf('GET /todos/1', 200, { body: { title: 'x' } }))).toEqual({
      outcome: 'ok',
      output: 'x',
    });
  });

  it('leaves a text alone that a backend changes on purpose', async () => {
    const context = contextWith((title) => title.toUpperCase());
    const [source] = registerHistories(context);
    expect(
      await source?.prepare({ random: context.random, send: (request) => context.backend.send(request) }),
    ).toBeNull();
  });

  it('writes by a PUT where the PATCH beside it takes no words', async () => {
    let title = '';
    const context = contextOf(
      todo,
      scripted((line, body) => {
        if (line.startsWith('PATCH')) return [500];
        title = (body as { title?: string } | undefined)?.title ?? title;
        return [line.startsWith('POST') ? 201 : 200, { id: 1, title }, { location: '/todos/1' }];
      }),
    );
    const [source] = registerHistories(context);
    const scene = await source?.prepare({ random: context.random, send: (request) => context.backend.send(request) });
    expect(scene?.next(0, { ...context.random, integer: () => 1 }).request.method).toBe('PUT');
    expect(registerHistories(context)).toHaveLength(1);
  });

  it('writes what is wrapped wrapped, and another text of another thing where the first one moves it', async () => {
    const text = { title: { type: 'string' }, body: { type: 'string' } };
    const taking = (required: readonly string[]) => ({
      required: true,
      content: {
        'application/json': {
          schema: {
            type: 'object',
            required: ['article'],
            properties: { article: { type: 'object', required, properties: text } },
          },
        },
      },
    });
    const slug = { name: 'slug', in: 'path', required: true, schema: { type: 'string' } };
    const said = { 200: { description: 'ok' } };
    const contract = contractOf({
      '/articles': {
        post: {
          operationId: 'make',
          requestBody: taking(['title', 'body']),
          responses: { 201: { description: 'made' } },
        },
      },
      '/articles/{slug}': {
        parameters: [slug],
        get: { operationId: 'read', responses: said },
        put: { operationId: 'change', requestBody: taking([]), responses: said },
      },
    });
    type Article = { readonly title: string; readonly body: string };
    const articles = new Map<string, Article>();
    const context = contextOf(
      contract,
      scripted((line, sent) => {
        const asked = line.split('/').at(-1) ?? '';
        const before = articles.get(asked);
        const given = (sent as { article: Partial<Article> } | undefined)?.article;
        if (!line.startsWith('POST') && before === undefined) return [404];
        if (given === undefined) return [200, { article: { ...before } }];
        const article = { title: '', body: '', ...before, ...given };
        const address = encodeURIComponent(article.title);
        articles.delete(asked);
        articles.set(address, article);
        return [line.startsWith('POST') ? 201 : 200, { article }, { location: `/articles/${address}` }];
      }),
    );
    const [source] = registerHistories(context);
    const scene = await source?.prepare({ random: context.random, send: (request) => context.backend.send(request) });
    const write = scene?.next(0, { ...context.random, integer: () => 1 });
    expect(JSON.parse(String(write?.request.body))).toEqual({
      article: { body: expect.stringMatching(/^w/) },
    });
  });
});
