import type { Exchange } from '@assay/contract';
import { describe, expect, it } from 'vitest';
import { exchangeOf, failing, todo } from '../testing/recordings-for-tests.ts';
import { contextOf, scripted } from '../testing/scripted-for-tests.ts';
import { status } from '../words.ts';
import type { Exploration, Probe } from './explore.ts';
import { answered, judgesExploration } from './judges-exploration.ts';

const probe = (operation: string, exchange: Exchange, kind: 'valid' | 'unknown-id' = 'valid'): Probe => ({
  operation,
  intent: { kind },
  exchange,
  unbound: false,
  repeats: false,
  ended: false,
});

const read = (code: number): Exchange => exchangeOf('GET /todos/1', code);

/** Complains of every 418. */
const teapot = judgesExploration(answered, ({ exchange }) =>
  status(exchange) === 418 ? [{ key: '418', title: 'It is a teapot', detail: 'It is.', fix: 'Make it none.' }] : [],
);
const closing = judgesExploration(answered, () => [], { behindTheDoor: true });

async function explored(parts: typeof teapot, probes: readonly Probe[], skipped: Exploration['skipped'] = []) {
  const exploration: Exploration = { probes, skipped };
  const context = contextOf(
    todo,
    scripted(() => [200]),
    { shared: async (_key, make) => make(context) },
  );
  const shared = { ...context, shared: <T>(): Promise<T> => Promise.resolve(exploration as T) };
  const evidence = await parts.probe(shared);
  return { evidence, judgement: parts.judge(evidence, todo) };
}

describe('judgesExploration', () => {
  it('keeps the suspects alone, and counts what it looked at', async () => {
    const { evidence, judgement } = await explored(teapot, [
      probe('getTodo', read(200)),
      probe('getTodo', read(418)),
      probe('listTodos', exchangeOf('GET /todos', 200)),
      probe('listTodos', failing(exchangeOf('GET /todos', 200), 'reset')),
    ]);
    expect(evidence).toMatchObject({ looked: 3, operations: 2, closed: [] });
    expect(evidence.suspects).toHaveLength(1);
    expect(judgement).toMatchObject({ status: 'failed', findings: [{ key: 'getTodo 418', operation: 'getTodo' }] });
  });

  it('tells the same of one operation once', async () => {
    const { judgement } = await explored(teapot, [probe('getTodo', read(418)), probe('getTodo', read(418))]);
    expect(judgement.findings).toHaveLength(1);
  });

  it('shows what went wrong at several operations by a valid request', async () => {
    const oneCause = judgesExploration(
      answered,
      ({ exchange }) => [{ key: 'x', title: exchange.request.target, detail: 'It is.', fix: 'Mend it.' }],
      { oneCause: true },
    );
    const { judgement } = await explored(oneCause, [
      probe('getTodo', read(200), 'unknown-id'),
      probe('listTodos', exchangeOf('GET /todos', 200)),
      probe('listTags', exchangeOf('GET /tags', 200), 'unknown-id'),
    ]);
    expect(judgement.findings).toMatchObject([{ key: 'listTodos x', title: '/todos; the same at 2 other operations' }]);
  });

  it('tells once what is alike in the first finding of three operations', async () => {
    const alike = judgesExploration(answered, ({ exchange }) => [
      {
        key: '500',
        alike: exchange.request.method,
        title: `${exchange.request.method} failed`,
        detail: 'It is.',
        fix: 'Mend it.',
      },
    ]);
    const get = (operation: string) => probe(operation, exchangeOf('GET /todos', 200));
    const other = probe('createTodo', exchangeOf('POST /todos', 200));
    const three = await explored(alike, [get('getTodo'), other, get('listTodos'), get('listTags'), get('listTags')]);
    expect(three.judgement.findings).toMatchObject([
      { key: 'getTodo 500', title: 'GET failed; the same at 2 other operations' },
      { key: 'createTodo 500', title: 'POST failed' },
    ]);
    const two = await explored(alike, [get('getTodo'), other, get('listTodos')]);
    expect(two.judgement.findings).toHaveLength(3);
  });

  it('does not count what the backend ended on', async () => {
    const all = judgesExploration(
      () => true,
      () => [],
    );
    const last = { ...probe('getTodo', failing(read(200), 'reset')), ended: true };
    const { evidence, judgement } = await explored(all, [last, probe('getTodo', failing(read(200), 'refused'))]);
    expect(evidence).toMatchObject({ looked: 0 });
    expect(judgement).toMatchObject({
      status: 'undecided',
      reason: 'every request to getTodo found nobody listening',
    });
  });

  it('does not count what nobody heard', async () => {
    const { evidence, judgement } = await explored(teapot, [
      probe('getTodo', read(429)),
      probe('getTodo', failing(read(200), 'refused')),
    ]);
    expect(evidence.looked).toBe(0);
    expect(judgement).toMatchObject({ status: 'undecided' });
  });

  it('says nothing of an operation whose every valid request was turned away', async () => {
    const { judgement } = await explored(closing, [
      probe('getTodo', read(401)),
      probe('getTodo', read(401), 'unknown-id'),
    ]);
    expect(judgement).toMatchObject({
      status: 'undecided',
      reason: expect.stringContaining('getTodo was answered with 401'),
    });
  });

  it('does not pass where everything was turned away, but tells of what is wrong with that', async () => {
    const away = [probe('getTodo', read(401)), probe('listTodos', exchangeOf('GET /todos', 403))];
    const { judgement } = await explored(teapot, away);
    expect(judgement).toMatchObject({
      status: 'undecided',
      reason: expect.stringContaining('every request to getTodo and listTodos was answered with 401 or 403'),
    });
    expect((await explored(teapot, [...away, probe('getTodo', read(404))])).judgement.status).toBe('passed');
    const everything = judgesExploration(answered, () => [
      { key: 'x', title: 'It is wrong', detail: 'It is.', fix: 'Mend it.' },
    ]);
    expect((await explored(everything, away)).judgement.status).toBe('failed');
  });

  it('passes on the operations that are open, and names the closed ones', async () => {
    const { judgement } = await explored(closing, [
      probe('getTodo', read(401)),
      probe('listTodos', exchangeOf('GET /todos', 200)),
      probe('listTodos', exchangeOf('GET /todos', 403)),
    ]);
    expect(judgement).toMatchObject({
      status: 'passed',
      reason: expect.stringMatching(/^2 requests to 1 operation; every request to getTodo was answered with 401/),
    });
  });
});

describe('an operation that could not be asked', () => {
  const skipped = [{ operation: 'createTodo', reason: 'no valid value could be made for the body of createTodo: x' }];
  const named = 'not asked: POST /todos (no valid value could be made for the body of createTodo: x)';

  it('is named where the rest passes', async () => {
    const { judgement } = await explored(teapot, [probe('getTodo', read(200))], skipped);
    expect(judgement).toMatchObject({ status: 'passed', reason: `1 request to 1 operation; ${named}` });
  });

  it('leaves undecided what nothing else was asked for', async () => {
    const { judgement } = await explored(teapot, [], skipped);
    expect(judgement).toMatchObject({ status: 'undecided', reason: expect.stringContaining(named) });
  });

  it('is one of a few that are named, when there are many', async () => {
    const many = Array.from({ length: 9 }, (_, index) => ({ operation: `o${index}`, reason: 'the time was up' }));
    const { judgement } = await explored(teapot, [probe('getTodo', read(200))], many);
    expect(judgement.reason).toMatch(/o3 \(the time was up\), and 5 more$/);
  });
});

describe('answered', () => {
  it('holds for what is not a server error', () => {
    expect([200, 404, 499].every((code) => answered(probe('getTodo', read(code))))).toBe(true);
    expect(answered(probe('getTodo', read(500)))).toBe(false);
    expect(answered(probe('getTodo', failing(read(200), 'reset')))).toBe(false);
  });
});
