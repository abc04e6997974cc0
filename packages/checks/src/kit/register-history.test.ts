import { describe, expect, it } from 'vitest';
import { exchangeOf, todo } from './recordings-for-tests.ts';
import { registerHistories } from './register-history.ts';
import { contextOf, scripted } from './scripted-for-tests.ts';

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
});
