import { describe, expect, it } from 'vitest';
import { contextWithPeople, type Flaws, notes, notesBackend } from '../kit/identity/notes-for-tests.ts';
import { judged } from '../kit/recordings-for-tests.ts';
import { check } from './token-forgery.ts';

async function told(flaws: Flaws) {
  const { instance } = await notesBackend(flaws);
  return judged(check, await check.probe(contextWithPeople(instance)), notes);
}

describe(check.id, () => {
  it('passes a backend that verifies', async () => {
    expect(await told({})).toMatchObject({
      status: 'passed',
      reason: expect.stringMatching(/^7 forged tokens refused/),
    });
  });

  it('finds one that reads without verifying', async () => {
    const { findings } = await told({ verify: 'nothing' });
    expect(findings).toHaveLength(7);
    expect(findings.map(({ key }) => key)).toContain('with the claims of somebody else and its own signature');
  });

  it('finds the algorithm none', async () => {
    expect((await told({ verify: 'not-none' })).findings).toMatchObject([
      { key: 'with the algorithm none and no signature' },
    ]);
  });

  it('finds a weak secret out, and shows what it is worth', async () => {
    expect((await told({ secret: 'notes-secret' })).findings).toMatchObject([
      { key: 'weak secret', title: expect.stringContaining('"notes-secret"') },
    ]);
  });

  it('tries an expired token where the key is known, and says so where it is not', async () => {
    const withKey = async (flaws: Flaws) => {
      const { instance } = await notesBackend({ secret: 'known to who runs it', ...flaws });
      const env = { TOKEN_KEY: 'known to who runs it' };
      return judged(check, await check.probe(contextWithPeople(instance, { env })), notes);
    };
    expect((await withKey({ expiry: 'checked' })).reason).not.toContain('could not be tried');
    expect((await withKey({ expiry: 'ignored' })).findings).toMatchObject([{ key: 'that expired long ago' }]);
    expect((await told({ expiry: 'ignored' })).reason).toContain('that an expired one is refused could not be tried');
  });

  it('makes a token that is only somebody’s id for somebody else', async () => {
    const { status, findings } = await told({ tokens: 'id in hex' });
    expect(status).toBe('failed');
    expect(findings).toMatchObject([
      {
        severity: 'critical',
        key: 'made from an id',
        title: expect.stringContaining('by writing their id in hex in place of'),
      },
    ]);
  });

  it('does not speak of credentials that are no token', () => {
    const evidence = {
      operation: '',
      genuine: null,
      kind: 'none',
      forged: [],
      guessed: null,
      impersonated: null,
      trouble: null,
    } as const;
    expect(judged(check, evidence, notes).status).toBe('not-applicable');
  });
});
