import { type Contract, headerOf, inferShape, type Instance, type Json } from '@assay/contract';
import { describe, expect, it } from 'vitest';
import { contextWithPeople, type Flaws, notes, notesBackend, polite } from '../kit/identity/notes-for-tests.ts';
import { answering, exchangeOf, judged } from '../kit/testing/recordings-for-tests.ts';
import { contractOf } from '../kit/testing/scripted-for-tests.ts';
import { check } from './authentication-required.ts';

async function told(flaws: Flaws) {
  const { instance } = await notesBackend(flaws);
  return judged(check, await check.probe(contextWithPeople(instance)), notes);
}

/** The same contract with one rule for all operations, and a way out that takes anybody. */
const oneRule: Contract = {
  ...notes,
  operations: [
    ...notes.operations,
    ...contractOf({ '/logout': { post: { operationId: 'logout', responses: { '204': { description: 'out' } } } } })
      .operations,
  ].map((operation) => ({
    ...operation,
    security: operation.security.length === 0 ? [['bearer']] : operation.security,
  })),
};

describe(check.id, () => {
  it('passes a backend that refuses whoever is not signed in', async () => {
    expect(await told({})).toMatchObject({
      status: 'passed',
      reason: expect.stringContaining('refused by 6 operations'),
    });
  });

  it('asks for other things after one was deleted', async () => {
    const { instance } = await notesBackend({});
    const contract = { ...notes, operations: notes.operations.toReversed() };
    expect(judged(check, await check.probe(contextWithPeople(instance, { contract })), contract)).toMatchObject({
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

  it('takes an open read for critical where it shows what is somebody’s, and for a dispute where everybody reads it', async () => {
    expect((await told({ open: ['getNote'] })).findings).toMatchObject([{ severity: 'critical' }]);
    const { findings } = await told({ open: ['getNote'], ownerless: ['getNote'] });
    expect(findings).toMatchObject([{ severity: 'medium', key: 'getNote accepted' }]);
    expect((await told({ open: ['deleteNote'], ownerless: ['deleteNote'] })).findings).toMatchObject([
      { severity: 'critical' },
    ]);
  });

  it('says nothing of an empty list where nobody is known who gets more', () => {
    const asked = (body: Json) => ({
      operation: 'listNotes',
      unproven: [{ how: 'without credentials', exchange: exchangeOf('GET /notes', 200, { body }) }],
      proven: null,
      thing: null,
      personal: false,
    });
    const evidence = (body: Json) => ({ asked: [asked(body)], trouble: 'nobody could sign up' });
    expect(judged(check, evidence([]), notes)).toMatchObject({ status: 'undecided', reason: 'nobody could sign up' });
    expect(judged(check, evidence([{ id: 1 }]), notes).findings).toMatchObject([{ severity: 'medium' }]);
  });

  it('tells a server error to unknown credentials for what it is', () => {
    const unproven = [{ how: 'with credentials that nobody was given', exchange: exchangeOf('GET /notes', 500) }];
    const evidence = { asked: [{ operation: 'listNotes', unproven, proven: null, thing: null }], trouble: null };
    expect(check.judge(evidence, notes).findings).toMatchObject([
      { severity: 'medium', detail: expect.stringContaining('Nobody is let in') },
    ]);
  });

  it('finds credentials at which the backend fails before it can refuse them, once', async () => {
    const { instance } = await notesBackend({});
    const backend: Instance = {
      ...instance,
      send: async (request, options) => {
        const exchange = await instance.send(request, options);
        return headerOf(exchange.request.headers, 'authorization') === 'Bearer' ? answering(exchange, 500) : exchange;
      },
    };
    expect(judged(check, await check.probe(contextWithPeople(backend)), notes).findings).toMatchObject([
      {
        severity: 'medium',
        title: expect.stringContaining(
          'answered 500 with Bearer and no token; 401 was expected; the same at 2 other operations',
        ),
      },
    ]);
  });

  it('finds a write that is refused and done', async () => {
    const { findings } = await told({ refusesLate: true });
    expect(findings.map(({ key }) => key)).toEqual(expect.arrayContaining(['putNote effect', 'deleteNote effect']));
  });

  it('takes the ways in and out for what they are, where no exception was made for them', async () => {
    const { instance } = await notesBackend({});
    const backend: Instance = {
      ...instance,
      send: async (request, options) =>
        request.target === '/logout' ? exchangeOf('POST /logout', 204) : instance.send(request, options),
    };
    const context = contextWithPeople(backend, { contract: oneRule, shape: inferShape(oneRule) });
    expect(judged(check, await check.probe(context), oneRule)).toMatchObject({
      status: 'passed',
      reason: expect.stringContaining('refused by 6 operations'),
    });
    expect(
      check.applies(
        { ...oneRule, operations: oneRule.operations.filter(({ id }) => /log|register/.test(id)) },
        inferShape(oneRule),
        null,
      ).applies,
    ).toBe(false);
  });

  it.each([null, 10001, 'A0230'])('reads a refusal in the body of an answer of 200, with the code %s', async (code) => {
    const { instance } = await notesBackend({});
    expect(judged(check, await check.probe(contextWithPeople(polite(instance, code))), notes).status).toBe('passed');
  });

  it('does not pass on a backend that refuses everybody', () => {
    const evidence = { asked: [], trouble: 'nobody could sign up' };
    expect(judged(check, evidence, notes)).toMatchObject({ status: 'undecided', reason: 'nobody could sign up' });
  });
});
