import { type Exchange, isJsonObject, type Json } from '@assay/contract';
import { describe, expect, it } from 'vitest';
import { answering, exchangeOf, failing, judged } from '../kit/testing/recordings-for-tests.ts';
import { contextOf, contractOf, scripted } from '../kit/testing/scripted-for-tests.ts';
import { check } from './linearizable.ts';

const at = (startedAt: number, durationMs: number, line = 'GET /todos/1'): Exchange => ({
  ...exchangeOf(line, 200),
  startedAt,
  durationMs,
});
const write = (client: number, value: string, exchange: Exchange) => ({
  client,
  input: { f: 'write', value },
  outcome: 'ok' as const,
  exchange,
});
const read = (client: number, output: Json, exchange: Exchange) => ({
  client,
  input: { f: 'read' },
  outcome: 'ok' as const,
  output,
  exchange,
});
const opening = { client: 0, input: { f: 'write', value: 'a' }, outcome: 'ok' as const, exchange: null };
const others = Array.from({ length: 10 }, (_, index) => read(2, 'a', at(index, 5)));
const historyOf = (more: object, operations: readonly object[]) => ({
  histories: [
    { source: 'titles', title: 'todos', model: 'register', operations: [opening, ...operations], ...more },
  ] as never,
  trouble: null,
});
const history = (...operations: readonly object[]) => historyOf({}, operations);

describe(check.id, () => {
  it('passes what some order explains: a read beside a write may see the old value or the new one', () => {
    const beside = history(...others, write(0, 'b', at(20, 10)), read(1, 'a', at(22, 3)), read(1, 'b', at(26, 9)));
    expect(judged(check, beside)).toMatchObject({ status: 'passed', reason: expect.stringMatching(/fit an order$/) });
  });

  it('says that one text is all that was modelled where no challenge says more', () => {
    const operations = [...others, write(0, 'b', at(20, 10)), read(1, 'a', at(22, 3))];
    const ofOneText = historyOf({ ofOneText: true }, operations);
    expect(judged(check, ofOneText)).toMatchObject({
      status: 'passed',
      reason: expect.stringContaining(
        'fit an order; modelled was one text of each thing (todos), written and read, and nothing else',
      ),
    });
  });

  it('tells of a read that shows what was replaced before it was asked', () => {
    const stale = history(...others, write(0, 'b', at(20, 10)), read(1, 'a', at(40, 3)));
    const { findings } = judged(check, stale);
    expect(findings).toMatchObject([{ severity: 'high', key: 'titles' }]);
  });

  it('shows the operations that cannot be ordered', () => {
    const stale = history(...others, write(0, 'b', at(20, 10)), read(1, 'a', at(40, 3)));
    const [evidence] = check.judge(stale, {} as never).findings[0]?.evidence ?? [];
    if (evidence?.kind !== 'history') throw new Error('the first piece of evidence is the history');
    expect(evidence.operations.filter(({ place }) => place === null)).toHaveLength(1);
  });

  it('lets a write whose answer never came happen later, or never', () => {
    const lost = { ...write(0, 'b', failing(at(20, 10), 'reset')), outcome: 'unknown' as const };
    expect(judged(check, history(...others, lost, read(1, 'a', at(40, 3)), read(1, 'b', at(50, 3)))).status).toBe(
      'passed',
    );
    expect(judged(check, history(...others, lost, read(1, 'a', at(40, 3)))).status).toBe('passed');
  });

  it('does not blame answers that say they may be stale', () => {
    const cached = answering(at(40, 3), 200, { headers: { 'cache-control': 'private, max-age=60' } });
    const stale = history(...others, write(0, 'b', at(20, 10)), read(1, 'a', cached));
    expect(judged(check, stale).status).toBe('undecided');
  });

  it('is undecided when nothing happened at the same time, or too little', () => {
    expect(judged(check, history(read(0, 'a', at(0, 1)), read(1, 'a', at(10, 1)))).status).toBe('undecided');
    expect(judged(check, history(read(0, 'a', at(0, 5)), read(1, 'a', at(1, 5)))).status).toBe('undecided');
    expect(judged(check, { histories: [], trouble: 'todos could not be made' })).toMatchObject({
      status: 'undecided',
      reason: 'todos could not be made',
    });
  });

  it('takes the first three kinds of thing that have a text', async () => {
    const kinds = ['rates', 'flags', 'sizes', 'notes'];
    const paths = kinds.map((kind) => {
      const member: Json = kind === 'notes' ? { type: 'string', minLength: 3, maxLength: 40 } : { type: 'integer' };
      const content: Json = {
        'application/json': { schema: { type: 'object', required: ['said'], properties: { said: member } } },
      };
      const requestBody: Json = { required: true, content };
      const shown: Json = { description: 'It', content };
      const parameters: Json = [{ name: 'id', in: 'path', required: true, schema: { type: 'integer' } }];
      return {
        [`/${kind}`]: { post: { operationId: `add-${kind}`, requestBody, responses: { 201: shown } } },
        [`/${kind}/{id}`]: {
          parameters,
          get: { operationId: `read-${kind}`, responses: { 200: shown } },
          put: { operationId: `change-${kind}`, requestBody, responses: { 200: shown } },
        },
      };
    });
    const contract = contractOf(Object.assign({}, ...paths) as Json);
    const kept: Json[] = [];
    const backend = scripted((line, body) => {
      const at = line.startsWith('POST') ? kept.length : Number(line.split('/').at(-1)) - 1;
      if (isJsonObject(body)) kept[at] = { ...body, id: at + 1 };
      return [line.startsWith('POST') ? 201 : 200, kept[at] ?? null];
    });
    const evidence = await check.probe(contextOf(contract, backend));
    expect([...new Set(evidence.histories.map(({ source }) => source))]).toEqual(['change-notes']);
    expect(evidence.histories.every(({ ofOneText }) => ofOneText === true)).toBe(true);
  });
});
