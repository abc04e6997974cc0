import { isJsonObject, type Json, valueAt } from '@assay/contract';
import { describe, expect, it } from 'vitest';
import { answering, firstOf, judged, recorded, todo } from '../kit/testing/recordings-for-tests.ts';
import { type Answer, contextOf, contractOf, scripted } from '../kit/testing/scripted-for-tests.ts';
import { check } from './round-trip.ts';

describe(check.id, () => {
  const failing = recorded(check, 'fail');
  const trip = firstOf(failing.suspects);
  /** Sent and read back as given; the answer to the create agrees with what was sent. */
  const read = (sent: Json, back: Json) =>
    judged(check, {
      ...failing,
      suspects: [
        {
          ...trip,
          sent,
          created: answering(trip.created, 201, { body: sent }),
          read: answering(trip.read, 200, { body: back }),
        },
      ],
    });

  it('passes a backend that keeps what it is given', () => {
    expect(judged(check, recorded(check, 'pass'))).toMatchObject({
      status: 'passed',
      reason: '40 values of 1 resource written and read',
    });
  });

  it('tells of a value that was lost, with what was sent and what came back', () => {
    expect(judged(check, failing).findings).toEqual([
      {
        severity: 'high',
        key: 'todos /notes a value became null',
        title: `POST /todos has null at /notes, where "${isJsonObject(trip.sent) ? String(trip.sent['notes']) : ''}" was sent: a value became null`,
      },
    ]);
  });

  it('tells of what only the later read lost', () => {
    expect(read({ due: '2026-01-01T12:00:00+02:00' }, { due: '2026-01-01T12:00:00Z' }).findings).toMatchObject([
      { key: 'todos /due an instant moved by hours', title: expect.stringContaining('GET /todos/') },
    ]);
    expect(read({ amount: '0.10' }, { amount: '0.1000000001' }).findings).toHaveLength(1);
  });

  it('keeps places of list items out of keys', () => {
    expect(read({ tags: ['a', 'b'] }, { tags: ['a', 'x'] }).findings).toMatchObject([
      { key: 'todos /tags/* a text changed' },
    ]);
  });

  it('does not mind what backends do on purpose', () => {
    expect(read({ tags: ['b', 'a'] }, { tags: ['a', 'b'] }).status).toBe('passed');
    expect(read({ due: '2026-01-01T12:00:00+02:00' }, { due: '2026-01-01T10:00:00.000Z' }).status).toBe('passed');
    expect(read({ email: ' Ann@Example.com' }, { email: 'ann@example.com', id: 1 }).status).toBe('passed');
    expect(read({ password: 'x' }, { id: 1 }).status).toBe('passed');
  });

  it('does not mind what the backend keeps by itself, in the same schema as what is the client’s', () => {
    const sent = { id: 5, createdAt: '2020-01-01T00:00:00Z', version: 9, title: 'tea' };
    const back = { id: 1, createdAt: '2026-01-01T00:00:00Z', version: 1, title: 'tea' };
    expect(read(sent, back).status).toBe('passed');
    expect(read(sent, { ...back, title: 'coffee' }).findings).toMatchObject([{ key: 'todos /title a text changed' }]);
  });

  it('does not take what an answer says of the request for what it shows of the thing', () => {
    const sent = { title: 'tea', status: 'draft' };
    const made = (body: Json) => {
      const suspects = [
        {
          ...trip,
          sent,
          created: answering(trip.created, 201, { body }),
          read: answering(trip.read, 200, { body: sent }),
        },
      ];
      return judged(check, { ...failing, suspects }).status;
    };
    expect(made({ status: 'success', id: 7 })).toBe('passed');
    expect(made({ status: 'success', id: 7, title: 'tea' })).toBe('failed');
  });

  it('asks of a number no more than the contract says that it holds', () => {
    const weight = (schema: Json) =>
      contractOf({
        '/parcels': {
          post: {
            operationId: 'add',
            requestBody: { content: { 'application/json': { schema: { type: 'object', properties: schema } } } },
            responses: { 201: { description: '' } },
          },
        },
      } as Json);
    const told = (format: Json, back: number) => {
      const sent = { weight: 123456.789012 };
      const created = { ...answering(trip.created, 201, { body: { weight: back } }), operation: 'add' };
      const suspects = [{ ...trip, sent, created, read: answering(trip.read, 200, { body: { weight: back } }) }];
      return judged(check, { ...failing, suspects }, weight({ weight: { type: 'number', format } })).status;
    };
    expect(told('float', 123456.79)).toBe('passed');
    expect(told('float', 123456.7890625)).toBe('passed');
    expect(told('float', 123457)).toBe('failed');
    expect(told('double', 123456.79)).toBe('failed');
  });

  it('lets the backend begin in its own state, and make something of null where it makes it of nothing', () => {
    const sent = { title: 'tea', label: null, status: 'paid' };
    const back = { id: 1, title: 'tea', label: 'tea', status: 'new' };
    const told = (given: object) => {
      const exchanges = {
        created: answering(trip.created, 201, { body: back }),
        read: answering(trip.read, 200, { body: back }),
      };
      const suspects = [{ ...trip, sent, ...exchanges, ...given }];
      return judged(check, { ...failing, suspects }).findings.map(({ key }) => key.split(' ')[1]);
    };
    expect(told({})).toEqual(['/label', '/status']);
    expect(told({ given: { defaults: ['label'], starts: ['status'] } })).toEqual([]);
    expect(told({ given: { defaults: ['status'], starts: ['label'] } })).toEqual(['/status']);
  });

  it('learns from others of the kind what the backend gives them', async () => {
    const kept: Json[] = [];
    const numbers = scripted((line, body) => {
      if (!line.startsWith('POST')) return [200, kept[Number(line.split('/').at(-1)) - 1] ?? null];
      const given = isJsonObject(body) ? body : {};
      kept.push({ ...given, id: kept.length + 1, dueAt: given['dueAt'] ?? '2026-01-01T00:00:00Z' });
      return [201, kept.at(-1) ?? null];
    });
    expect(judged(check, await check.probe(contextOf(todo, numbers))).findings).toEqual([]);
  });

  it('finds in a list what a creation answers without an id, by a mark, and what became of it', async () => {
    const book = {
      type: 'object',
      required: ['title', 'pages'],
      properties: { title: { type: 'string', minLength: 8, maxLength: 60 }, pages: { type: 'integer', minimum: 1 } },
    };
    const shown = { ...book, properties: { ...book.properties, id: { type: 'integer' } } };
    const says = (schema: Json) => ({ 200: { description: '', content: { 'application/json': { schema } } } });
    const books = contractOf({
      '/books': {
        get: { operationId: 'listBooks', responses: says({ type: 'array', items: shown }) },
        post: {
          operationId: 'addBook',
          requestBody: { required: true, content: { 'application/json': { schema: book } } },
          responses: { 204: { description: 'Made' } },
        },
      },
      '/books/{id}': {
        parameters: [{ name: 'id', in: 'path', required: true, schema: { type: 'integer' } }],
        get: { operationId: 'readBook', responses: says(shown) },
      },
    } as Json);
    const told = async (keep: (sent: Record<string, Json>) => Record<string, Json>) => {
      const kept: Json[] = [];
      const backend = scripted((line, body) => {
        if (line.startsWith('POST')) {
          kept.push({ id: kept.length + 1, ...keep(isJsonObject(body) ? { ...body } : {}) });
          return [204];
        }
        // The list shows no pages, so that one book looks there like another of the same title.
        const titles = kept.map((one) => (isJsonObject(one) ? { id: one['id'] ?? 0, title: one['title'] ?? '' } : one));
        return line === 'GET /books' ? [200, titles] : [200, kept[Number(line.split('/').at(-1)) - 1] ?? null];
      });
      return judged(check, await check.probe(contextOf(books, backend)), books);
    };
    expect(await told((sent) => sent)).toMatchObject({
      status: 'passed',
      reason: expect.stringMatching(/^\d\d values/),
    });
    expect((await told((sent) => ({ ...sent, pages: 1 }))).findings).toMatchObject([
      { key: 'books /pages a number changed' },
    ]);
  });

  it('looks into the attributes of JSON:API', async () => {
    const text = { type: 'string', minLength: 3, maxLength: 20 };
    const order = { note: text, status: { type: 'string', enum: ['pending', 'paid', 'sent'] } };
    const document = (attributes: Json, id: object): Json => {
      const data = { required: ['type', 'attributes'], properties: { ...id, type: { const: 'orders' }, attributes } };
      const schema = { type: 'object', required: ['data'], properties: { data: { type: 'object', ...data } } };
      return { 'application/vnd.api+json': { schema } };
    };
    const whole: Json = { type: 'object', required: ['note', 'status'], properties: order };
    const shown = { description: 'It', content: document(whole, { id: { type: 'string' } }) };
    const parameters = [{ name: 'id', in: 'path', required: true, schema: { type: 'string' } }];
    const orders = contractOf({
      '/orders': {
        post: { operationId: 'add', requestBody: { content: document(whole, {}) }, responses: { 201: shown } },
      },
      '/orders/{id}': { parameters, get: { operationId: 'read', responses: { 200: shown } } },
    });
    const keysOf = async (keep: (sent: Readonly<Record<string, Json>>) => Json) => {
      const kept: Json[] = [];
      const backend = scripted((line, body) => {
        const sent = body === undefined ? undefined : valueAt(body, '/data/attributes');
        if (isJsonObject(sent)) kept.push(keep(sent));
        const number = isJsonObject(sent) ? kept.length : Number(line.split('/').at(-1));
        const data = { type: 'orders', id: String(number), attributes: kept[number - 1] ?? null };
        return [isJsonObject(sent) ? 201 : 200, { data }];
      });
      const context = contextOf(orders, backend);
      return judged(check, await check.probe(context), orders).findings.map(({ key }) => key);
    };
    expect(await keysOf((sent) => ({ ...sent, status: 'pending' }))).toEqual([]);
    expect(await keysOf((sent) => ({ ...sent, note: 'oak' }))).toEqual(['orders /data/attributes/note a text changed']);
  });

  it('leaves out what was not made but found', async () => {
    const kept: Json[] = [];
    const findsByTitle = scripted((line, body) => {
      if (!line.startsWith('POST')) return [200, kept[Number(line.split('/').at(-1)?.split('?')[0]) - 1] ?? null];
      const sent = isJsonObject(body) ? body : {};
      const found = kept.find((one) => isJsonObject(one) && one['title'] === sent['title']);
      if (found === undefined) kept.push({ notes: null, done: false, ...sent, id: kept.length + 1 });
      return [found === undefined ? 201 : 200, found ?? kept.at(-1) ?? null];
    });
    expect(judged(check, await check.probe(contextOf(todo, findsByTitle))).status).toBe('passed');
    const only = { id: 1, title: 'made long ago', notes: null, done: false };
    const hasOnlyOne = scripted(() => [200, only]);
    expect(judged(check, await check.probe(contextOf(todo, hasOnlyOne)))).toMatchObject({
      status: 'undecided',
      reason: 'createTodo answers with the same todos again and again',
    });
  });

  it('does not take the job that will make it for the thing', async () => {
    const queued = scripted((line) =>
      line.startsWith('POST') ? [202, { jobId: 1 }, { location: '/jobs/1' }] : [200, { id: 1, title: 'a seed' }],
    );
    expect(judged(check, await check.probe(contextOf(todo, queued)))).toMatchObject({
      status: 'undecided',
      reason: 'POST /todos was only accepted (202)',
    });
  });

  it('leaves what cannot be read at all to other checks', () => {
    const created = answering(trip.created, 201, { body: trip.sent });
    const suspects = [{ ...trip, created, read: answering(trip.read, 404) }];
    expect(judged(check, { ...failing, suspects }).status).toBe('passed');
  });

  it('does not apply where what is read shows nothing of what was sent, and is undecided where nothing is read', async () => {
    const reading = async (answer: (id: number) => Answer) => {
      let made = 0;
      const backend = scripted((line) =>
        line.startsWith('POST') ? [201, { id: (made += 1) }] : answer(Number(line.split('/').at(-1))),
      );
      return judged(check, await check.probe(contextOf(todo, backend)));
    };
    expect(await reading((id) => [200, { id, attributes: { title: 'tea' } }])).toMatchObject({
      status: 'not-applicable',
      reason: 'getTodo shows nothing of what was sent to createTodo',
    });
    expect(await reading(() => [404])).toMatchObject({
      status: 'undecided',
      reason: 'what createTodo made could not be read: GET /todos/1 answered 404',
    });
  });

  it('is undecided when nothing was written', () => {
    const nothing = { trips: 0, resources: 1, suspects: [], trouble: null };
    expect(judged(check, nothing).status).toBe('undecided');
    expect(judged(check, { ...nothing, trouble: 'POST /todos answered 401' }).reason).toBe('POST /todos answered 401');
  });
});
