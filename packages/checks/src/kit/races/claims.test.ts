import { type Identity, type Instance, type Json, nobody, type ProbeContext } from '@assay/contract';
import { describe, expect, it } from 'vitest';
import { check } from '../../data/no-lost-update.ts';
import { authenticated } from '../identity/authenticated.ts';
import { judged } from '../testing/recordings-for-tests.ts';
import { contextOf, contractOf } from '../testing/scripted-for-tests.ts';
import { served } from '../testing/served-for-tests.ts';

const integer = { type: 'integer', minimum: 1, maximum: 1000 };
const shown = (properties: Json): Json => ({
  description: 'It',
  content: { 'application/json': { schema: { type: 'object', properties } } },
});
const post = (operationId: string, properties: Record<string, Json>, parameters: readonly Json[] = []): Json => ({
  operationId,
  parameters,
  ...(Object.keys(properties).length === 0
    ? {}
    : {
        requestBody: {
          required: true,
          content: {
            'application/json': { schema: { type: 'object', required: Object.keys(properties), properties } },
          },
        },
      }),
  responses: { 201: shown({ id: { type: 'integer' }, ...properties }), 409: { description: 'Taken' } },
});
const id = { name: 'id', in: 'path', required: true, schema: { type: 'integer' } };
const read = (operationId: string, properties: Json): Json => ({
  operationId,
  parameters: [id],
  responses: { 200: shown(properties), 404: { description: 'None' } },
});

const library = contractOf({
  '/copies': { post: post('addCopy', { shelf: integer }) },
  '/copies/{id}': { get: read('copy', { id: integer, shelf: integer }) },
  '/loans': { post: post('lend', { copyId: { type: 'integer' } }) },
  '/loans/{id}': { get: read('loan', { id: integer, copyId: integer }) },
});
const events = contractOf({
  '/events': { post: post('announce', { room: integer, capacity: integer }) },
  '/events/{id}': { get: read('event', { id: integer, capacity: integer }) },
  '/events/{id}/registrations': { post: post('register', {}, [id]) },
});

/** A turn in which another request comes in between, as a database gives it. */
const turn = () => new Promise((resolve) => setTimeout(resolve, 20));

type Answers = (path: string, sent: Record<string, unknown>, who: string) => Promise<readonly [number, Json?]>;

async function judgedOf(contract: typeof library, answers: Answers, identities: ProbeContext['identities'] = nobody) {
  const things = new Map<string, Json>();
  const backend = await served(async ({ method, path, json, request }, response) => {
    const kept = things.get(path);
    const [status, body] =
      method === 'GET'
        ? kept === undefined
          ? [404]
          : [200, kept]
        : await answers(path, json, String(request.headers['x-who']));
    if (status === 201 && body !== undefined) things.set(`${path}/${String((body as { id: number }).id)}`, body);
    response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(body ?? {}));
  });
  const sending: Instance = {
    ...backend,
    send: (sent, options) => backend.send(sent.as == null ? sent : authenticated(sent, sent.as), options),
  };
  return judged(check, await check.probe(contextOf(contract, sending, { identities })), contract);
}

function lending(looksAndTakes: boolean, answersAlike = false) {
  const lent = new Map<unknown, number>();
  let number = 0;
  return judgedOf(library, async (path, { copyId, shelf }) => {
    number += 1;
    const own = number;
    if (path === '/copies') return [201, { id: own, shelf: Number(shelf) }];
    if (lent.has(copyId)) return [409];
    if (looksAndTakes) await turn();
    if (!answersAlike || !lent.has(copyId)) lent.set(copyId, own);
    return [201, { id: Number(lent.get(copyId)), copyId: Number(copyId) }];
  });
}

describe('what can be had once', () => {
  it('is given to two that look at the same time', async () => {
    expect((await lending(true)).findings).toEqual([
      {
        severity: 'high',
        key: 'lend once',
        title: 'Two lend at the same time were both carried out; in turn the second one gets 409',
      },
    ]);
  });

  it('is given to one where looking and taking is one step, or where both are told of one thing', async () => {
    expect(await lending(false)).toMatchObject({ status: 'passed', findings: [] });
    expect(await lending(true, true)).toMatchObject({ status: 'passed', findings: [] });
  });
});

describe('what some things and some people do not allow', () => {
  /** A library that lends no copy of an even shelf, and to everybody four copies at most. */
  const strict = (looksAndTakes: boolean, identities: ProbeContext['identities']) => {
    const [lent, shelves, had] = [new Map<unknown, number>(), new Map<unknown, number>(), new Map<string, number>()];
    let number = 0;
    const answers: Answers = async (path, { copyId, shelf }, who) => {
      number += 1;
      const own = number;
      if (path === '/copies') {
        shelves.set(own, Number(shelf));
        return [201, { id: own, shelf: Number(shelf) }];
      }
      if ((shelves.get(copyId) ?? 0) % 2 === 0 || lent.has(copyId) || (had.get(who) ?? 0) >= 4) return [409];
      if (looksAndTakes) await turn();
      lent.set(copyId, own);
      had.set(who, (had.get(who) ?? 0) + 1);
      return [201, { id: own, copyId: Number(copyId) }];
    };
    return judgedOf(library, answers, identities);
  };
  const people = (): ProbeContext['identities'] => {
    let number = 0;
    const somebody = async (): Promise<Identity> => {
      number += 1;
      const name = `user-${number}`;
      const headers = [['x-who', name]] as const;
      const nothing = { role: null, query: [], token: null, profile: undefined, exchanges: [] };
      return { name, login: name, password: name, headers, ...nothing };
    };
    const usual = somebody();
    return { unavailable: null, usual: () => usual, another: somebody };
  };

  it('does not hide what is given twice', async () => {
    expect((await strict(true, people())).findings.map(({ key }) => key)).toEqual(['lend once', 'lend quota']);
    expect((await strict(false, people())).findings).toEqual([]);
  });
});

describe('the last of several', () => {
  const registering = (looksAndTakes: boolean) => {
    const announced = new Map<string, { readonly capacity: number; taken: number }>();
    let number = 0;
    return judgedOf(events, async (path, sent) => {
      number += 1;
      const own = number;
      if (path === '/events') {
        announced.set(`/events/${own}/registrations`, { capacity: Number(sent['capacity']), taken: 0 });
        return [201, { id: own, room: Number(sent['room']), capacity: Number(sent['capacity']) }];
      }
      const event = announced.get(path);
      if (event === undefined) return [404];
      if (event.taken >= event.capacity) return [409];
      if (looksAndTakes) await turn();
      event.taken += 1;
      return [201, { id: own }];
    });
  };

  it('is given to two that count at the same time', async () => {
    expect((await registering(true)).findings).toEqual([
      {
        severity: 'critical',
        key: 'register last',
        title: 'Two register at the same time both got the last one; in turn the second one gets 409',
      },
    ]);
  });

  it('is given to one where counting and taking is one step', async () => {
    expect(await registering(false)).toMatchObject({ status: 'passed', findings: [] });
  });
});
