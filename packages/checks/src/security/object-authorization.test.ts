import { describe, expect, it } from 'vitest';
import { contextWithPeople, type Flaws, notes, notesBackend } from '../kit/identity/notes-for-tests.ts';
import { judged } from '../kit/recordings-for-tests.ts';
import { check } from './object-authorization.ts';

async function told(flaws: Flaws) {
  const { instance } = await notesBackend(flaws);
  return judged(check, await check.probe(contextWithPeople(instance)), notes);
}

describe(check.id, () => {
  it('passes a backend that looks for the owner', async () => {
    expect(await told({})).toMatchObject({
      status: 'passed',
      reason: expect.stringMatching(/refused by 3 operations$/),
    });
  });

  it.each([
    ['getNote', 'read'],
    ['putNote', 'change'],
    ['deleteNote', 'delete'],
  ])('finds %s that looks at the id alone', async (operation, kind) => {
    expect((await told({ ownerless: [operation] })).findings).toMatchObject([{ key: `${operation} ${kind}` }]);
  });

  it('says nothing where nothing shows that things belong to somebody', () => {
    const evidence = { tried: [], trouble: null };
    expect(judged(check, evidence, notes).status).toBe('not-applicable');
  });
});
