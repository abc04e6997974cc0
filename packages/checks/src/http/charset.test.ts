import type { Json } from '@assay/contract';
import { describe, expect, it } from 'vitest';
import { answering, firstOf, judged, recorded } from '../kit/testing/recordings-for-tests.ts';
import { contextOf, contractOf, scripted } from '../kit/testing/scripted-for-tests.ts';
import { check } from './charset.ts';

describe(check.id, () => {
  const passing = recorded(check, 'pass');
  const written = firstOf(passing.written);
  const created = (body: Json, type = 'application/json') => ({
    ...passing,
    written: [{ ...written, created: answering(written.created, 201, { body, headers: { 'content-type': type } }) }],
  });

  it('passes a backend that keeps text of any script', () => {
    expect(judged(check, passing)).toMatchObject({
      status: 'passed',
      reason: '1 resource written and read with text of four scripts',
    });
  });

  it('tells of a body that is decoded piece by piece', () => {
    expect(judged(check, recorded(check, 'fail')).findings).toEqual([
      {
        severity: 'medium',
        key: 'createTodo pieces',
        title: 'createTodo answered 400 when its body arrived in two pieces, and took the same body whole',
      },
    ]);
  });

  it('tells of a character that was broken between two pieces', () => {
    const split = { status: 201, body: { title: 'Grüße, \ufffd\ufffd字 🎉' } };
    expect(judged(check, { ...passing, written: [{ ...written, split }] }).findings).toMatchObject([
      { key: 'createTodo pieces /title' },
    ]);
  });

  it('tells of text that came back in another encoding', () => {
    expect(judged(check, created({ title: 'GrÃ¼Ã\u009fe' })).findings).toMatchObject([
      { key: 'createTodo text /title' },
    ]);
    expect(judged(check, created({ title: 'Gr??e, ?? ?' })).findings).toMatchObject([
      { key: 'createTodo text /title' },
    ]);
  });

  it('tells of a response that claims another encoding', () => {
    const claims = created({ title: 'Grüße, 漢字 🎉' }, 'application/json; charset=ISO-8859-1');
    expect(judged(check, claims).findings).toEqual([
      {
        severity: 'medium',
        key: 'createTodo claimed',
        title: 'POST /todos answered 201 and claims its JSON to be in ISO-8859-1',
      },
    ]);
  });

  it.each(['application/json; charset=UTF-8', 'application/json;charset="utf-8"', 'application/problem+json'])(
    'does not mind %s',
    (type) => {
      expect(judged(check, created({ title: 'Grüße, 漢字 🎉' }, type)).status).toBe('passed');
    },
  );

  it('does not mind decomposed or lower-case text, nor a place that does not come back', () => {
    expect(
      judged(check, created({ title: 'GRÜSSE, 漢字 🎉'.replace('SS', 'ß').toLowerCase().normalize('NFD') })).status,
    ).toBe('passed');
    expect(judged(check, created({ id: 1 })).status).toBe('passed');
    expect(judged(check, created([])).status).toBe('passed');
  });

  it.each(['grusse-han-zi', 'GRÜSSE, 漢字 🎉', '**** 🎉', 'Grüße, 漢', 'Grüße…', ''])(
    'takes %j for the backend’s own way to write it',
    (title) => {
      expect(judged(check, created({ title })).status).toBe('passed');
    },
  );

  it('does not mind a read that brings something else than JSON', () => {
    const { read } = written;
    if (read === null) throw new Error('the recording read nothing');
    const picture = answering(read, 200, { headers: { 'content-type': 'image/png' } });
    const bytes = {
      ...picture,
      response: { status: 200, reason: '', headers: picture.response?.headers ?? [], body: { base64: 'iVBORw==' } },
    };
    const page = answering(read, 200, { headers: { 'content-type': 'text/html; charset=ISO-8859-1' } });
    for (const each of [bytes, page])
      expect(judged(check, { ...passing, written: [{ ...written, read: each }] }).status).toBe('passed');
  });

  it('writes the text at one place where another takes letters alone, and another text in pieces', async () => {
    const text = { type: 'string', minLength: 1 };
    const user = { type: 'object', required: ['login', 'name'], properties: { login: text, name: text } };
    const content = { 'application/json': { schema: user } };
    const responses = { 201: { description: 'made', content } };
    const id = { name: 'login', in: 'path', required: true, schema: text };
    const contract = contractOf({
      '/users': { post: { operationId: 'add', requestBody: { required: true, content }, responses } },
      '/users/{login}': { get: { operationId: 'read', parameters: [id], responses: { 200: { description: 'ok' } } } },
    });
    const backend = scripted((line, body) => {
      if (line.startsWith('GET')) return [200, {}];
      const { login } = body as { login: string };
      return /^[\w ]+$/.test(login) ? [201, body] : [400, { login: ['letters alone'] }];
    });
    const pieces: string[] = [];
    const raw: typeof backend.raw = (bytes) => {
      pieces.push(Buffer.from(bytes as Uint8Array).toString());
      return Promise.resolve({ received: Buffer.from('HTTP/1.1 409 Conflict\r\n\r\n'), end: 'closed', durationMs: 1 });
    };
    const { written: found } = await check.probe(contextOf(contract, { ...backend, raw }));
    expect(found).toMatchObject([{ operation: 'add', places: ['/name'] }]);
    expect(pieces).toEqual([expect.stringContaining('Grüße, 漢字 🎉 2')]);
  });

  it('does not take a fault of its own for a refusal', async () => {
    const text = { type: 'string', minLength: 1 };
    const user = { type: 'object', required: ['login', 'name'], properties: { login: text, name: text } };
    const content = { 'application/json': { schema: user } };
    const responses = { 201: { description: 'made', content } };
    const contract = contractOf({
      '/users': { post: { operationId: 'add', requestBody: { required: true, content }, responses } },
      '/users/{login}': {
        get: {
          operationId: 'read',
          parameters: [{ name: 'login', in: 'path', required: true, schema: text }],
          responses: { 200: { description: 'ok' } },
        },
      },
    });
    const backend = scripted((_line, body) => {
      const { login, name } = body as { login: string; name: string };
      if (login.startsWith('Gr') && name.startsWith('Gr')) return [400];
      throw new Error('the instance is gone');
    });
    await expect(check.probe(contextOf(contract, backend))).rejects.toThrow('the instance is gone');
  });

  it('is undecided when nothing could be written', () => {
    expect(judged(check, { written: [], trouble: null })).toMatchObject({ status: 'undecided' });
  });
});
