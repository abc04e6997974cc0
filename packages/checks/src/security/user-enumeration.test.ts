import { describe, expect, it } from 'vitest';
import { contextWithPeople, type Flaws, notes, notesBackend } from '../kit/identity/notes-for-tests.ts';
import { exchangeOf, judged } from '../kit/testing/recordings-for-tests.ts';
import { check } from './user-enumeration.ts';

async function told(flaws: Flaws) {
  const { instance } = await notesBackend(flaws);
  return judged(check, await check.probe(contextWithPeople(instance)), notes);
}

describe(check.id, () => {
  it('passes a backend that says the same to all', async () => {
    expect((await told({})).status).toBe('passed');
  });

  it('finds another status, another text and another header field', async () => {
    expect((await told({ unknown: (response) => response.writeHead(404).end() })).findings).toMatchObject([
      { key: 'the status' },
    ]);
    const json = { 'content-type': 'application/json' };
    expect(
      (await told({ unknown: (response) => response.writeHead(401, json).end('{"error":"no such user"}') })).findings,
    ).toMatchObject([{ key: 'the body' }]);
    expect(
      (
        await told({
          unknown: (response) => response.writeHead(401, { ...json, 'x-a': '1' }).end('{"error":"wrong credentials"}'),
        })
      ).findings,
    ).toMatchObject([{ key: 'the header fields' }]);
  });

  it('finds that a password is only looked at where there is an account', { timeout: 30_000 }, async () => {
    expect((await told({ hashing: 60 })).findings).toMatchObject([{ key: 'time', severity: 'low' }]);
  });
});

describe('what is said', () => {
  const answer = (code: number, error: string) => exchangeOf('POST /login', code, { body: { error } });
  const limited = { known: answer(429, 'wait'), unknown: answer(429, 'wait') };
  const wrong = { known: answer(401, '2 attempts left'), unknown: answer(401, '1 attempt left') };
  const judge = (...pairs: readonly (typeof wrong)[]) =>
    judged(check, { pairs, series: [], trouble: null }, notes).status;

  it('is compared only where both orders were answered as failed logins', () => {
    expect(judge(wrong, limited, limited, limited)).toBe('undecided');
    expect(judge(wrong, limited, wrong, limited)).toBe('undecided');
    expect(judge(wrong, wrong, limited, limited)).toBe('failed');
  });
});

describe('times', () => {
  const times = (known: number, unknown: number, misses: number) =>
    Array.from({ length: 28 }, (_, at) => (at < misses ? { known: unknown, unknown: known } : { known, unknown }));
  const evidence = async (...series: readonly (readonly { known: number; unknown: number }[])[]) => {
    const { instance } = await notesBackend();
    const { pairs } = await check.probe(contextWithPeople(instance));
    return {
      pairs,
      series: series.map((all, at) => ({ first: at === 0 ? 'known' : 'unknown', times: all }) as const),
      trouble: null,
    };
  };

  it.each([
    ['both series clear', [times(60, 5, 1), times(60, 5, 0)], 'failed'],
    ['one series clear, one the other way', [times(60, 5, 0), times(5, 60, 0)], 'passed'],
    ['two misses in one', [times(60, 5, 2), times(60, 5, 0)], 'passed'],
    ['a difference too small', [times(9, 5, 0), times(9, 5, 0)], 'passed'],
    ['a series that ended early', [times(60, 5, 0), times(60, 5, 0).slice(0, 9)], 'passed'],
  ] as const)('%s: %s', async (_, series, status) => {
    expect(judged(check, await evidence(...series), notes).status).toBe(status);
  });
});
