import type { Instance } from '@assay/contract';
import { describe, expect, it } from 'vitest';
import { trialOf } from '../kit/races/trials-for-tests.ts';
import { judged } from '../kit/testing/recordings-for-tests.ts';
import { contextOf, contractOf, scripted } from '../kit/testing/scripted-for-tests.ts';
import { check } from './unique-under-race.ts';

describe(check.id, () => {
  const tried = [{ operation: 'signUp', value: 'email', runs: 2 }];
  const evidence = { tried, finds: [], looked: 1, watched: true, trouble: null };
  const find = { operation: 'signUp', value: 'email', kind: 'member' as const };
  const serialStatuses = [201, 409] as const;

  it('passes when one of the two was refused', () => {
    const trial = trialOf({}, { serialStatuses, statuses: [201, 409] });
    expect(judged(check, evidence).status).toBe('passed');
    expect(judged(check, { ...evidence, finds: [{ ...find, trial }] }).status).toBe('passed');
  });

  it('tells of a value that two have', () => {
    const trial = trialOf({}, { serialStatuses, statuses: [201, 201] });
    expect(judged(check, { ...evidence, finds: [{ ...find, trial }] }).findings).toEqual([
      {
        severity: 'high',
        key: 'signUp email twice',
        title: 'Two signUp with the same email at the same time both succeeded; in turn the second one gets 409',
      },
    ]);
  });

  it('proves nothing by what was only accepted', () => {
    const trial = trialOf({}, { serialStatuses: [202, 409], statuses: [202, 202] });
    expect(judged(check, { ...evidence, finds: [{ ...find, trial }] }).status).toBe('passed');
  });

  it('tells, as a lesser matter, of a loser that gets a server error', () => {
    const trial = trialOf({}, { serialStatuses, statuses: [201, 500] });
    expect(judged(check, { ...evidence, finds: [{ ...find, trial }] }).findings).toMatchObject([
      { severity: 'medium', key: 'signUp email loser' },
    ]);
  });

  it('takes two for one where both are told of the same thing, and not where the client names it', async () => {
    const member = { type: 'object', required: ['name'], properties: { name: { type: 'string', minLength: 20 } } };
    const clubs = contractOf({
      '/clubs': {
        post: {
          operationId: 'found',
          requestBody: { content: { 'application/json': { schema: member } } },
          responses: { 201: { description: 'Made' } },
        },
      },
      '/clubs/{id}': {
        parameters: [{ name: 'id', in: 'path', required: true, schema: { type: 'string' } }],
        get: { operationId: 'read', responses: { 200: { description: 'It' } } },
      },
    } as never);
    const statusWhere = async (idOf: (name: string, made: number) => string | number) => {
      const ids = new Map<string, string | number>();
      let busy = false;
      const backend = scripted((line, body) => {
        if (!line.startsWith('POST')) return [404];
        const name = String((body as Readonly<Record<string, unknown>>)['name']);
        const known = ids.get(name);
        // Whoever comes while another one is served finds what that one has just made.
        if (known !== undefined) return busy ? [200, { id: known }] : [409];
        busy = true;
        queueMicrotask(() => (busy = false));
        const id = idOf(name, ids.size + 1);
        ids.set(name, id);
        return [201, { id }];
      });
      const remembering: Instance = {
        ...backend,
        send: async (request) => {
          const exchange = await backend.send(request);
          return { ...exchange, request: { ...exchange.request, body: { text: String(request.body ?? '') } } };
        },
      };
      return judged(check, await check.probe(contextOf(clubs, remembering)), clubs).status;
    };
    expect(await statusWhere((_name, made) => made)).toBe('passed');
    expect(await statusWhere((name) => name)).toBe('failed');
  });

  it('does not mind a loser that is asked to try again', () => {
    const trial = trialOf({}, { serialStatuses, statuses: [201, 503] });
    expect(judged(check, { ...evidence, finds: [{ ...find, trial }] }).status).toBe('passed');
  });

  it('does not apply when nothing is refused the second time, and is undecided when nothing was accepted', () => {
    expect(judged(check, { ...evidence, tried: [] }).status).toBe('not-applicable');
    expect(judged(check, { ...evidence, tried: [{ operation: 'signUp', value: 'email', runs: 0 }] }).status).toBe(
      'undecided',
    );
    expect(judged(check, { ...evidence, tried: [], trouble: 'it answered 500' }).status).toBe('undecided');
  });
});
