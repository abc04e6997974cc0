import { describe, expect, it } from 'vitest';
import { contractWith } from '../generate/laws/random-schema.ts';
import type { Exchange } from '../vocabulary/exchange.ts';
import type { MediaContent, Operation, ResponseHeader, ResponseSpec, Schema } from '../vocabulary/operation.ts';
import { checkResponse } from './response.ts';

const contract = contractWith({
  Todo: {
    type: 'object',
    required: ['title'],
    properties: { title: { type: 'string' }, secret: { type: 'string', writeOnly: true } },
  },
});
const json = (mediaType = 'application/json', schema: Schema = { $ref: '#/$defs/Todo' }): MediaContent => ({
  mediaType,
  schema,
  examples: [],
});
const header = (name: string, required: boolean, schema: Schema): ResponseHeader => ({ name, required, schema });
const spec = (
  status: string,
  content: readonly MediaContent[] = [],
  headers: readonly ResponseHeader[] = [],
): ResponseSpec => ({ status, content, headers, description: '', links: [] });

function operation(...responses: readonly ResponseSpec[]): Operation {
  return {
    id: 'getTodo',
    method: 'GET',
    path: '/todos/{id}',
    summary: '',
    description: '',
    tags: [],
    deprecated: false,
    parameters: [],
    requestBody: null,
    responses,
    security: [],
    roles: [],
    pointer: '',
    soap: null,
    line: null,
  };
}

function exchange(status: number, headers: Readonly<Record<string, string>> = {}, text = '', method = 'GET'): Exchange {
  return {
    id: 'e-1',
    check: 'test',
    instance: 'i-1',
    request: { method, target: '/todos/1', headers: [] },
    response: { status, reason: '', headers: Object.entries(headers), body: { text } },
    startedAt: 0,
    durationMs: 1,
  };
}

const ofJson = { 'Content-Type': 'application/json; charset=utf-8' };
const found = (op: Operation, given: Exchange) =>
  checkResponse(contract, op, given).map(({ kind, message }) => `${kind}: ${message}`);

describe('checkResponse', () => {
  it('finds nothing wrong with what is documented', () => {
    expect(found(operation(spec('200', [json()])), exchange(200, ofJson, '{"title":"a"}'))).toEqual([]);
    expect(found(operation(spec('200', [json('application/*')])), exchange(200, ofJson, '{"title":"a"}'))).toEqual([]);
    expect(found(operation(spec('204')), exchange(204))).toEqual([]);
    expect(found(operation(spec('404')), exchange(404, { 'content-type': 'text/plain' }, 'not found'))).toEqual([]);
  });

  it('takes the exact status before its range and the range before default', () => {
    const op = operation(
      spec('default', [json('application/problem+json', { required: ['d'] })]),
      spec('4XX', [json('application/json', { required: ['x'] })]),
      spec('404', [json('application/json', { required: ['e'] })]),
    );
    expect(found(op, exchange(404, ofJson, '{}'))).toEqual([
      'invalid-body: the body of the 404 response: the value must have the property "e"',
    ]);
    expect(found(op, exchange(409, ofJson, '{}'))).toEqual([
      'invalid-body: the body of the 409 response: the value must have the property "x"',
    ]);
    expect(found(op, exchange(500, ofJson, '{}'))).toEqual([
      'undocumented-media-type: the Content-Type is application/json; the contract documents application/problem+json for 500',
    ]);
  });

  it('names a status that is not documented', () => {
    expect(found(operation(spec('200'), spec('404')), exchange(500))).toEqual([
      'undocumented-status: the status is 500; the contract allows 200 and 404',
    ]);
    // Where none is, nothing is said of them.
    expect(found(operation(), exchange(500))).toEqual([]);
  });

  it('does not read a text as the objects that its events or lines are told to be', () => {
    const events = { 'Content-Type': 'text/event-stream' };
    const list: Schema = { type: 'array', items: { $ref: '#/$defs/Todo' } };
    for (const schema of [list, { $ref: '#/$defs/Todo' }])
      expect(
        found(operation(spec('200', [json('text/event-stream', schema)])), exchange(200, events, 'data: 1')),
      ).toEqual([]);
    const number = operation(spec('200', [json('text/plain', { type: 'integer' })]));
    expect(found(number, exchange(200, { 'Content-Type': 'text/plain' }, 'many'))).toHaveLength(1);
  });

  it('judges headers by their schema, as text', () => {
    const op = operation(
      spec(
        '200',
        [],
        [
          header('X-Total', true, { type: 'integer', minimum: 0 }),
          header('X-Tags', false, { type: 'array', items: { enum: ['a', 'b'] } }),
          header('X-Text', false, { type: 'string' }),
        ],
      ),
    );
    expect(found(op, exchange(200, { 'x-total': '12', 'X-Tags': 'a, b', 'X-Text': '007' }))).toEqual([]);
    expect(found(op, exchange(200))).toEqual([
      'missing-header: the header X-Total is missing; the contract requires it for 200',
    ]);
    expect(found(op, exchange(200, { 'x-total': 'many' }))).toEqual([
      'invalid-header: the header X-Total is "many": the value must be an integer, got "many"',
    ]);
    expect(checkResponse(contract, op, exchange(200, { 'x-total': '1', 'X-Tags': 'a,c' }))).toMatchObject([
      { kind: 'invalid-header', header: 'X-Tags', violation: { pointer: '/1' } },
    ]);
  });

  it('takes a date of HTTP for a date-time in the fields that HTTP writes so', () => {
    const time = { type: 'string', format: 'date-time' };
    const names = ['Date', 'Last-Modified', 'Expires', 'Retry-After', 'Sunset', 'X-Seen'];
    const op = operation(
      spec(
        '200',
        [],
        names.map((name) => header(name, false, time)),
      ),
    );
    const sent = (value: string) => exchange(200, Object.fromEntries(names.map((name) => [name, value])));
    expect(found(op, sent('Sun, 06 Nov 1994 08:49:37 GMT'))).toEqual([expect.stringContaining('the header X-Seen is')]);
    expect(found(op, sent('yesterday'))).toHaveLength(names.length);
    expect(found(op, sent('1994-11-06T08:49:37Z'))).toEqual([]);
  });

  it('does not judge what is in a file', () => {
    const file = { type: 'string', format: 'binary' };
    const files = contractWith({ File: file });
    for (const schema of [file, { $ref: '#/$defs/File' }]) {
      const op = operation(spec('200', [json('*/*', schema)]));
      expect(checkResponse(files, op, exchange(200, ofJson, '[{"id":1}]'))).toEqual([]);
    }
    expect(found(operation(spec('200', [json('*/*', { type: 'string' })])), exchange(200, ofJson, '[1]'))).toHaveLength(
      1,
    );
  });

  it('takes several lines of a header for one value, and any of them for what it may be', () => {
    const several = (lines: readonly string[], schema: Schema) => {
      const sent = exchange(200);
      const headers = lines.map((line) => ['x-tag', line] as const);
      return found(operation(spec('200', [], [header('X-Tag', true, schema)])), {
        ...sent,
        response: { status: 200, reason: '', body: { text: '' }, headers },
      });
    };
    const pair = { type: 'array', items: { enum: ['a', 'b', 'c'] }, minItems: 2 };
    expect(several(['a', 'b, c'], pair)).toEqual([]);
    expect(several(['b'], pair)).toEqual([expect.stringContaining('the header X-Tag is "b"')]);
    expect(several(['a', 'd'], pair)).toEqual([expect.stringContaining('the header X-Tag is "a, d"')]);
    expect(several(['session=1; Path=/', 'csrf=2'], { type: 'string', pattern: '^csrf=' })).toEqual([]);
  });

  it('judges a body by the variant that the parameters of its media type name', () => {
    const named = (name: string) => ({ type: 'object', required: [name] });
    const variants = [
      { parameters: { version: '1' }, schema: named('name') },
      { parameters: { version: '2' }, schema: named('firstName') },
    ];
    const op = operation(spec('200', [{ ...json('application/json', named('name')), variants }]));
    const answer = (type: string, body: object) =>
      found(op, exchange(200, { 'Content-Type': type }, JSON.stringify(body)));
    expect(answer('application/json;Version="2"', { firstName: 'a' })).toEqual([]);
    expect(answer('application/json;version=2; charset=utf-8', { name: 'a' })).toEqual([
      expect.stringContaining('firstName'),
    ]);
    for (const body of [{ name: 'a' }, { firstName: 'a' }]) expect(answer('application/json', body)).toEqual([]);
    expect(answer('application/json', {})).toEqual([expect.stringContaining('invalid-body')]);
  });

  it('reads a header of an object in the simple style, and as the JSON that frameworks put there', () => {
    const schema = { type: 'object', properties: { total: { type: 'integer' } }, additionalProperties: false };
    const op = operation(spec('200', [], [header('X-Pagination', false, schema)]));
    expect(found(op, exchange(200, { 'X-Pagination': 'total,12' }))).toEqual([]);
    expect(found(op, exchange(200, { 'X-Pagination': '{"total": 12}' }))).toEqual([]);
    expect(found(op, exchange(200, { 'X-Pagination': '{"total": "many"}' }))).toHaveLength(1);
  });

  it('tells broken JSON, empty bodies and bodies where none may be apart', () => {
    const op = operation(spec('200', [json()]), spec('204'), spec('304'));
    expect(checkResponse(contract, op, exchange(200, ofJson, '{"title":'))).toMatchObject([{ kind: 'invalid-json' }]);
    expect(checkResponse(contract, op, exchange(200, ofJson))).toMatchObject([{ kind: 'invalid-json' }]);
    expect(checkResponse(contract, op, exchange(204, {}, '{}'))).toMatchObject([{ kind: 'forbidden-body' }]);
    expect(checkResponse(contract, op, exchange(200, ofJson, '{}', 'HEAD'))).toMatchObject([
      { kind: 'forbidden-body' },
    ]);
    expect(checkResponse(contract, op, exchange(200, {}, '{"title":"a"}'))).toMatchObject([
      { kind: 'undocumented-media-type', mediaType: null },
    ]);
  });

  it('does not judge what was not recorded whole', () => {
    const whole = exchange(200, ofJson, '{"ti');
    const cut: Exchange = {
      ...whole,
      response: { status: 200, reason: '', headers: Object.entries(ofJson), body: { text: '{"ti', truncatedFrom: 99 } },
    };
    expect(checkResponse(contract, operation(spec('200', [json()])), cut)).toEqual([]);
  });
});
