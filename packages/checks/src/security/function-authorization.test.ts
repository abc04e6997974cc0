import type { Contract } from '@assay/contract';
import { describe, expect, it } from 'vitest';
import { contextWithPeople, type Flaws, notes, notesBackend } from '../kit/identity/notes-for-tests.ts';
import { judged } from '../kit/recordings-for-tests.ts';
import { check } from './function-authorization.ts';

async function told(flaws: Flaws, contract = notes) {
  const { instance } = await notesBackend(flaws);
  return judged(check, await check.probe(contextWithPeople(instance, { contract })), contract);
}

/** The same contract, by which only admins delete notes. The backend lets people delete their own. */
const strict: Contract = {
  ...notes,
  operations: notes.operations.map((one) => (one.id === 'deleteNote' ? { ...one, roles: ['admin'] } : one)),
};

describe(check.id, () => {
  it('passes a backend that asks for the role', async () => {
    expect(await told({})).toMatchObject({
      status: 'passed',
      reason: '1 operation refused somebody without the role, 1 took somebody who has it',
    });
  });

  it('finds one that takes everybody', async () => {
    expect((await told({ admins: 'anybody' })).findings).toMatchObject([{ key: 'listPeople ordinary' }]);
  });

  it('finds one that asks whose a thing is, and not for the role', async () => {
    expect((await told({}, strict)).findings).toMatchObject([{ key: 'deleteNote ordinary' }]);
  });

  it('finds one that refuses even those who have it', async () => {
    expect((await told({ admins: 'nobody' })).findings).toMatchObject([
      { key: 'listPeople entitled', severity: 'medium' },
    ]);
  });

  it('says nothing of roles that may be anybody’s', () => {
    expect(judged(check, { tried: [], unclear: ['read:pets'], trouble: null }, notes)).toMatchObject({
      status: 'not-applicable',
      reason: 'whether everybody has the role read:pets is not known',
    });
  });
});
