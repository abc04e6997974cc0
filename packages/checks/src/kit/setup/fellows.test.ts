import type { Json } from '@assay/contract';
import { expect, it } from 'vitest';
import { contextOf, contractOf, scripted } from '../testing/scripted-for-tests.ts';
import { Setup } from './setup.ts';

const text = { type: 'string', minLength: 1 };
const copy: Json = {
  type: 'object',
  required: ['barcode'],
  properties: { barcode: text, status: { type: 'string', enum: ['in_repair', 'lost'] }, shelf: text },
};
const content = { content: { 'application/json': { schema: copy } } };
const contract = contractOf({
  '/copies': {
    post: {
      operationId: 'addCopy',
      requestBody: { required: true, ...content },
      responses: { 201: { description: 'It', ...content } },
    },
  },
  '/copies/{id}': {
    get: {
      operationId: 'copy',
      parameters: [{ name: 'id', in: 'path', required: true, schema: { type: 'integer' } }],
      responses: { 200: { description: 'It', ...content } },
    },
  },
});

it('makes things as they begin by default where nothing could be done with the others, and otherwise in turn', async () => {
  let made = 0;
  const context = contextOf(
    contract,
    scripted(() => [201, { id: (made += 1) }]),
  );
  const setup = new Setup(context);
  const { name } = context.shape.resources[0] ?? { name: '' };
  const members = async (): Promise<readonly string[]> => Object.keys((await setup.makeFellow(name)).sent as object);
  const usual = await members();
  setup.fellows.forget();
  expect(await members()).toEqual(['barcode']);
  expect(await members()).toEqual(['barcode']);
  expect(usual.length).toBeGreaterThan(1);
});
