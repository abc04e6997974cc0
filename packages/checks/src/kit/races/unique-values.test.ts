import { bodyText, type Json } from '@assay/contract';
import { describe, expect, it } from 'vitest';
import { notes } from '../identity/notes-for-tests.ts';
import { Setup } from '../setup/setup.ts';
import { credentials, object, said, taken } from '../testing/openapi-for-tests.ts';
import { contextOf, contractOf, scripted } from '../testing/scripted-for-tests.ts';
import { uniqueSources } from './unique-values.ts';

/** Takes every address once. */
function oncePerAddress() {
  const taken = new Set<Json>();
  return scripted((line, body) => {
    if (line !== 'POST /register') return [401];
    const email = (body as Readonly<Record<string, Json>> | undefined)?.['email'] ?? null;
    if (taken.has(email)) return [409];
    taken.add(email);
    return [201, { id: 'a' }];
  });
}

describe('uniqueSources', () => {
  it('finds the address that two sign up with, where signing up makes nothing that has a path', async () => {
    const instance = oncePerAddress();
    const context = contextOf(notes, instance);
    const found: unknown[] = [];
    for (const source of uniqueSources(context, new Setup(context))) found.push(await source().catch(() => null));
    expect(found).toContainEqual(expect.objectContaining({ operation: 'register', value: 'email', kind: 'member' }));
  });

  it('gives both requests the same new address', async () => {
    const instance = oncePerAddress();
    const context = contextOf(notes, instance);
    for (const source of uniqueSources(context, new Setup(context))) {
      const unique = await source().catch(() => null);
      if (unique === null) continue;
      const { first, second } = await unique.prepare();
      expect(first.body).toBe(second.body);
      expect((await instance.send(first)).response?.status).toBe(201);
      expect((await instance.send(second)).response?.status).toBe(409);
      expect(bodyText({ text: String(first.body) })).toContain('@');
    }
    expect.assertions(4);
  });

  it('finds one of two that must be unique, and lets the other be new each time', async () => {
    const taken = new Set<string>();
    const instance = scripted((line, body) => {
      if (line !== 'POST /register') return [401];
      const words = Object.entries(body as Readonly<Record<string, Json>>)
        .filter(([name]) => ['email', 'name'].includes(name))
        .map((each) => JSON.stringify(each));
      if (words.some((word) => taken.has(word))) return [409];
      for (const word of words) taken.add(word);
      return [201, { id: 'a' }];
    });
    const context = contextOf(accounts, instance);
    const [source] = uniqueSources(context, new Setup(context));
    const unique = await source?.();
    expect(unique).toMatchObject({ operation: 'register', kind: 'member' });
    const { first, second } = (await unique?.prepare()) ?? {};
    const [one, other] = [first, second].map((spec) => JSON.parse(String(spec?.body)) as Record<string, Json>);
    const value = unique?.value ?? '';
    const rest = value === 'email' ? 'name' : 'email';
    expect(one?.[value]).toBe(other?.[value]);
    expect(one?.[rest]).not.toBe(other?.[rest]);
  });

  it('does not ask of what is only accepted', async () => {
    const instance = oncePerAddress();
    const queued: typeof instance = {
      ...instance,
      send: async (request) => {
        const exchange = await instance.send(request);
        const { response } = exchange;
        return response?.status === 201 ? { ...exchange, response: { ...response, status: 202 } } : exchange;
      },
    };
    const context = contextOf(accounts, queued);
    const [source] = uniqueSources(context, new Setup(context));
    await expect(source?.()).rejects.toThrow('answered 202, which only accepts it');
  });

  it('finds a number by which things are known', async () => {
    const taken = new Set<Json>();
    const instance = scripted((line, body) => {
      const seat = (body as Readonly<Record<string, Json>> | undefined)?.['seatNumber'] ?? null;
      if (line !== 'POST /seats' || taken.has(seat)) return [409];
      taken.add(seat);
      return [201, { id: taken.size }];
    });
    const context = contextOf(seats, instance);
    const [source] = uniqueSources(context, new Setup(context));
    const unique = await source?.();
    expect(unique).toMatchObject({ operation: 'addSeat', value: 'seatNumber', kind: 'member' });
    const { first, second } = (await unique?.prepare()) ?? {};
    expect(first?.body).toBe(second?.body);
    expect(taken).not.toContain((JSON.parse(String(first?.body)) as Record<string, Json>)['seatNumber']);
  });
});

it('looks at what gives people an account beside the sign-up, and takes no password for what only one may have', async () => {
  const made = (answer: (sent: Readonly<Record<string, Json>>, seen: Set<Json>) => boolean) => {
    const contract = contractOf({
      '/register-admin': {
        post: {
          operationId: 'registerAdmin',
          requestBody: taken(credentials),
          responses: { 201: { description: 'Made' } },
        },
      },
      '/login': {
        post: {
          operationId: 'login',
          requestBody: taken(credentials),
          responses: { 200: said(object({ token: text })) },
        },
      },
    } as Json);
    const seen = new Set<Json>();
    const instance = scripted((line, body) => {
      if (line !== 'POST /register-admin') return [401];
      return answer(body as Readonly<Record<string, Json>>, seen) ? [201, { id: 1 }] : [409];
    });
    const context = contextOf(contract, instance);
    const shape = { ...context.shape, signIn: null };
    return Promise.all(uniqueSources({ ...context, shape }, new Setup(context)).map((source) => source()));
  };
  const once = (name: string) => (sent: Readonly<Record<string, Json>>, seen: Set<Json>) => {
    const value = sent[name] ?? null;
    const isNew = !seen.has(value);
    seen.add(value);
    return isNew;
  };
  expect(await made(once('email'))).toMatchObject([{ operation: 'registerAdmin', value: 'email' }]);
  expect(await made(once('password'))).toEqual([null]);
  expect(await made(() => false)).toEqual([null]);
});

it('looks past the number that a client calls a thing by, and asks whether that is unique, too', async () => {
  const rows = taking('/rows', 'addRow', { id: { type: 'integer', minimum: 1 }, note: text });
  const found = async (unique: readonly string[]) => {
    const taken = new Set<string>();
    const instance = scripted((line, body) => {
      if (line !== 'POST /rows') return [401];
      const sent = Object.entries(body as Readonly<Record<string, Json>>).filter(([name]) => unique.includes(name));
      const words = sent.map((each) => JSON.stringify(each));
      if (words.some((word) => taken.has(word))) return [409];
      for (const word of words) taken.add(word);
      return [201, { id: 1 }];
    });
    const context = contextOf(rows, instance);
    return (await uniqueSources(context, new Setup(context))[0]?.())?.value;
  };
  expect(await found(['id'])).toBe('id');
  expect(await found(['id', 'note'])).toMatch(/^(id|note)$/);
  expect(await found([])).toBeUndefined();
});

const taking = (path: string, operationId: string, properties: Readonly<Record<string, Json>>) =>
  contractOf({
    [path]: {
      post: {
        operationId,
        requestBody: {
          content: {
            'application/json': { schema: { type: 'object', required: Object.keys(properties), properties } },
          },
        },
        responses: { 201: { description: 'Made' } },
      },
      get: { operationId: `${operationId}List`, responses: { 200: { description: 'All' } } },
    },
    [`${path}/{id}`]: {
      parameters: [{ name: 'id', in: 'path', required: true, schema: { type: 'integer' } }],
      get: { operationId: `${operationId}Read`, responses: { 200: { description: 'It' } } },
    },
  } as never);
const text = { type: 'string', minLength: 8, maxLength: 60 };
const accounts = taking('/register', 'register', { email: text, name: text });
const seats = taking('/seats', 'addSeat', { seatNumber: { type: 'integer', minimum: 1 }, price: { type: 'integer' } });
