import { describe, expect, it } from 'vitest';
import {
  answering,
  exchangeOf,
  failing as without,
  firstOf,
  judged,
  recorded,
  todo,
} from '../kit/testing/recordings-for-tests.ts';
import { contextOf, scripted } from '../kit/testing/scripted-for-tests.ts';
import { check } from './body-limit.ts';

describe(check.id, () => {
  const passing = recorded(check, 'pass');
  const sent = firstOf(passing.sent);
  const only = (change: Partial<typeof sent>) => ({ ...passing, sent: [{ ...sent, ...change }] });

  it('passes a backend that refuses and stays fit', () => {
    expect(judged(check, passing)).toMatchObject({ status: 'passed', reason: '2 operations sent 8 MiB' });
  });

  it('tells of megabytes that were taken where 413 is documented', () => {
    const { findings } = judged(check, recorded(check, 'fail'));
    expect(findings.map(({ key }) => key)).toEqual([
      'createTodo accepted',
      'replaceTodo accepted',
      'patchTodo accepted',
    ]);
    expect(firstOf(findings)).toEqual({
      severity: 'medium',
      key: 'createTodo accepted',
      title: 'POST /todos answered 201 to a body of 64 MiB; the contract documents 413',
    });
  });

  it('does not blame a limit that lies higher, and blames none at all even where that is the end of the request', () => {
    const taken = firstOf(recorded(check, 'fail').sent);
    const largest = (larger: typeof taken.exchange) =>
      judged(check, { sent: [{ ...taken, larger }], trouble: null }).findings.map(({ key }) => key);
    expect(largest(answering(taken.exchange, 413))).toEqual([]);
    expect(largest(without(taken.exchange, 'reset'))).toEqual([]);
    expect(largest(answering(taken.exchange, 500))).toEqual(['createTodo accepted']);
  });

  it('sends the largest body only to what took the other, as a request of its own', async () => {
    const sizes: number[] = [];
    const backend = scripted(() => [201, { id: 1 }]);
    const send: typeof backend.send = async (request) => {
      const bytes = request.body instanceof Uint8Array ? request.body.length : 0;
      if (bytes > 0) sizes.push(bytes / 1024 / 1024);
      const { body: _body, ...bare } = request;
      const line = `${request.method} ${request.target}`;
      return bytes > 8 * 1024 * 1024 ? exchangeOf(line, 413) : backend.send(bare);
    };
    const evidence = await check.probe(contextOf(todo, { ...backend, send }));
    expect(sizes).toEqual([8, 64, 8, 64, 8, 64]);
    expect(check.judge(evidence, todo).findings).toEqual([]);
  });

  it('tells of a server error, and of a backend that does not answer afterwards', () => {
    expect(judged(check, only({ exchange: answering(sent.exchange, 500) })).findings).toMatchObject([
      { key: 'createTodo 500' },
    ]);
    const afterwards = without(sent.afterwards, 'reset');
    expect(judged(check, only({ afterwards })).findings).toMatchObject([{ key: 'createTodo afterwards' }]);
    expect(judged(check, only({ exchange: without(sent.exchange, 'timeout') })).findings).toMatchObject([
      { key: 'createTodo timeout' },
    ]);
  });

  it('does not mind a closed connection, which is how many servers refuse', () => {
    expect(judged(check, only({ exchange: without(sent.exchange, 'reset') })).status).toBe('passed');
  });

  it('does not ask for a limit that the contract does not document', () => {
    expect(judged(check, only({ documented: false, exchange: answering(sent.exchange, 201) })).status).toBe('passed');
  });

  it('does not blame the body for what fails without it', () => {
    const change = { exchange: answering(sent.exchange, 500), afterwards: answering(sent.afterwards, 500) };
    expect(judged(check, only(change)).status).toBe('passed');
  });

  it('is undecided when nothing was sent, or nobody heard it', () => {
    expect(judged(check, { sent: [], trouble: null }).status).toBe('undecided');
    expect(judged(check, { sent: [], trouble: 'nothing could be created' }).reason).toBe('nothing could be created');
    expect(judged(check, only({ exchange: answering(sent.exchange, 429) })).status).toBe('undecided');
    expect(judged(check, only({ exchange: answering(sent.exchange, 401) })).reason).toContain(
      'identities in assay.yaml',
    );
  });
});
