import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { readingsOf } from '../validate/readings.ts';
import { createValidator } from '../validate/validator.ts';
import type { Json } from '../vocabulary/json.ts';
import { isJsonObject } from '../vocabulary/json.ts';
import type { Operation, Parameter, Schema } from '../vocabulary/operation.ts';
import { boundaryCases } from './boundary-cases.ts';
import { UnsupportedSchema } from './cannot-make.ts';
import { encodeRequest } from './encode-request.ts';
import { canBeViolated, invalidRequests } from './invalid-requests.ts';
import { contractWith } from './laws/random-schema.ts';
import { violationKinds } from './mutation.ts';
import { valueOf } from './operation-plan.ts';
import type { InvalidRequestCase, RequestCase } from './request-case.ts';
import { validRequests } from './requests.ts';

const parameter = (
  name: string,
  place: Parameter['in'],
  required: boolean,
  schema: Schema,
  style = place === 'query' || place === 'cookie' ? 'form' : 'simple',
  explode = style === 'form',
): Parameter => ({ name, in: place, required, schema, style, explode, examples: [], description: '' });

const transfer: Schema = {
  type: 'object',
  required: ['fromAccountId', 'toAccountId', 'amount'],
  additionalProperties: false,
  properties: {
    id: { type: 'integer', readOnly: true },
    fromAccountId: { type: 'string', format: 'uuid' },
    toAccountId: { type: 'string', format: 'uuid' },
    amount: { type: 'string', pattern: '^\\d{1,12}\\.\\d{2}$' },
    note: { type: ['string', 'null'], maxLength: 140 },
    tags: { type: 'array', items: { type: 'string', minLength: 1 }, maxItems: 3, uniqueItems: true },
  },
};

const operation: Operation = {
  id: 'createTransfer',
  method: 'POST',
  path: '/ledgers/{ledger}/transfers/{n}',
  summary: '',
  description: '',
  tags: [],
  deprecated: false,
  security: [],
  roles: [],
  pointer: '',
  soap: null,
  line: null,
  responses: [],
  parameters: [
    parameter('ledger', 'path', true, { type: 'string' }),
    parameter('n', 'path', true, { type: 'integer', minimum: 1 }),
    parameter('dryRun', 'query', false, { type: 'boolean' }),
    parameter('expand', 'query', false, { type: 'array', items: { enum: ['from', 'to'] } }, 'form', false),
    parameter('q', 'query', false, { type: 'string' }),
    parameter('Idempotency-Key', 'header', true, { type: 'string', minLength: 8, maxLength: 40 }),
    parameter('Content-Type', 'header', false, { type: 'string' }),
  ],
  requestBody: {
    required: true,
    content: [
      { mediaType: 'application/json', schema: { $ref: '#/$defs/Transfer' }, examples: [] },
      { mediaType: 'application/x-www-form-urlencoded', schema: { $ref: '#/$defs/Transfer' }, examples: [] },
    ],
  },
};
const contract = contractWith({ Transfer: transfer }, [operation]);
const validator = createValidator(contract);
const bindings = { 'path:ledger': 'main', 'body:/fromAccountId': '0b0e4a3c-0000-4000-8000-000000000001' };

/** What is wrong with a request, parameter by parameter. */
function wrongWith(request: RequestCase): readonly string[] {
  const found: string[] = [];
  for (const each of operation.parameters) {
    const value = valueOf(request, each);
    if (value === undefined) {
      if (each.required) found.push(`${each.in} ${each.name}`);
    } else if (!readings(value).some((reading) => validator.isValid(each.schema, reading, 'request')))
      found.push(`${each.in} ${each.name}`);
  }
  if (request.body === undefined || request.body.mediaType === 'text/plain' || !fits(request.body.value))
    found.push('body');
  return found;
}

function readings(value: Json): readonly Json[] {
  return typeof value === 'object' ? [value] : readingsOf(String(value));
}

function fits(value: Json): boolean {
  return validator.isValid({ $ref: '#/$defs/Transfer' }, value, 'request');
}

const placeOf = ({ violation }: InvalidRequestCase) =>
  violation.where === 'body' ? 'body' : `${violation.where} ${violation.parameter}`;

describe('validRequests', () => {
  it('makes only requests that the contract allows, with what is bound in its place', () => {
    fc.assert(
      fc.property(validRequests(contract, operation, { bindings }), (request) => {
        expect(wrongWith(request)).toEqual([]);
        expect(request.path.ledger).toBe('main');
        expect(request.body?.value).toMatchObject({ fromAccountId: bindings['body:/fromAccountId'] });
        expect(request.body?.value).not.toHaveProperty('id');
        expect(request.headers).not.toHaveProperty('Content-Type');
      }),
      { numRuns: 500 },
    );
  });

  it('shrinks to the smallest request', () => {
    const { counterexample } = fc.check(
      fc.property(validRequests(contract, operation, { bindings }), () => false),
      { seed: 3 },
    );
    expect(counterexample?.[0]).toEqual({
      operation: 'createTransfer',
      path: { ledger: 'main', n: 1 },
      query: {},
      headers: { 'Idempotency-Key': 'aaaaaaaa' },
      cookies: {},
      body: {
        mediaType: expect.any(String),
        value: {
          fromAccountId: bindings['body:/fromAccountId'],
          toAccountId: 'aaaaaaaa-aaaa-aaaa-aaaa-aaaaaaaaaaaa',
          amount: '0.00',
        },
      },
    });
  });

  it('gives the same requests for the same seed', () => {
    const sample = () =>
      fc.sample(validRequests(contractWith({ Transfer: transfer }), { ...operation }, {}), { seed: 42, numRuns: 30 });
    expect(sample()).toEqual(sample());
  });

  it('leaves out what it is told to', () => {
    const omit = ['query:q', 'path:n'];
    const requests = fc.sample(validRequests(contract, operation, { omit, mode: 'plain' }), { numRuns: 100 });
    expect(requests.some(({ query }) => 'q' in query)).toBe(false);
    expect(requests.every(({ path }) => 'n' in path)).toBe(true);
    const bound = fc.sample(validRequests(contract, operation, { omit, bindings: { 'query:q': 'x' } }), {
      numRuns: 10,
    });
    expect(bound.every(({ query }) => query.q === 'x')).toBe(true);
  });

  it('leaves out what is optional and cannot be made, and says where what is required cannot', () => {
    const impossible = { type: 'integer', minimum: 2, maximum: 1 };
    const optional = {
      ...operation,
      parameters: [...operation.parameters, parameter('never', 'query', false, impossible)],
    };
    expect(fc.sample(validRequests(contract, optional), { numRuns: 20 }).some(({ query }) => 'never' in query)).toBe(
      false,
    );
    const required = { ...operation, parameters: [parameter('never', 'query', true, impossible)] };
    expect(() => validRequests(contract, required)).toThrow(UnsupportedSchema);
    expect(() => validRequests(contract, required)).toThrow('the query parameter never of createTransfer');
  });
});

describe('invalidRequests', () => {
  it('violate the contract in the one place they name, also when they have shrunk', () => {
    const seen: InvalidRequestCase[] = [];
    const requests = invalidRequests(contract, operation, { mode: 'wild' });
    fc.check(
      fc.property(requests, (request) => void seen.push(request)),
      { seed: 9, numRuns: 800 },
    );
    for (let seed = 0; seed < 15; seed++)
      fc.check(
        fc.property(requests, (request) => seen.push(request) % 2 === 0),
        { seed, numRuns: 3 },
      );
    for (const request of seen) {
      if (request.body?.mediaType === 'application/x-www-form-urlencoded' && request.violation.where === 'body')
        continue;
      expect(wrongWith(request), request.violation.description).toEqual([placeOf(request)]);
      expect(encodeRequest(operation, request).target).toMatch(/^\/ledgers\/[^/]+\/transfers\/[^/?]+(\?|$)/);
    }
    const kinds = new Set(seen.map(({ violation }) => violation.kind));
    for (const kind of [
      'missing',
      'type',
      'null',
      'enum',
      'bounds',
      'length',
      'pattern',
      'format',
      'items',
      'unique',
      'additional',
      'body',
      'content-type',
    ])
      expect(kinds).toContain(kind);
  });

  it('know that in a text there is no wrong type for a string', () => {
    const sample = fc.sample(invalidRequests(contract, operation, { kinds: ['type'] }), { seed: 1, numRuns: 500 });
    const inText = sample
      .filter(({ violation }) => violation.where !== 'body')
      .map(({ violation }) => violation.description);
    expect(new Set(inText)).toEqual(
      new Set([
        'n is "text", must be an integer',
        'n is 1.5, must be an integer',
        'dryRun is "text", must be a boolean',
      ]),
    );
    // A list of listed words is a string too; what violates it is an unknown word.
    expect(sample.some(({ violation }) => violation.parameter === 'q' || violation.parameter === 'ledger')).toBe(false);
  });

  it('keep what is bound, unless it is that which is violated', () => {
    for (const request of fc.sample(invalidRequests(contract, operation, { bindings }), { seed: 5, numRuns: 300 })) {
      expect(request.path.ledger).toBe('main');
      const body = request.body?.value;
      const about =
        request.violation.where === 'body' &&
        (request.violation.pointer === '' ||
          request.violation.pointer === '/fromAccountId' ||
          request.violation.kind === 'content-type');
      if (isJsonObject(body) && !about) expect(body.fromAccountId).toBe(bindings['body:/fromAccountId']);
    }
  });

  it('can be asked for by kind, and are refused where there are none', () => {
    const kinds = new Set(
      fc
        .sample(invalidRequests(contract, operation, { kinds: ['missing', 'body'] }), { numRuns: 100 })
        .map(({ violation }) => violation.kind),
    );
    expect(kinds).toEqual(new Set(['missing', 'body']));
    const free = {
      ...operation,
      path: '/free',
      parameters: [parameter('q', 'query', false, { type: 'string' })],
      requestBody: null,
    };
    expect(canBeViolated(contract, free)).toBe(false);
    expect(() => invalidRequests(contract, free)).toThrow(UnsupportedSchema);
    expect(violationKinds).toContain('multiple');
  });
});

describe('boundaryCases', () => {
  it('are the same each time, valid and invalid as they say, the outermost first', () => {
    const cases = boundaryCases(contract, operation, {});
    expect(boundaryCases(contractWith({ Transfer: transfer }), { ...operation }, {})).toEqual(cases);
    for (const { request, about } of cases.valid) expect(wrongWith(request), about).toEqual([]);
    for (const request of cases.invalid)
      expect(wrongWith(request), request.violation.description).toEqual([placeOf(request)]);
    const about = cases.valid.map((each) => each.about);
    expect(about.slice(0, 2)).toEqual(['only what is required', 'everything that is optional']);
    for (const sentence of [
      'note has its most characters (140)',
      'note is null',
      'tags has its most items (3)',
      'dryRun is false',
    ])
      expect(about).toContain(sentence);
    const wrong = cases.invalid.map(({ violation }) => violation.description);
    for (const sentence of [
      'amount is missing',
      'n is 0, the minimum is 1',
      'an unknown expand[0] "unknown"',
      'note has 141 characters, the maximum is 140',
      'the header parameter Idempotency-Key is missing',
      'the body is missing',
    ])
      expect(wrong).toContain(sentence);
  });
});
