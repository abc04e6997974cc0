import type { Exchange } from '@assay/contract';
import { describe, expect, it } from 'vitest';
import { exchangeOf } from '../kit/testing/recordings-for-tests.ts';
import { contractOf } from '../kit/testing/scripted-for-tests.ts';
import { check as authentication } from './authentication-required.ts';
import { check as functions } from './function-authorization.ts';
import { check as objects } from './object-authorization.ts';

const contract = contractOf({ '/notes': { get: { responses: { '200': { description: 'ok' } } } } });
const made = { resource: 'notes', id: 1, body: {}, sent: undefined, exchange: exchangeOf('POST /notes', 201) };
const seen = exchangeOf('GET /notes/1', 200, { body: { id: 1, text: 'a text of the owner’s own' } });

const namesOf = (findings: readonly { readonly names?: object }[]) => findings.map(({ names = {} }) => names);

/** What a check calls the finding that a request was taken which should have been refused. */
const taken = {
  functions: (ordinary: Exchange) =>
    functions.judge(
      {
        tried: [{ operation: 'o', roles: ['admin'], ordinary, entitled: null, plain: false }],
        unclear: [],
        trouble: null,
      },
      contract,
    ).findings,
  authentication: (exchange: Exchange, how = 'without credentials') =>
    authentication.judge(
      { asked: [{ operation: 'o', unproven: [{ how, exchange }], proven: null, thing: null }], trouble: null },
      contract,
    ).findings,
  objects: (kind: 'read' | 'delete', exchange: Exchange) =>
    objects.judge(
      {
        tried: [
          {
            operation: 'o',
            kind,
            made,
            grounds: ['list'],
            shown: [],
            owner: seen,
            exchange,
            before: seen,
            after: exchangeOf('GET /notes/1', 404),
          },
        ],
        trouble: null,
      },
      contract,
    ).findings,
};

describe('names by Web Fuzzing Commons', () => {
  it('calls what somebody changed without the right to F306, and what nobody in particular changed F308', () => {
    const removed = exchangeOf('DELETE /notes/1', 204);
    expect(namesOf(taken.functions(removed))).toEqual([{ wfc: 'F306' }]);
    expect(namesOf(taken.objects('delete', removed))).toEqual([{ wfc: 'F306' }]);
    expect(namesOf(taken.authentication(removed))).toEqual([{ wfc: 'F308' }]);
  });

  it('has no such name for what somebody only read without the right to', () => {
    expect(namesOf(taken.functions(exchangeOf('GET /people', 200)))).toEqual([{}]);
    expect(namesOf(taken.objects('read', seen))).toEqual([{}]);
  });

  it('calls declared authentication that is not enforced F311: what nobody in particular made or read, and what other credentials open', () => {
    expect(namesOf(taken.authentication(exchangeOf('POST /notes', 201)))).toEqual([{ wfc: 'F311' }]);
    expect(namesOf(taken.authentication(seen))).toEqual([{ wfc: 'F311' }]);
    expect(namesOf(taken.authentication(exchangeOf('PUT /notes/1', 200), 'with other credentials'))).toEqual([
      { wfc: 'F311' },
    ]);
  });

  it('calls an error of the server that credentials cause by the error alone', () => {
    expect(namesOf(taken.authentication(exchangeOf('GET /notes', 500), 'with other credentials'))).toEqual([
      { wfc: 'F100' },
    ]);
    expect(namesOf(taken.authentication(exchangeOf('GET /notes', 503), 'with other credentials'))).toEqual([{}]);
  });
});
