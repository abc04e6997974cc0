import { inferShape, type Json } from '@assay/contract';
import { describe, expect, it } from 'vitest';
import { answering, firstOf, judged, recorded } from '../kit/testing/recordings-for-tests.ts';
import { contractOf } from '../kit/testing/scripted-for-tests.ts';
import { check } from './conditional-requests.ts';

describe(check.id, () => {
  const passing = recorded(check, 'pass');
  const trial = firstOf(passing.trials);
  const { read, same, other, mismatch, match, stale } = trial;
  if (same === null || other === null || mismatch === null || match === null || stale === null)
    throw new Error('the recording lacks a part');
  const keys = (change: Partial<typeof trial>): readonly string[] =>
    judged(check, { ...passing, trials: [{ ...trial, ...change }] }).findings.map(({ key }) => key);

  it('passes a backend that keeps to RFC 9110', () => {
    expect(judged(check, passing)).toMatchObject({
      status: 'passed',
      reason: '1 thing read and written under conditions',
    });
  });

  it('tells of an If-None-Match that is not looked at, once for a thing', () => {
    const failing = recorded(check, 'fail');
    const expected = [
      {
        severity: 'medium',
        key: 'todos not modified',
        title: 'GET /todos/1 answered 200 although If-None-Match carries the current entity tag; expected 304',
      },
    ];
    expect(judged(check, failing).findings).toEqual(expected);
    expect(judged(check, { ...failing, trials: [...failing.trials, ...failing.trials] }).findings).toEqual(expected);
  });

  it('tells of the other ways to get conditions wrong', () => {
    expect(keys({ same: answering(same, 304, { body: { id: 1 } }) })).toEqual(['todos body']);
    expect(keys({ other: answering(other, 304, { body: '' }) })).toEqual(['todos always not modified']);
    expect(keys({ mismatch: { ...mismatch, write: answering(mismatch.write, 200) } })).toEqual([
      `todos ${mismatch.operation} mismatch`,
    ]);
    expect(keys({ mismatch: { ...mismatch, after: answering(mismatch.after, 200, { body: { id: 1 } }) } })).toEqual([
      `todos ${mismatch.operation} refused and done`,
    ]);
    expect(keys({ match: { ...match, write: answering(match.write, 412) } })).toEqual([
      `todos ${match.operation} match`,
    ]);
    const etag = read.response?.headers.find(([name]) => name.toLowerCase() === 'etag')?.[1] ?? '';
    expect(keys({ match: { ...match, after: answering(match.after, 200, { headers: { etag } }) } })).toEqual([
      `todos ${match.operation} tag stays`,
    ]);
    expect(keys({ stale: { ...stale, write: answering(stale.write, 200) } })).toEqual([
      `todos ${stale.operation} stale`,
    ]);
  });

  it('knows that a weak tag never matches If-Match', () => {
    const weak = answering(read, 200, { headers: { etag: 'W/"1"' } });
    expect(keys({ read: weak, match: { ...match, write: answering(match.write, 412) } })).toEqual([]);
  });

  it('does not mind a write that is refused for another reason, nor one that changes nothing', () => {
    expect(keys({ match: { ...match, write: answering(match.write, 400), after: mismatch.after } })).toEqual([]);
    expect(keys({ match: { ...match, after: read } })).toEqual([]);
  });

  it('says nothing of what differs from one read to the next', () => {
    const viewed = (views: number) => answering(read, 200, { body: { id: 1, views }, headers: { etag: `"${views}"` } });
    const [before, again, after] = [viewed(1), viewed(2), viewed(3)];
    expect(keys({ same: viewed(2) })).toEqual([]);
    expect(keys({ read: before, again, mismatch: { ...mismatch, after }, match: null, stale: null })).toEqual([]);
    const untagged = (exchange: typeof read) => answering(exchange, 200, { headers: { etag: '"1"' } });
    expect(
      keys({ read: before, again: untagged(again), mismatch: null, match: { ...match, after: untagged(after) } }),
    ).toEqual([]);
    expect(keys({ again, mismatch: null, match: { ...match, write: answering(match.write, 412) } })).toEqual([]);
  });

  it('asks for If-Match only where it is named, or 412 stands beside an entity tag', () => {
    const thing = { type: 'object', properties: { id: { type: 'integer' } } };
    const content = { 'application/json': { schema: thing } };
    const answer = { description: 'It', content };
    const contract = (read: Json, patch: Json = {}) =>
      contractOf({
        '/carts': { post: { operationId: 'add', requestBody: { content }, responses: { 201: answer } } },
        '/carts/{id}': {
          parameters: [{ name: 'id', in: 'path', required: true, schema: { type: 'integer' } }],
          get: { operationId: 'read', responses: { 200: read } },
          patch: {
            operationId: 'change',
            requestBody: { content },
            responses: { 200: answer, 412: { description: 'Empty' } },
            ...(patch as object),
          },
        },
      });
    const applies = (it: ReturnType<typeof contract>) => check.applies(it, inferShape(it), null).applies;
    const header = (name: string) => ({ parameters: [{ name, in: 'header', schema: { type: 'string' } }] });
    const tagged = { ...answer, headers: { ETag: { schema: { type: 'string' } } } };
    expect(applies(contract(answer))).toBe(false);
    expect(applies(contract(tagged))).toBe(true);
    expect(applies(contract(tagged, header('If-Unmodified-Since')))).toBe(false);
    expect(applies(contract(answer, header('If-Match')))).toBe(true);
  });

  it('judges nothing where nothing carries a tag, or nothing could be tried', () => {
    const untagged = { ...trial, read: answering(read, 200, { headers: { etag: null } }) };
    expect(judged(check, { trials: [untagged], trouble: null }).status).toBe('not-applicable');
    expect(judged(check, { trials: [], trouble: 'nothing could be created' })).toMatchObject({
      status: 'undecided',
      reason: 'nothing could be created',
    });
  });
});
