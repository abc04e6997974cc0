import { describe, expect, it } from 'vitest';
import { exchangeOf, failing } from '../testing/recordings-for-tests.ts';
import { advice, isTurnedAway, isUnheard } from './turned-away.ts';

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

  it('comes with advice that fits', () => {
    expect(advice(answered(401))).toContain('identities in assay.yaml');
    expect(advice(answered(429))).toContain('env in assay.yaml');
    expect(advice(answered(404))).toBe('');
    expect(advice(refused)).toBe('');
  });
});
