import type { Identity, Json } from '@assay/contract';
import { describe, expect, it } from 'vitest';
import { exchangeOf } from '../testing/recordings-for-tests.ts';
import { type Answer, contextOf, contractOf, scripted } from '../testing/scripted-for-tests.ts';
import { Setup } from './setup.ts';

const said = (description: string) => ({ description });
const id = { name: 'id', in: 'path', required: true, schema: { type: 'integer' } };
const credentials = {
  type: 'object',
  required: ['email', 'password'],
  properties: { email: { type: 'string' }, password: { type: 'string' } },
};
const made = { type: 'object', properties: { id: { type: 'integer' } } };
const members = () =>
  contractOf({
    '/members': {
      post: {
        operationId: 'signUp',
        requestBody: { required: true, content: { 'application/json': { schema: credentials } } },
        responses: { 201: { ...said('made'), content: { 'application/json': { schema: made } } } },
      },
    },
    '/members/{id}': {
      parameters: [id],
      get: { operationId: 'getMember', responses: { 200: said('it'), 404: said('none') } },
      delete: { operationId: 'deleteMember', responses: { 204: said('gone') } },
    },
  } as never);

const somebody = (number: number): Identity => ({
  name: `user-${number}`,
  role: null,
  login: `${number}@example.com`,
  password: 'secret',
  headers: [],
  query: [],
  token: null,
  profile: { id: number } as Json,
  exchanges: [{ ...exchangeOf('POST /members', 201, { body: { id: number } }), operation: 'signUp' }],
});

/** A set-up for requests of member 1, who can read what `reads` allows. */
function setupOf(reads: (id: string) => boolean) {
  const contract = members();
  let number = 1;
  const backend = scripted((line): Answer => {
    if (line.startsWith('POST')) return [201, { id: (number += 1) }];
    return [reads(line.split('/').at(-1) ?? '') ? 200 : 404, {}];
  });
  const context = contextOf(contract, backend);
  const signUp = { operation: 'signUp', login: '/email', password: '/password' };
  const signIn = { signUp, login: null, token: { kind: 'undescribed' }, schemes: [] } as const;
  const identities = {
    unavailable: null,
    usual: () => Promise.resolve(somebody(1)),
    another: () => Promise.resolve(somebody((number += 1))),
  };
  return new Setup({ ...context, identities, shape: { ...context.shape, signIn } });
}

describe('accounts', () => {
  it('are one’s own where others are hidden, unless they are to be deleted', async () => {
    const setup = setupOf((account) => account === '1');
    expect((await setup.request('getMember')).target).toBe('/members/1');
    expect((await setup.request('deleteMember')).target).not.toBe('/members/1');
  });

  it('are anybody’s where everybody may read them', async () => {
    expect((await setupOf(() => true).request('getMember')).target).not.toBe('/members/1');
  });
});
