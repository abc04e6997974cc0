import type { Contract, Identity, Instance, ProbeContext } from '@assay/contract';
import { describe, expect, it } from 'vitest';
import { libraryContext, libraryContract, type LibraryFlaws } from '../kit/authorization/library-for-tests.ts';
import { contextWithPeople, type Flaws, notes, notesBackend, polite } from '../kit/identity/notes-for-tests.ts';
import { exchangeOf, judged } from '../kit/testing/recordings-for-tests.ts';
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

/** What is told where nobody is named for a role; `/refused` refuses everybody. @param change what a newcomer is told of themselves */
async function toldUnnamed(
  flaws: Flaws,
  contract = notes,
  change: Partial<Identity> = {},
  refusal = exchangeOf('GET /refused', 403),
) {
  const { instance } = await notesBackend(flaws);
  const refusing: Instance = {
    ...instance,
    send: async (request, options) => (request.target === '/refused' ? refusal : instance.send(request, options)),
  };
  const context = contextWithPeople(refusing, { contract });
  let first = true;
  const identities: ProbeContext['identities'] = {
    unavailable: null,
    usual: async (one) => {
      first = false;
      return context.identities.usual(one);
    },
    another: async (one, role) => {
      if (role !== undefined) return { unavailable: 'nobody is named' };
      // Whoever signs up first is the administrator.
      const found = await context.identities.another(one, first ? 'admin' : undefined);
      first = false;
      return 'token' in found ? { ...found, ...change } : found;
    },
  };
  return judged(check, await check.probe({ ...context, identities }), contract);
}

describe(check.id, () => {
  it('passes a backend that asks for the role', async () => {
    expect(await told({})).toMatchObject({
      status: 'passed',
      reason: '1 operation refused somebody without the role, 1 took somebody who has it',
    });
  });

  it.each([null, 10001])('reads a refusal in the body of an answer of 200, with the code %s', async (code) => {
    const { instance } = await notesBackend({});
    expect(judged(check, await check.probe(contextWithPeople(polite(instance, code))), notes)).toMatchObject({
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

  it('lets somebody else sign up first, who may be the administrator', async () => {
    expect(await toldUnnamed({})).toMatchObject({
      status: 'passed',
      reason: '1 operation refused somebody without the role',
    });
  });

  it('says nothing of a role that whoever makes a thing has for it', async () => {
    expect((await toldUnnamed({}, strict)).findings).toEqual([]);
  });

  it('says nothing of a role that a newcomer may have in a place of their own', async () => {
    const home = { profile: { id: 'u', tenantId: 't' } };
    expect(await toldUnnamed({ admins: 'anybody' }, notes, home)).toMatchObject({
      status: 'not-applicable',
      reason: 'whether everybody has the role admin is not known',
    });
    const owner = { profile: { user: { role: 'owner' } } };
    expect((await toldUnnamed({ admins: 'anybody' }, notes, owner)).status).toBe('not-applicable');
    const { findings } = await toldUnnamed({ admins: 'anybody' }, notes, { profile: { role: 'user' } });
    expect(findings).toMatchObject([{ key: 'listPeople ordinary' }]);
  });

  it('finds it all the same where the same person is refused at another operation of the role', async () => {
    const more: Contract = {
      ...notes,
      operations: notes.operations.flatMap((one) =>
        one.id === 'listPeople' ? [one, { ...one, id: 'listRefused', path: '/refused' }] : [one],
      ),
    };
    const { findings } = await toldUnnamed({ admins: 'anybody' }, more, { profile: { companyName: 'c' } });
    expect(findings).toMatchObject([{ key: 'listPeople ordinary' }]);
  });

  it('takes no success in words of its own for such a refusal', async () => {
    const more: Contract = {
      ...notes,
      operations: notes.operations.flatMap((one) =>
        one.id === 'listPeople' ? [one, { ...one, id: 'listRefused', path: '/refused' }] : [one],
      ),
    };
    const owner = { profile: { role: 'owner' } };
    const taken = exchangeOf('GET /refused', 202, { body: { status: 'taken up' } });
    expect((await toldUnnamed({ admins: 'anybody' }, more, owner, taken)).findings).toEqual([]);
  });

  it('asks for all scopes of OAuth 2, and for one of several roles', async () => {
    const needing = (...roles: readonly string[]): Contract => ({
      ...notes,
      securitySchemes: notes.securitySchemes.map((scheme) => ({ ...scheme, type: 'oauth2' })),
      operations: notes.operations.map((one) => (one.id === 'listPeople' ? { ...one, roles } : one)),
    });
    const reader = { profile: { scope: 'people:read' } };
    expect((await toldUnnamed({ admins: 'anybody' }, needing('people:read', 'admin'), reader)).findings).toMatchObject([
      { key: 'listPeople ordinary', title: expect.stringContaining('without all of the scopes people:read and admin') },
    ]);
    expect((await toldUnnamed({}, needing('people:read', 'admin'), reader)).status).toBe('passed');
    const either = await toldUnnamed({ admins: 'anybody' }, needing('user', 'admin'), { profile: { role: 'user' } });
    expect(either.status).toBe('not-applicable');
    // Who is named for one of them may lack the other.
    expect((await told({ admins: 'nobody' }, needing('people:read', 'admin'))).findings).toEqual([]);
  });

  it('takes the word of the contract where its security names no role', async () => {
    const said: Contract = {
      ...notes,
      operations: notes.operations.map((one) =>
        one.id === 'listPeople' ? { ...one, roles: [], summary: 'List people. Admin only.' } : one,
      ),
    };
    expect((await told({ admins: 'anybody' }, said)).findings).toMatchObject([{ key: 'listPeople ordinary' }]);
    expect(await told({}, said)).toMatchObject({ status: 'passed' });
    const home = { profile: { id: 'u', tenantId: 't' } };
    expect((await toldUnnamed({ admins: 'anybody' }, said, home)).findings).toEqual([]);
    expect((await toldUnnamed({ admins: 'anybody' }, said, { profile: { isAdmin: true } })).findings).toEqual([]);
  });

  it('takes a role below admins for one that newcomers lack only where they are told theirs', async () => {
    const listed = { role: { type: 'string', enum: ['member', 'librarian'] } };
    const said: Contract = {
      ...notes,
      definitions: { ...notes.definitions, Person: { type: 'object', properties: listed } },
      operations: notes.operations.map((one) =>
        one.id === 'listPeople' ? { ...one, roles: [], summary: 'List people (librarians)' } : one,
      ),
    };
    const asked = async (profile: Identity['profile']) => toldUnnamed({ admins: 'anybody' }, said, { profile });
    expect((await asked({ role: 'member' })).findings).toMatchObject([{ key: 'listPeople ordinary' }]);
    expect((await asked({ id: 'u' })).status).toBe('not-applicable');
    expect((await asked({ role: 'librarian' })).status).toBe('not-applicable');
  });

  it('asks as somebody who signed up, and not as one whom the settings name', async () => {
    const { instance } = await notesBackend({});
    const context = contextWithPeople(instance);
    const named = await context.identities.another(instance, 'admin');
    if (!('token' in named)) throw new Error('nobody was named');
    let given = 0;
    const identities: ProbeContext['identities'] = {
      ...context.identities,
      usual: (one) => context.identities.usual(one),
      another: async (one, role) =>
        role === undefined && (given += 1) <= 2 ? { ...named, role: null } : context.identities.another(one, role),
    };
    expect(judged(check, await check.probe({ ...context, identities }), notes).status).toBe('passed');
  });

  it('says nothing of roles that may be anybody’s', () => {
    expect(judged(check, { tried: [], unclear: ['read:pets'], trouble: null }, notes)).toMatchObject({
      status: 'not-applicable',
      reason: 'whether everybody has the role read:pets is not known',
    });
  });

  describe('in a library', () => {
    const toldOf = async (flaws: LibraryFlaws, contract = libraryContract(), focus: string | null = null) => {
      const context = await libraryContext(flaws, contract);
      return judged(check, await check.probe({ ...context, focus }), contract);
    };
    const keysOf = async (...[flaws, contract, focus]: Parameters<typeof toldOf>) =>
      (await toldOf(flaws, contract, focus)).findings.map(({ key }) => key);

    it('passes a backend that asks for the role of everything in brackets', async () => {
      expect(await toldOf({})).toMatchObject({
        status: 'passed',
        reason: '3 operations refused somebody without the role',
      });
    });

    it('finds that members do all of several things, and nothing where they do one of them', async () => {
      expect(await keysOf({ books: 'all' })).toEqual(['changeBook ordinary']);
      expect(await keysOf({ books: 'title' })).toEqual([]);
      expect(await keysOf({ books: 'all' }, libraryContract(), 'changeBook')).toContain('changeBook ordinary');
    });

    it('finds that members give themselves a role, also where it counts from the next login on', async () => {
      const { findings } = await toldOf({ role: 'set' });
      expect(findings).toMatchObject([
        { key: 'changeMember raised', title: expect.stringContaining('GET /members refused them before') },
      ]);
      expect(await keysOf({ role: 'set', roleAtLogin: true })).toEqual(['changeMember raised']);
      expect(await keysOf({ role: 'set' }, libraryContract(), 'changeMember')).toContain('changeMember raised');
    });

    it('says nothing where the role that they send is ignored, or the contract leaves it to them', async () => {
      expect(await keysOf({ role: 'ignored' })).toEqual([]);
      expect(await keysOf({ role: 'set' }, libraryContract('Only the name and the role can be changed.'))).toEqual([]);
    });
  });
});
