import { describe, expect, it } from 'vitest';
import {
  answering,
  exchangeOf,
  firstOf,
  judged,
  nothingExplored,
  recorded,
} from '../kit/testing/recordings-for-tests.ts';
import { contractOf } from '../kit/testing/scripted-for-tests.ts';
import { check } from './response-schema.ts';

describe(check.id, () => {
  const failing = recorded(check, 'fail');
  const suspect = firstOf(failing.suspects);
  const answered = (...change: [status: number, change?: Parameters<typeof answering>[2]]) => ({
    ...failing,
    suspects: [{ ...suspect, exchange: answering(suspect.exchange, ...change) }],
  });

  it('passes a backend whose bodies are as documented', () => {
    expect(judged(check, recorded(check, 'pass')).status).toBe('passed');
  });

  it('tells of a value of another type, at its place', () => {
    expect(judged(check, failing).findings).toEqual([
      {
        severity: 'medium',
        key: 'listTags 200 /items/*/count type',
        title:
          'GET /tags?limit=1 answered 200 with a body that is not as documented: "/items/0/count" must be an integer, got "1"',
      },
    ]);
  });

  it('tells of another media type than the documented ones', () => {
    expect(judged(check, answered(200, { headers: { 'content-type': 'text/html' } })).findings).toMatchObject([
      { key: 'listTags 200 undocumented-media-type' },
    ]);
  });

  it('does not mind a charset, the order of members, or 1.0 for an integer', () => {
    const { exchange } = suspect;
    const headers = { 'content-type': 'application/json; charset=utf-8' };
    const body = { next: null, items: [{ count: 1.0, name: 'a' }] };
    const suspects = [{ ...suspect, exchange: answering(exchange, 200, { headers, body }) }];
    expect(judged(check, { ...failing, suspects }).status).toBe('passed');
  });

  it('does not look at how a media type is refused that the contract does not name, unless it names 415', () => {
    const answer = { description: 'wrong', content: { 'application/problem+json': { schema: { type: 'object' } } } };
    const judgedWith = (status: string) => {
      const content = { 'application/json': { schema: { type: 'object' } } };
      const responses = { [status]: answer };
      const contract = contractOf({ '/todos': { post: { operationId: 'add', requestBody: { content }, responses } } });
      const asked = exchangeOf('POST /todos', 415, { body: 'wrong', headers: { 'content-type': 'text/html' } });
      const exchange = { ...asked, request: { ...asked.request, headers: [['content-type', 'text/plain']] as const } };
      const suspects = [{ ...suspect, operation: 'add', exchange }];
      return judged(check, { ...failing, suspects }, contract).status;
    };
    expect(judgedWith('default')).toBe('passed');
    expect(judgedWith('415')).toBe('failed');
  });

  it('leaves what another check tells of alone: undocumented statuses', () => {
    expect(judged(check, answered(418)).status).toBe('passed');
  });

  it('is undecided when there was nothing to judge', () => {
    expect(judged(check, nothingExplored).status).toBe('undecided');
  });
});
