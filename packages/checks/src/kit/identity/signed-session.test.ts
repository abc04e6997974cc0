import { describe, expect, it } from 'vitest';
import { signedSession } from './signed-session.ts';

/** Made with itsdangerous 2: by Flask with the secret `dev`, and as Starlette does with the secret `secret`. */
const flask = 'eyJ1c2VyX2lkIjoxMn0.awzcWg.KS7Qpk6amFyK-_Q5--qMB_cm6no';
const compressed = '.eJyrViotTi2Kz0xRsjI00lEqSa0oUbJSShwFgwoo1QIAAb2fCA.awzcWg.iOCHbhpq4cSoQJl8PEeywTPgi20';
const starlette = 'eyJ1c2VyX2lkIjogMTJ9.awzcWg.EaWs0jzf0BO8z7NNOZmOi5kGeDw';
/** By Flask with a secret of its own. */
const strong = 'eyJ1c2VyX2lkIjoxMn0.awzcWg.f6lhxfRbawlhWx6MGwR1q13IQHY';

const words = ['changeme', 'dev', 'secret'];

describe('signedSession', () => {
  it('reads sessions that a known secret signed, and signs them as their library did', () => {
    const session = signedSession(flask, words);
    expect(session).toMatchObject({ secret: 'dev', text: '{"user_id":12}' });
    expect(session?.sign('{"user_id":12}')).toBe(flask);
    const other = signedSession(starlette, words);
    expect(other).toMatchObject({ secret: 'secret', text: '{"user_id": 12}' });
    expect(other?.sign('{"user_id": 12}')).toBe(starlette);
  });

  it('reads a compressed one', () => {
    expect(signedSession(compressed, words)?.text).toContain('"user_id":12,');
  });

  it('knows nothing of other secrets, and of other tokens', () => {
    expect(signedSession(strong, words)).toBeNull();
    expect(signedSession('s:Zk3v2.abc.def', words)).toBeNull();
    expect(signedSession('eyJhbGciOiJIUzI1NiJ9.e30.KS7Qpk6amFyK-_Q5--qMB_cm6no', words)).toBeNull();
  });
});
