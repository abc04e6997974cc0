import type { Json, RequestCase } from '@assay/contract';
import { expect, it } from 'vitest';
import { contextOf, contractOf, scripted } from '../testing/scripted-for-tests.ts';
import { Setup } from './setup.ts';
import { withWhatGoes } from './with-what-goes.ts';

it('adds what an update takes away, until that was refused twice', () => {
  const schema = {
    type: 'object',
    required: ['name'],
    properties: { name: { type: 'string' }, reference: { type: ['string', 'null'] } },
  };
  const requestBody = { content: { 'application/json': { schema } } };
  const post = { requestBody, responses: { 201: { description: '' } } };
  const contract = contractOf({ '/accounts': { post } } as never);
  const [create] = contract.operations;
  if (create === undefined) throw new Error('no operation');
  const context = contextOf(
    contract,
    scripted(() => [201, { id: 1 }]),
  );
  const saying = (value: Json): RequestCase => ({
    operation: create.id,
    path: {},
    query: {},
    headers: {},
    cookies: {},
    body: { mediaType: 'application/json', value },
  });
  const added = withWhatGoes(context, new Setup(context), create, saying({ reference: null }));
  const said = () => added(saying({ name: 'x' })).body?.value;
  expect(said()).toEqual({ name: 'x', reference: expect.any(String) });
  expect(said()).toEqual({ name: 'x', reference: expect.any(String) });
  expect(said()).toEqual({ name: 'x' });
  const other = withWhatGoes(context, new Setup(context), create, saying({ reference: 'r' }));
  expect(other(saying({ name: 'x' })).body?.value).toEqual({ name: 'x' });
});
