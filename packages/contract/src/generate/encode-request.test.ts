import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { headerOf } from '../vocabulary/exchange.ts';
import type { Json } from '../vocabulary/json.ts';
import type { Operation, Parameter, ParameterPlace, Schema } from '../vocabulary/operation.ts';
import { boundaryCases } from './boundary-cases.ts';
import { encodeRequest } from './encode-request.ts';
import { contractWith } from './laws/random-schema.ts';
import type { RequestCase } from './request-case.ts';
import { validRequests } from './requests.ts';

const parameter = (
  name: string,
  place: ParameterPlace,
  style: string,
  explode: boolean,
  schema: Schema,
): Parameter => ({ name, in: place, required: true, style, explode, schema, examples: [], description: '' });
const operation = (
  path: string,
  parameters: readonly Parameter[],
  requestBody: Operation['requestBody'] = null,
): Operation => ({
  id: 'op',
  method: 'POST',
  path,
  summary: '',
  description: '',
  tags: [],
  deprecated: false,
  parameters,
  requestBody,
  responses: [],
  security: [],
  roles: [],
  pointer: '',
  soap: null,
  line: null,
});
const blank: RequestCase = { operation: 'op', path: {}, query: {}, headers: {}, cookies: {} };

const kinds = {
  scalar: { type: 'string', minLength: 1 },
  number: { type: 'number' },
  list: { type: 'array', items: { type: 'string' }, minItems: 1 },
  object: {
    type: 'object',
    required: ['r', 'g'],
    properties: { r: { type: 'string', minLength: 1 }, g: { type: 'string', minLength: 1 } },
    additionalProperties: false,
  },
} as const;
type Kind = keyof typeof kinds;

/** Reads a value back as a server would that follows the specification, written independently of the encoder. */
function decode(text: string, kind: Kind, separator: string, paired: boolean): Json {
  const parts = text.split(separator).map(decodeURIComponent);
  if (kind === 'list') return parts;
  if (kind === 'number') return Number(decodeURIComponent(text));
  if (kind === 'scalar') return decodeURIComponent(text);
  if (paired)
    return Object.fromEntries(
      text.split(separator).map((pair) => pair.split('=').map(decodeURIComponent) as [string, string]),
    );
  return Object.fromEntries(
    parts.flatMap((part, index) => (index % 2 === 0 ? [[part, parts[index + 1] ?? ''] as const] : [])),
  );
}

function samePair(kind: Kind, decoded: Json, sent: Json | undefined): void {
  if (kind === 'number') expect(decoded).toBe(sent);
  else expect(decoded).toEqual(sent);
}

function everyRequest(
  op: Operation,
  check: (request: RequestCase, target: string, headers: ReturnType<typeof encodeRequest>) => void,
): void {
  const requests = validRequests(contractWith({}, [op]), op, { mode: 'wild' });
  fc.assert(
    fc.property(requests, (request) => {
      const spec = encodeRequest(op, request);
      // Nothing but what RFC 3986 allows in a path and a query.
      expect(spec.target).toMatch(/^\/[A-Za-z0-9\-._~!$&'()*+,;=:@%/]*(?:\?[A-Za-z0-9\-._~!$&'()*+,;=:@%/?]*)?$/);
      check(request, spec.target, spec);
    }),
    { numRuns: 120 },
  );
}

const styles = ['simple', 'label', 'matrix'].flatMap((style) =>
  [true, false].flatMap((explode) => (Object.keys(kinds) as Kind[]).map((kind) => [style, explode, kind] as const)),
);

describe('encodeRequest', () => {
  it.each(styles)('path style %s, explode %s: %s comes back', (style, explode, kind) => {
    everyRequest(
      operation('/things/{p}/end', [parameter('p', 'path', style, explode, kinds[kind])]),
      (request, target) => {
        const segment = target.slice('/things/'.length, -'/end'.length);
        expect(segment).not.toMatch(/^\.{0,2}$|\//);
        const several = explode && kind !== 'scalar' && kind !== 'number';
        if (style === 'simple') return samePair(kind, decode(segment, kind, ',', explode), request.path.p);
        if (style === 'label')
          return samePair(kind, decode(segment.slice(1), kind, explode ? '.' : ',', explode), request.path.p);
        const body = several
          ? segment.slice(1).replaceAll(kind === 'list' ? /(^|;)p=/g : /$^/g, '$1')
          : segment.slice(';p='.length);
        return samePair(kind, decode(body, kind, several ? ';' : ',', explode), request.path.p);
      },
    );
  });

  it.each([
    ['form', true],
    ['form', false],
    ['spaceDelimited', false],
    ['pipeDelimited', false],
  ] as const)('query style %s, explode %s: lists come back', (style, explode) => {
    everyRequest(operation('/things', [parameter('q', 'query', style, explode, kinds.list)]), (request, target) => {
      const params = new URLSearchParams(target.split('?')[1]);
      const separator = { form: ',', spaceDelimited: ' ', pipeDelimited: '|' }[style];
      expect(explode ? params.getAll('q') : params.get('q')?.split(separator)).toEqual(request.query.q);
    });
  });

  it('query objects come back, deep and flat', () => {
    everyRequest(
      operation('/things', [parameter('q', 'query', 'deepObject', true, kinds.object)]),
      (request, target) => {
        const params = new URLSearchParams(target.split('?')[1]);
        expect({ r: params.get('q[r]'), g: params.get('q[g]') }).toEqual(request.query.q);
      },
    );
    everyRequest(operation('/things', [parameter('q', 'query', 'form', true, kinds.object)]), (request, target) => {
      expect(Object.fromEntries(new URLSearchParams(target.split('?')[1]))).toEqual(request.query.q);
    });
    everyRequest(operation('/things', [parameter('q', 'query', 'form', false, kinds.object)]), (request, target) => {
      samePair('object', decode(target.split('?q=')[1] ?? '', 'object', ',', false), request.query.q);
    });
  });

  it('writes lists of the style deepObject with brackets, and violates nothing in them', () => {
    const op = operation('/things', [parameter('keys', 'query', 'deepObject', true, kinds.list)]);
    everyRequest(op, (request, target) => {
      expect(new URLSearchParams(target.split('?')[1]).getAll('keys[]')).toEqual(request.query.keys);
    });
    const { invalid } = boundaryCases(contractWith({}, [op]), op);
    expect(invalid.map(({ violation }) => violation.keyword)).toEqual(['required']);
  });

  it('headers and cookies come back and hold nothing that would break the message', () => {
    everyRequest(
      operation('/things', [
        parameter('X-Name', 'header', 'simple', false, kinds.scalar),
        parameter('sid', 'cookie', 'form', true, kinds.scalar),
      ]),
      (request, _target, spec) => {
        const value = headerOf(spec.headers ?? [], 'x-name') ?? '';
        expect(value).toBe(request.headers['X-Name']);
        expect(value).toMatch(/^[ -~]+$/);
        expect(headerOf(spec.headers ?? [], 'cookie')).toBe(`sid=${String(request.cookies.sid)}`);
      },
    );
  });

  it.each(['path', 'query', 'header', 'cookie'] as const)(
    'what a %s parameter says in JSON comes back as it was',
    (place) => {
      const schema: Schema = {
        type: 'object',
        required: ['tags', 'deep'],
        properties: {
          tags: { type: 'array', items: { type: 'string' } },
          deep: { type: 'object', properties: { n: { type: ['number', 'null'] } }, additionalProperties: false },
        },
        additionalProperties: false,
      };
      const p = { ...parameter('p', place, 'form', true, schema), mediaType: 'application/json' };
      everyRequest(operation(place === 'path' ? '/things/{p}' : '/things', [p]), (request, target, spec) => {
        const cookie = headerOf(spec.headers ?? [], 'cookie') ?? '';
        const [text, sent] = {
          path: [decodeURIComponent(target.slice('/things/'.length)), request.path.p],
          query: [new URLSearchParams(target.split('?')[1]).get('p'), request.query.p],
          header: [headerOf(spec.headers ?? [], 'p'), request.headers.p],
          cookie: [decodeURIComponent(cookie.slice('p='.length)), request.cookies.p],
        }[place];
        expect(text).toMatch(place === 'header' ? /^[ -~]+$/ : /^\{/);
        expect(JSON.parse(String(text))).toEqual(sent);
      });
    },
  );

  it('no empty text stands in a query, which many take for none', () => {
    const op = operation('/things', [parameter('q', 'query', 'form', true, { type: 'string' })]);
    everyRequest(op, (_request, target) => expect(target).not.toMatch(/q=(&|$)/));
    const { valid } = boundaryCases(contractWith({}, [op]), op);
    expect(valid.map(({ request }) => request.query.q)).not.toContain('');
  });

  it('bodies come back as JSON, as a form and as parts', () => {
    const content = (mediaType: string) => ({
      required: true,
      content: [{ mediaType, schema: kinds.object, examples: [] }],
    });
    everyRequest(operation('/things', [], content('application/merge-patch+json')), (request, _target, spec) => {
      expect(headerOf(spec.headers ?? [], 'content-type')).toBe('application/merge-patch+json');
      expect(JSON.parse(String(spec.body))).toEqual(request.body?.value);
    });
    everyRequest(operation('/things', [], content('application/x-www-form-urlencoded')), (request, _target, spec) => {
      expect(Object.fromEntries(new URLSearchParams(String(spec.body)))).toEqual(request.body?.value);
    });
  });

  it('parts of a form come back through another reader', async () => {
    const op = operation('/things', [], {
      required: true,
      content: [{ mediaType: 'multipart/form-data', schema: kinds.object, examples: [] }],
    });
    for (const request of fc.sample(validRequests(contractWith({}), op), { seed: 4, numRuns: 100 })) {
      const spec = encodeRequest(op, request);
      const sent = typeof spec.body === 'string' ? spec.body : new Uint8Array(spec.body ?? []);
      const form = await new Response(sent, {
        headers: { 'content-type': headerOf(spec.headers ?? [], 'content-type') ?? '' },
      }).formData();
      expect(Object.fromEntries(form)).toEqual(request.body?.value);
    }
  });

  it('keeps -0 and writes large integers out', () => {
    const op = operation('/things', [], {
      required: true,
      content: [{ mediaType: 'application/json', schema: true, examples: [] }],
    });
    expect(encodeRequest(op, { ...blank, body: { mediaType: 'application/json', value: { a: [-0, 1] } } }).body).toBe(
      '{"a":[-0,1]}',
    );
    expect(encodeRequest(op, { ...blank, query: { n: 1e21 } }).target).toBe('/things?n=1000000000000000000000');
  });

  it('writes the fixed parts of a path in ASCII', () => {
    const op = operation('/up load/%41/商品/{p}', [parameter('p', 'path', 'simple', false, kinds.scalar)]);
    expect(encodeRequest(op, { ...blank, path: { p: 'é' } }).target).toBe('/up%20load/%41/%E5%95%86%E5%93%81/%C3%A9');
  });

  it('leaves what says how the message is written to whoever writes it', () => {
    const names =
      'Content-Length,Content-Encoding,Transfer-Encoding,Connection,Keep-Alive,Upgrade,Expect,Host,TE,Trailer,Accept-Encoding';
    const integer = { type: 'integer' };
    const parameters = names.split(',').map((name) => parameter(name, 'header', 'simple', false, integer));
    const op = operation('/things', [...parameters, parameter('X-Limit', 'header', 'simple', false, integer)]);
    everyRequest(op, (request) => expect(Object.keys(request.headers)).toEqual(['X-Limit']));
    const { invalid } = boundaryCases(contractWith({}, [op]), op);
    expect(new Set(invalid.map(({ violation }) => violation.parameter))).toEqual(new Set(['X-Limit']));
  });

  it('never writes a bare dot segment, whatever it is given', () => {
    const op = operation('/things/{p}', [parameter('p', 'path', 'simple', false, kinds.scalar)]);
    expect(encodeRequest(op, { ...blank, path: { p: '..' } }).target).toBe('/things/%2E%2E');
    expect(encodeRequest(op, { ...blank, path: { p: 'a/b c' } }).target).toBe('/things/a%2Fb%20c');
  });
});
