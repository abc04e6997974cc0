import { describe, expect, it } from 'vitest';
import { contextWithPeople, type Flaws, notes, notesBackend } from '../kit/identity/notes-for-tests.ts';
import { judged } from '../kit/recordings-for-tests.ts';
import { check } from './authentication-required.ts';

async function told(flaws: Flaws) {
  const { instance } = await notesBackend(flaws);
  return judged(check, await check.probe(contextWithPeople(instance)), notes);
}

describe(check.id, () => {
  it('passes a backend that refuses whoever is not signed in', async () => {
    expect(await told({})).toMatchObject({
      status: 'passed',
      reason: expect.stringContaining('refused by 6 operations'),
    });
  });

  it.each(['getNote', 'deleteNote', 'listPeople'])('finds %s open', async (operation) => {
    const { findings } = await told({ open: [operation], admins: operation === 'listPeople' ? 'anybody' : 'role' });
    expect(findings).toMatchObject([
      { key: `${operation} accepted`, title: expect.stringContaining('without credentials') },
    ]);
  });

  it('finds a write that is refused and done', async () => {
    const { findings } = await told({ refusesLate: true });
    expect(findings.map(({ key }) => key)).toEqual(expect.arrayContaining(['putNote effect', 'deleteNote effect']));
  });

  it('does not pass on a backend that refuses everybody', () => {
    const evidence = { asked: [], trouble: 'nobody could sign up' };
    expect(judged(check, evidence, notes)).toMatchObject({ status: 'undecided', reason: 'nobody could sign up' });
  });
});
