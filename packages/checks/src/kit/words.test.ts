import { describe, expect, it } from 'vitest';
import { exchangeOf, failing, faulting } from './testing/recordings-for-tests.ts';
import { count, isClientError, isSuccess, list, outcome, requestLine, saying, shorten, status } from './words.ts';

const read = exchangeOf('GET /todos/7', 404);

describe('words', () => {
  it('tells what became of a request', () => {
    expect(outcome(read)).toBe('GET /todos/7 answered 404');
    expect(outcome(failing(read, 'refused'))).toBe('GET /todos/7 found nobody listening');
    expect(outcome(failing(read, 'reset'))).toBe('GET /todos/7 had its connection closed without a whole answer');
    expect(outcome({ ...failing(read, 'timeout'), durationMs: 5049 })).toBe(
      'GET /todos/7 got no whole answer within 5 s',
    );
    expect(outcome(failing(read, 'too-large'))).toBe('GET /todos/7 got an answer without end');
    expect(outcome(failing(read, 'protocol'))).toBe('GET /todos/7 got an answer that is not HTTP');
    expect(outcome(failing(read, 'overlong'))).toBe('GET /todos/7 got an overlong answer');
  });

  it('tells what a refusal says of itself', () => {
    const refused = (code: number, body: string) => saying(exchangeOf('POST /events', code, { body }));
    expect(refused(400, 'ends_at: too early')).toMatch(/^: .*ends_at: too early/);
    expect(refused(409, 'x'.repeat(500)).length).toBeLessThan(180);
    expect([refused(401, 'who?'), refused(201, 'made')]).toEqual(['', '']);
  });

  it('knows statuses by their class, and none where no answer came', () => {
    expect([199, 200, 299, 300].map((code) => isSuccess(exchangeOf('GET /', code)))).toEqual([
      false,
      true,
      true,
      false,
    ]);
    expect([399, 400, 499, 500].map((code) => isClientError(exchangeOf('GET /', code)))).toEqual([
      false,
      true,
      true,
      false,
    ]);
    expect(status(failing(read, 'reset'))).toBeNull();
    expect(isSuccess(failing(read, 'reset'))).toBe(false);
  });

  it('gives a fault the status that it would have over REST', () => {
    const of = (fault: Parameters<typeof faulting>[1]) => status(faulting(read, fault));
    expect([of({ blames: 'client' }), of({ blames: 'other', code: 'a:NotFound' })]).toEqual([400, 400]);
    expect([of({ blames: 'server' }), of({ blames: 'server', declared: true })]).toEqual([500, 400]);
  });

  it('counts and lists', () => {
    expect([count(0, 'item'), count(1, 'item'), count(2, 'body', 'bodies')]).toEqual(['0 items', '1 item', '2 bodies']);
    expect([list([]), list([1]), list([1, 2]), list([1, 2, 3], 'or')]).toEqual(['', '1', '1 and 2', '1, 2 or 3']);
  });

  it('shortens in the middle', () => {
    expect(shorten('abcdefgh', 8)).toBe('abcdefgh');
    expect(shorten('abcdefghi', 7)).toBe('abc…ghi');
    expect(requestLine(exchangeOf(`GET /${'a'.repeat(300)}`, 200)).length).toBeLessThanOrEqual(85);
  });
});
