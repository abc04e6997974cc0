import type { Json } from '@assay/contract';
import { describe, expect, it } from 'vitest';
import { contextWithPeople, notesBackend } from '../identity/notes-for-tests.ts';
import { answering, todo } from '../testing/recordings-for-tests.ts';
import { contextOf, contractOf, scripted } from '../testing/scripted-for-tests.ts';
import { status } from '../words.ts';
import { exploration, lacksParameter } from './explore.ts';

type Script = Parameters<typeof scripted>[0];

/** Answers as an ordinary backend would, to what is made and read. */
const ordinary: Script = (line) => (line.startsWith('POST') ? [201, { id: 7 }] : [200, {}]);

async function explored(answer: Script, focus: string | null = null) {
  const backend = scripted(answer);
  return { ...(await exploration(contextOf(todo, backend, { focus }))), asked: backend.asked };
}

describe('exploration', () => {
  it('sends the same requests for the same seed', async () => {
    expect((await explored(ordinary)).asked).toEqual((await explored(ordinary)).asked);
  });

  it('drives every operation with valid and invalid requests, what creates first and what deletes last', async () => {
    const { probes, skipped } = await explored(ordinary);
    expect(skipped).toEqual([]);
    const operations = [...new Set(probes.map(({ operation }) => operation))];
    expect([...operations].sort()).toEqual(todo.operations.map(({ id }) => id).sort());
    expect(operations[0]).toBe('createTodo');
    expect(operations.at(-1)).toBe('deleteTodo');
    for (const id of operations) {
      const kinds = new Set(probes.filter(({ operation }) => operation === id).map(({ intent }) => intent.kind));
      expect(kinds).toContain('valid');
      expect(kinds).toContain('invalid');
    }
  });

  it('signs out a few times only', async () => {
    const said = {
      type: 'object',
      properties: { reason: { type: 'string', maxLength: 40 }, count: { type: 'integer' } },
    };
    const operation = (operationId: string) => ({
      post: {
        operationId,
        requestBody: { content: { 'application/json': { schema: said } } },
        responses: { '204': { description: 'done' } },
      },
    });
    const contract = contractOf({ '/logout': operation('logout'), '/notices': operation('notify') });
    const { probes } = await exploration(
      contextOf(
        contract,
        scripted(() => [204]),
      ),
    );
    const valid = (id: string) => probes.filter((one) => one.operation === id && one.intent.kind === 'valid').length;
    expect(valid('logout')).toBeGreaterThan(2);
    expect(valid('logout')).toBeLessThan(valid('notify') / 2);
  });

  it('asks for things that exist, and says so where they could not be made', async () => {
    const reads = ({ probes }: Awaited<ReturnType<typeof explored>>) =>
      probes.filter(({ operation, intent }) => operation === 'getTodo' && intent.kind === 'valid');
    const bound = reads(await explored(ordinary, 'getTodo'));
    expect(new Set(bound.map(({ exchange }) => exchange.request.target))).toEqual(new Set(['/todos/7']));
    expect(bound.some(({ unbound }) => unbound)).toBe(false);
    const unbound = reads(await explored(() => [500], 'getTodo'));
    expect(unbound.length).toBeGreaterThan(0);
    expect(unbound.every((probe) => probe.unbound)).toBe(true);
  });

  it('leaves an operation that uses up its share of the time for the next one', async () => {
    const backend = scripted(ordinary);
    // No time is left, and the signal has not come yet.
    const { probes, skipped } = await exploration(contextOf(todo, backend, { remaining: () => -1 }));
    expect(probes).toEqual([]);
    expect(skipped).toHaveLength(todo.operations.length);
    expect(new Set(skipped.map(({ reason }) => reason))).toEqual(new Set(['the time was up']));
    const whole = await exploration(contextOf(todo, scripted(ordinary)));
    expect(new Set(whole.probes.map(({ operation }) => operation)).size).toBe(todo.operations.length);
  });

  it('says which operation it can make no request for, and asks the others', async () => {
    const schema = { type: 'string', pattern: '^a$', minLength: 2 };
    const operations = todo.operations.map((operation) =>
      operation.id === 'createTodo'
        ? {
            ...operation,
            requestBody: { required: true, content: [{ mediaType: 'application/json', schema, examples: [] }] },
          }
        : operation,
    );
    const { probes, skipped } = await exploration(contextOf({ ...todo, operations }, scripted(ordinary)));
    expect(skipped).toEqual([
      { operation: 'createTodo', reason: expect.stringContaining('no valid value could be made') },
    ]);
    expect(new Set(probes.map(({ operation }) => operation)).size).toBe(operations.length - 1);
  });

  it('looks at one operation alone when told to', async () => {
    const { probes } = await explored(ordinary, 'listTags');
    expect(new Set(probes.map(({ operation }) => operation))).toEqual(new Set(['listTags']));
  });

  it('tries a text again that may be refused for being there already, with another', async () => {
    const titles = new Set<Json>();
    const unique: Script = (line, body) => {
      if (!line.startsWith('POST')) return [200, {}];
      const title = (body as { readonly title?: Json } | null)?.title ?? null;
      if (titles.has(title)) return [409, {}];
      titles.add(title);
      return [201, { id: 7 }];
    };
    const { probes } = await explored(unique, 'createTodo');
    const repeats = probes.filter((probe) => probe.repeats);
    expect(repeats.length).toBeGreaterThan(0);
    expect(repeats.every(({ exchange }) => status(exchange) === 409)).toBe(true);
  });
});

describe('a valid request that is refused', () => {
  const title = (body: Json | undefined): string => String((body as { readonly title?: Json } | null)?.title ?? '');

  it('was refused for its words where it is accepted with others, whoever had taken them', async () => {
    let [taken, refused] = ['', 0];
    // As if somebody else had made one of each name.
    const elsewhere: Script = (line, body) => {
      const name = title(body);
      if (!line.startsWith('POST') || !/^[!-~]{3,40}$/.test(name) || taken !== '') {
        if (taken === name) return [406, {}];
        taken = '';
        return [201, { id: 7 }];
      }
      [taken, refused] = [name, refused + 1];
      return [406, {}];
    };
    const { probes } = await explored(elsewhere, 'createTodo');
    const judged = probes.filter(({ intent, repeats }) => intent.kind === 'valid' && !repeats);
    expect(refused).toBeGreaterThan(0);
    expect(judged.every(({ exchange }) => status(exchange) === 201)).toBe(true);
  });

  it('stays refused where other words make no difference', async () => {
    const apostrophes: Script = (line, body) =>
      line.startsWith('POST') && title(body).length >= 5 ? [422, {}] : [201, { id: 7 }];
    const { probes } = await explored(apostrophes, 'createTodo');
    expect(
      probes.some(({ intent, repeats, exchange }) => intent.kind === 'valid' && !repeats && status(exchange) === 422),
    ).toBe(true);
  });
});

it('logs in with a wrong password, once', async () => {
  const { instance } = await notesBackend();
  const { probes } = await exploration(contextWithPeople(instance, { focus: 'login' }));
  const wrong = probes.filter(({ intent }) => intent.kind === 'wrong-password');
  expect(wrong.map(({ operation, exchange }) => [operation, status(exchange)])).toEqual([['login', 401]]);
});

it('has the sign-up among its requests at which the backend failed, and for which nobody is signed in', async () => {
  const { instance } = await notesBackend();
  let asked = 0;
  const send: typeof instance.send = async (request, options) => {
    const exchange = await instance.send(request, options);
    const isFirst = request.target === '/register' && (asked += 1) <= 6;
    return request.target === '/register' ? answering(exchange, isFirst ? 500 : 429) : exchange;
  };
  const context = contextWithPeople({ ...instance, send }, { focus: 'register' });
  // As a run does before its checks.
  await context.identities.usual(context.backend);
  const { probes } = await exploration(context);
  const failed = probes.filter(({ exchange }) => status(exchange) === 500);
  expect(failed.map(({ operation, intent }) => [operation, intent.kind])).toEqual([['register', 'valid']]);
});

describe('lacksParameter', () => {
  const violation = { description: 'it is missing', parameter: null, pointer: '' };

  it('tells what is missing whole from what is wrong', () => {
    expect(lacksParameter({ ...violation, where: 'body', kind: 'body', keyword: 'required' })).toBe(true);
    expect(lacksParameter({ ...violation, where: 'query', parameter: 'q', kind: 'missing', keyword: 'required' })).toBe(
      true,
    );
    expect(
      lacksParameter({ ...violation, where: 'body', kind: 'missing', keyword: 'required', pointer: '/title' }),
    ).toBe(false);
    expect(lacksParameter({ ...violation, where: 'query', parameter: 'q', kind: 'type', keyword: 'type' })).toBe(false);
  });
});
