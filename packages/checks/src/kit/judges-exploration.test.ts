import type { Exchange } from '@assay/contract';
import { describe, expect, it } from 'vitest';
import type { Exploration, Probe } from './explore.ts';
import { answered, judgesExploration } from './judges-exploration.ts';
import { exchangeOf, failing, todo } from './recordings-for-tests.ts';
import { contextOf, scripted } from './scripted-for-tests.ts';
import { status } from './words.ts';

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

async function explored(parts: typeof teapot, probes: readonly Probe[]) {
  const exploration: Exploration = { probes, skipped: [] };
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

describe('answered', () => {
  it('holds for what is not a server error', () => {
    expect([200, 404, 499].every((code) => answered(probe('getTodo', read(code))))).toBe(true);
    expect(answered(probe('getTodo', read(500)))).toBe(false);
    expect(answered(probe('getTodo', failing(read(200), 'reset')))).toBe(false);
  });
});
