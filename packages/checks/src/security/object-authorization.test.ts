import { describe, expect, it } from 'vitest';
import { libraryContext, libraryContract, type LibraryFlaws } from '../kit/authorization/library-for-tests.ts';
import { type Flaws as ProjectFlaws, projects, projectsContext } from '../kit/authorization/projects-for-tests.ts';
import { contextWithPeople, type Flaws, notes, notesBackend } from '../kit/identity/notes-for-tests.ts';
import { exchangeOf, judged } from '../kit/testing/recordings-for-tests.ts';
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

  it('has the last of those whom the settings name ask for what the first has made, who may be somebody who may do more', async () => {
    const { instance } = await notesBackend({});
    const context = contextWithPeople(instance);
    const [boss, ann] = [await context.identities.usual(instance), await context.identities.another(instance)];
    if (boss === null || !('token' in boss) || !('token' in ann)) throw new Error('nobody was signed in');
    const left = [ann];
    const another = async () => left.shift() ?? { unavailable: 'no more people are named' };
    const identities = { unavailable: null, usual: async () => boss, another };
    const { tried } = await check.probe({ ...context, identities });
    const senders = tried.map(
      ({ exchange }) => exchange.request.headers.find(([name]) => name === 'authorization')?.[1],
    );
    expect(new Set(senders)).toEqual(new Set([`Bearer ${ann.token}`]));
  });

  it('passes what refuses somebody else and serves its owner, where no list shows whose a thing is', () => {
    const tried = [
      {
        operation: 'putNote',
        kind: 'change' as const,
        made: { id: 1, sent: {} },
        grounds: [],
        shown: [],
        exchange: exchangeOf('PUT /notes/1', 403),
        before: null,
        after: null,
        owner: exchangeOf('PUT /notes/1', 200),
      },
    ];
    expect(judged(check, { tried, trouble: null }, notes)).toMatchObject({ status: 'passed' });
    const open = tried.map((one) => ({ ...one, exchange: exchangeOf('PUT /notes/1', 200) }));
    expect(judged(check, { tried: open, trouble: null }, notes).status).toBe('not-applicable');
  });

  it('says nothing where nothing shows that things belong to somebody', () => {
    const evidence = { tried: [], trouble: null };
    expect(judged(check, evidence, notes).status).toBe('not-applicable');
  });

  describe('where things are in others', () => {
    const toldOf = async (flaws: ProjectFlaws) =>
      judged(check, await check.probe(await projectsContext(flaws)), projects);

    it('passes a backend that looks for both together', async () => {
      expect(await toldOf({})).toMatchObject({ status: 'passed' });
    });

    it.each([
      ['GET', 'getTask read'],
      ['PUT', 'putTask change'],
      ['DELETE', 'deleteTask delete'],
    ])('finds a %s that opens what is in another’s project at the address of one’s own', async (method, key) => {
      const { findings } = await toldOf({ idAlone: [method] });
      expect(findings).toMatchObject([{ key, title: expect.stringContaining('at its own address') }]);
    });

    it('says nothing of what all projects share', async () => {
      expect((await toldOf({ idAlone: ['GET', 'PUT', 'DELETE'], shared: true })).findings).toEqual([]);
    });

    it.each<[ProjectFlaws, readonly string[]]>([
      [{ cancel: 'for all' }, ['cancelProject act']],
      [{ cancel: 'told' }, []],
    ])('finds that somebody cancels what they may not read, once its owner sees it: %j', async (flaws, keys) => {
      expect((await toldOf(flaws)).findings.map(({ key }) => key)).toEqual(keys);
    });

    it.each<[ProjectFlaws, readonly string[]]>([
      [{ hidden: true }, ['startProject act']],
      [{ hidden: true, told: 'member' }, ['startProject act']],
      [{ hidden: true, told: 'nothing' }, []],
    ])(
      'takes what is not there for somebody for used but not for joined, once something came of it: %j',
      async (flaws, keys) => {
        expect((await toldOf(flaws)).findings.map(({ key }) => key)).toEqual(keys);
      },
    );

    it('takes a success with nothing in it for nothing', async () => {
      expect((await toldOf({ wrapped: true })).findings).toEqual([]);
    });
  });

  describe('in a library, where librarians borrow for others and members for themselves', () => {
    const toldOf = async (flaws: LibraryFlaws) =>
      judged(check, await check.probe(await libraryContext(flaws)), libraryContract());
    const keysOf = async (flaws: LibraryFlaws) => (await toldOf(flaws)).findings.map(({ key }) => key);

    it('passes a backend that refuses others', async () => {
      expect(await toldOf({})).toMatchObject({
        status: 'passed',
        reason: expect.stringMatching(/refused by 5 operations$/),
      });
    });

    it('finds a loan that somebody else cancels, though its owner still reads it', async () => {
      expect(await keysOf({ cancel: 'for all' })).toEqual(['cancelLoan delete']);
      expect(await keysOf({ cancel: 'told' })).toEqual([]);
    });

    it('finds a loan that is made in another’s name, and not one that is one’s own whatever is told', async () => {
      expect(await keysOf({ borrow: 'for others' })).toEqual(['borrow name']);
      expect(await keysOf({ borrow: 'told' })).toEqual([]);
    });
  });
});
