import { describe, expect, it } from 'vitest';
import { contextWithPeople, type Flaws, notes, notesBackend } from '../kit/identity/notes-for-tests.ts';
import { judged } from '../kit/recordings-for-tests.ts';
import { check } from './login-rate-limit.ts';

async function told(flaws: Flaws) {
  const { instance, logins } = await notesBackend(flaws);
  return { ...judged(check, await check.probe(contextWithPeople(instance)), notes), logins: logins() };
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
