import { bodyText, type Json } from '@assay/contract';
import { describe, expect, it } from 'vitest';
import {
  answering,
  exchangeOf,
  firstOf,
  judged,
  nothingExplored,
  recorded,
  todo,
} from '../kit/testing/recordings-for-tests.ts';
import { contextOf, contractOf, scripted } from '../kit/testing/scripted-for-tests.ts';
import { check } from './accepts-valid.ts';

describe(check.id, () => {
  const failing = recorded(check, 'fail');
  const suspect = firstOf(failing.suspects);
  const answered = (status: number) => ({
    ...failing,
    suspects: [{ ...suspect, exchange: answering(suspect.exchange, status) }],
  });

  it('passes a backend that takes what the contract allows', () => {
    expect(judged(check, recorded(check, 'pass')).status).toBe('passed');
  });

  it('tells of valid requests that were refused, with what the contract promises', () => {
    const { status, findings } = judged(check, failing);
    expect(status).toBe('failed');
    expect(findings.map(({ key, severity }) => [severity, key])).toEqual([
      ['medium', 'createTodo 400'],
      ['medium', 'listTodos 400'],
    ]);
    expect(firstOf(findings).title).toBe(
      'POST /todos answered 400 although the request is valid by the contract; it promises 201',
    );
  });

  it('repeats what the backend said against the request', () => {
    const exchange = answering(suspect.exchange, 422, { body: { message: 'title must be shorter' } });
    const [found] = check.judge({ ...failing, suspects: [{ ...suspect, exchange }] }, todo).findings;
    expect(found?.detail).toContain('It was told: {"message":"title must be shorter"}');
  });

  it('takes 422 for a refusal as well', () => {
    expect(judged(check, answered(422)).findings).toMatchObject([{ key: 'createTodo 422' }]);
  });

  it.each([401, 403, 404, 409, 412, 428, 429, 500, 503])('does not take %i for a refusal of the form', (status) => {
    expect(judged(check, answered(status)).status).toBe('passed');
  });

  it('leaves a read alone that asks for nothing in particular, where its refusal is documented', () => {
    const read = { ...suspect, operation: 'listTodos', exchange: exchangeOf('GET /todos', 400) };
    const documenting = (status: string) => ({
      ...todo,
      operations: todo.operations.map((one) => ({
        ...one,
        responses: [
          ...one.responses.filter((response) => response.status !== '400'),
          { status, description: '', headers: [], content: [], links: [] },
        ],
      })),
    });
    const evidence = { ...failing, suspects: [read] };
    expect(judged(check, evidence, documenting('400')).status).toBe('passed');
    expect(judged(check, evidence, documenting('418')).status).toBe('failed');
  });

  it('leaves a step alone that its subject may not take, where the refusal is documented', () => {
    const responses = { 200: { description: 'ok' }, 422: { description: 'not from here' } };
    const properties = { status: { enum: ['paid', 'shipped'] }, note: { type: 'string' } };
    const content = { 'application/json': { schema: { type: 'object', properties } } };
    const key = { name: 'id', in: 'path', required: true, schema: { type: 'string' } };
    const orders = contractOf({
      '/orders/{id}': { parameters: [key], patch: { operationId: 'patch', requestBody: { content }, responses } },
    });
    const sent = (body: Json, code: number) => ({
      ...failing,
      suspects: [{ ...suspect, operation: 'patch', exchange: exchangeOf('PATCH /orders/1', code, { sent: body }) }],
    });
    expect(judged(check, sent({ status: 'shipped' }, 422), orders).status).toBe('passed');
    expect(judged(check, sent({ status: 'shipped' }, 400), orders).status).toBe('failed');
    expect(judged(check, sent({ note: 'oak' }, 422), orders).status).toBe('failed');
  });

  it('does not look at what no schema describes', async () => {
    const text = { type: 'string' };
    const form = { schema: { type: 'object', properties: { note: text, file: { ...text, format: 'binary' } } } };
    const responses = { 200: { description: 'ok' } };
    const contract = contractOf({
      '/files': { post: { requestBody: { content: { 'multipart/form-data': form } }, responses } },
      '/pictures': { post: { requestBody: { required: true, content: { 'image/png': { schema: text } } }, responses } },
      '/books': { get: { parameters: [{ name: 'sort', in: 'query', required: true, schema: text }], responses } },
      '/calls': {
        post: {
          requestBody: { required: true, content: { 'application/json': { schema: { ...text, format: 'phone' } } } },
          responses,
        },
      },
      '/versions': {
        get: { parameters: [{ name: 'If-None-Match', in: 'header', required: true, schema: text }], responses },
      },
      '/hooks': {
        post: {
          requestBody: {
            required: true,
            content: {
              'application/json': { schema: { type: 'object', required: ['team'], properties: { url: text } } },
            },
          },
          responses,
        },
      },
      '/keys': {
        get: {
          parameters: [
            {
              name: 'keys',
              in: 'query',
              required: true,
              style: 'deepObject',
              schema: { type: 'array', items: text, minItems: 1 },
            },
          ],
          responses,
        },
      },
      '/shifts': {
        post: {
          requestBody: { required: true, content: { 'application/json': { schema: { ...text, format: 'time' } } } },
          responses,
        },
      },
    });
    const backend = scripted(() => [400]);
    const send: typeof backend.send = async (request) => {
      const { body = '', ...bare } = request;
      const exchange = await backend.send(bare);
      return { ...exchange, request: { ...exchange.request, body: { text: String(body) } } };
    };
    const { suspects } = await check.probe(contextOf(contract, { ...backend, send }));
    expect(new Set(suspects.map(({ operation }) => operation))).toEqual(new Set(['POST /files']));
    expect(suspects.some(({ exchange }) => bodyText(exchange.request.body).includes('filename='))).toBe(false);
  });

  it('does not look at blanks, nor at lists in a form', async () => {
    const schema = {
      type: 'object',
      properties: { title: { type: 'string' }, tags: { type: 'array', items: { type: 'string' } } },
    };
    const form = 'application/x-www-form-urlencoded';
    const content = { 'application/json': { schema }, [form]: { schema } };
    const responses = { 201: { description: 'made' } };
    const contract = contractOf({ '/todos': { post: { operationId: 'add', requestBody: { content }, responses } } });
    const refused = (sent: Json) => exchangeOf('POST /todos', 400, { sent });
    const asForm = (text: string) => {
      const exchange = refused({});
      return {
        ...exchange,
        request: { ...exchange.request, headers: [['content-type', form]] as const, body: { text } },
      };
    };
    const looked = async (exchange: ReturnType<typeof refused>) => {
      const { intent } = suspect;
      const probes = [{ operation: 'add', intent, exchange, unbound: false, repeats: false, ended: false }];
      const context = contextOf(
        contract,
        scripted(() => [400]),
      );
      const exploration = { probes, skipped: [] };
      const evidence = await check.probe({ ...context, shared: <T>() => Promise.resolve(exploration as T) });
      return evidence.looked;
    };
    expect(await looked(refused({ title: 'oak', tags: ['tea'] }))).toBe(1);
    expect(await looked(refused({ title: ' ' }))).toBe(0);
    expect(await looked(asForm('title=oak'))).toBe(1);
    expect(await looked(asForm('title=oak&tags=tea'))).toBe(0);
  });

  it('does not mind 501 where the contract says that it is not there yet', () => {
    const naming = {
      ...todo,
      operations: todo.operations.map((one) => ({
        ...one,
        responses: [...one.responses, { status: '501', description: '', headers: [], content: [], links: [] }],
      })),
    };
    expect(judged(check, answered(501), naming).status).toBe('passed');
    expect(judged(check, answered(501)).status).toBe('failed');
  });

  it('is undecided when every request was turned away', () => {
    const closed = [{ operation: 'createTodo', exchange: answering(suspect.exchange, 429) }];
    expect(judged(check, { ...nothingExplored, closed })).toMatchObject({
      status: 'undecided',
      reason: expect.stringContaining('429'),
    });
    expect(judged(check, nothingExplored).status).toBe('undecided');
  });
});
