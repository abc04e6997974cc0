import { describe, expect, test } from 'vitest';
import { exchangeOf } from '../testing/recordings-for-tests.ts';
import { contractOf, scripted } from '../testing/scripted-for-tests.ts';
import { identitiesFor, notes, notesBackend } from './notes-for-tests.ts';

describe('identities', () => {
  test('signs people up and in, each once and each another', async () => {
    const { instance, logins } = await notesBackend();
    const identities = identitiesFor();
    const usual = await identities.usual(instance);
    expect(usual).toMatchObject({
      name: 'user-1',
      role: null,
      headers: [['authorization', expect.stringMatching(/^Bearer ey/)]],
    });
    expect(await identities.usual(instance)).toBe(usual);
    const other = await identities.another(instance);
    expect(other).toMatchObject({ name: 'user-2' });
    expect('login' in other && usual !== null && 'login' in usual && other.login !== usual.login).toBe(true);
    expect(logins()).toBe(2);
    expect(identities.unavailable).toBeNull();
  });

  test('finds people with a role among those who are named, and says when there is nobody', async () => {
    const { instance } = await notesBackend();
    const identities = identitiesFor();
    expect(await identities.another(instance, 'ADMIN')).toMatchObject({ name: 'admin', role: 'admin' });
    expect(await identities.another(instance, 'editor')).toEqual({
      unavailable: 'nobody with the role editor is known; name one under identities.users in assay.yaml',
    });
    expect(await identities.senderOf(instance, 'listPeople')).toMatchObject({ role: 'admin' });
    expect(await identities.senderOf(instance, 'listNotes')).toMatchObject({ role: null });
    expect(await identities.senderOf(instance, 'login')).toBeNull();
  });

  test('signs in again whose token is no good any more, once for all who ask', async () => {
    const { instance, forget, logins } = await notesBackend();
    const identities = identitiesFor();
    const before = await identities.senderOf(instance, 'listNotes');
    if (before === null) throw new Error('nobody was signed in');
    forget();
    const [one, two] = await Promise.all([identities.renewed(instance, before), identities.renewed(instance, before)]);
    expect(one).toBe(two);
    expect(one?.headers).not.toEqual(before.headers);
    expect(one?.login).toBe(before.login);
    expect(await identities.usual(instance)).toBe(one);
    expect(logins()).toBe(2);
  });

  test('keeps who cannot sign in just now, where nobody is to take their place', async () => {
    const { instance } = await notesBackend();
    const identities = identitiesFor();
    const before = await identities.senderOf(instance, 'listNotes');
    if (before === null) throw new Error('nobody was signed in');
    const limited = { ...instance, send: () => Promise.resolve(exchangeOf('POST /login', 429)) };
    expect(await identities.renewed(limited, before, false)).toBeNull();
    expect(await identities.senderOf(instance, 'listNotes')).toBe(before);
  });

  test('has somebody else deleted than the one who asks for everything', async () => {
    const { instance } = await notesBackend();
    const gone = { '200': { description: 'gone' } };
    const me = contractOf({ '/me': { delete: { operationId: 'deleteMe', responses: gone } } }).operations;
    const asking = me.map((operation) => ({ ...operation, security: [['bearer']] }));
    const identities = identitiesFor({ ...notes, operations: [...notes.operations, ...asking] });
    const [usual, one, two] = [
      await identities.senderOf(instance, 'listNotes'),
      await identities.senderOf(instance, 'deleteMe'),
      await identities.senderOf(instance, 'deleteMe'),
    ];
    expect(new Set([usual?.login, one?.login, two?.login]).size).toBe(3);
    expect(await identities.senderOf(instance, 'listNotes')).toBe(usual);
  });

  test('says why nobody could sign up, and is not asked twice', async () => {
    const instance = scripted(() => [500]);
    const identities = identitiesFor();
    const nobody = await identities.usual(instance);
    expect(nobody).toMatchObject({
      unavailable: expect.stringMatching(
        /POST \/register answered 500; say how with identities\.register in assay\.yaml/,
      ),
    });
    const asked = instance.asked.length;
    expect(await identities.usual(instance)).toBe(nobody);
    expect(instance.asked).toHaveLength(asked);
  });

  test('has nobody where the contract asks for nobody', async () => {
    const identities = identitiesFor(contractOf({ '/things': { get: { responses: { '200': { description: '' } } } } }));
    expect(identities.unavailable).toBe('the contract asks for no authentication');
    expect(await identities.usual(scripted(() => [200]))).toBeNull();
  });

  test('refuses settings that name what the contract does not have', () => {
    expect(() => identitiesFor({ ...notes, operations: [] })).not.toThrow();
  });
});
