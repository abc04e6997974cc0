import type { Exchange, Instance } from '@assay/contract';
import { describe, expect, it } from 'vitest';
import { contextWithPeople, type Flaws, notes, notesBackend } from '../kit/identity/notes-for-tests.ts';
import { answering, judged } from '../kit/testing/recordings-for-tests.ts';
import { check } from './login-rate-limit.ts';

/** @param change what becomes of the answer to a login, by how many there were before it */
async function told(flaws: Flaws, change: (answer: Exchange, before: number) => Exchange = (answer) => answer) {
  const { instance, logins } = await notesBackend(flaws);
  const changed: Instance = {
    ...instance,
    send: async (request, options) => {
      const before = logins();
      const answer = await instance.send(request, options);
      return logins() > before ? change(answer, before) : answer;
    },
  };
  return { ...judged(check, await check.probe(contextWithPeople(changed)), notes), logins: logins() };
}

describe(check.id, () => {
  it('stops as soon as it is stopped', async () => {
    expect(await told({})).toMatchObject({
      status: 'passed',
      reason: 'POST /login answered 429 after 10 wrong passwords',
      logins: 12,
    });
  });

  it('finds that nobody counts', async () => {
    expect((await told({ allowedFailures: 1000 })).findings).toMatchObject([
      {
        key: 'login',
        title: '100 wrong passwords for one person were looked at, one after the other; the contract has 429',
      },
    ]);
  });

  it('passes an account that is locked, whatever the guesses are answered with', async () => {
    const locked = (answer: Exchange, before: number) => (before > 20 ? answering(answer, 401) : answer);
    expect(await told({ allowedFailures: 1000 }, locked)).toMatchObject({
      status: 'passed',
      reason: 'POST /login answered 401 to the right password after 100 wrong ones: the account is locked',
    });
  });

  it.each([
    ['X-RateLimit-Remaining', (left: number) => String(left)],
    ['RateLimit', (left: number) => `"500-in-15min"; r=${left}; t=900`],
  ])('does not decide where a limit is being used up, by %s', async (name, tell) => {
    const counted = (answer: Exchange, before: number) =>
      answering(answer, answer.response?.status ?? 0, { headers: { [name]: tell(500 - before) } });
    expect(await told({ allowedFailures: 1000 }, counted)).toMatchObject({
      status: 'undecided',
      reason: expect.stringContaining(`${name.toLowerCase()} fell from 499 to 400`),
    });
  });

  it('asks for nothing that the contract does not promise', () => {
    const silent = {
      ...notes,
      operations: notes.operations.map((operation) => ({
        ...operation,
        responses: operation.responses.filter(({ status }) => status !== '429'),
      })),
    };
    const { shape } = contextWithPeople({} as never);
    expect(check.applies(silent, shape, null)).toEqual({
      applies: false,
      reason: 'the contract promises no limit: login has no 429',
    });
  });
});
