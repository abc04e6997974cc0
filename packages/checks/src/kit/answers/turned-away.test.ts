import { describe, expect, it } from 'vitest';
import { exchangeOf, failing } from '../testing/recordings-for-tests.ts';
import { advice, isTurnedAway, isUnheard, remainingOf } from './turned-away.ts';

const answered = (status: number) => exchangeOf('GET /todos', status);
const refused = failing(answered(200), 'refused');

describe('a request that was turned away', () => {
  it('was refused for who asks or how often, and not for what it asks', () => {
    expect([401, 403, 407, 429].map((status) => isTurnedAway(answered(status)))).toEqual([true, true, true, true]);
    expect([200, 400, 404, 405, 500, 503].some((status) => isTurnedAway(answered(status)))).toBe(false);
  });

  it('was not heard at all when there were too many, or nobody was there', () => {
    expect([answered(429), refused].map(isUnheard)).toEqual([true, true]);
    expect([answered(401), answered(500), failing(answered(200), 'reset')].some(isUnheard)).toBe(false);
  });

  it.each([
    [{ 'RateLimit-Remaining': '99' }, 99],
    [{ 'X-RateLimit-Remaining': '0' }, 0],
    [{ 'X-Rate-Limit-Remaining': '7' }, 7],
    [{ RateLimit: 'limit=200, remaining=99, reset=900' }, 99],
    [{ RateLimit: '"200-in-15min"; r=98; t=900' }, 98],
    [{ RateLimit: '"burst";r=3;t=1, "day";r=450;t=86400' }, 3],
    [{ 'RateLimit-Policy': '"200-in-15min"; q=200; w=900' }, null],
    [{ RateLimit: 'limit=200' }, null],
  ])('reads how many are left in %j', (headers, left) => {
    expect(remainingOf(exchangeOf('GET /todos', 200, { headers }))?.left ?? null).toBe(left);
  });

  it('was refused for how often when it says with 403 that none are left', () => {
    const none = exchangeOf('GET /todos', 403, { headers: { RateLimit: '"hour"; r=0; t=9' } });
    expect([none, answered(403)].map(isUnheard)).toEqual([true, false]);
  });

  it('comes with advice that fits', () => {
    expect(advice(answered(401))).toContain('identities in assay.yaml');
    expect(advice(answered(429))).toContain('env in assay.yaml');
    const forged = exchangeOf('POST /todos', 403, { body: { detail: 'CSRF Failed: CSRF token missing.' } });
    expect(advice(forged)).toContain('asks for a CSRF token');
    expect(advice(answered(404))).toBe('');
    expect(advice(refused)).toBe('');
  });
});
