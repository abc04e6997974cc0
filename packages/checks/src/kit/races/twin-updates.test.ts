import { bodyText, type Json } from '@assay/contract';
import { expect, it } from 'vitest';
import { Setup } from '../setup/setup.ts';
import { contextOf, contractOf, scripted } from '../testing/scripted-for-tests.ts';
import { fieldSubjects } from './twin-updates.ts';

const article = {
  type: 'object',
  properties: { title: { type: 'string', minLength: 1 }, body: { type: 'string', minLength: 1 } },
};
const wrapped = (schema: Json): Json => ({
  type: 'object',
  required: ['article'],
  properties: { article: schema },
});
const json = (schema: Json): Json => ({ 'application/json': { schema } });
const shown = { type: 'object', properties: { id: { type: 'integer' }, ...article.properties } };
const answer = (status: string): Json => ({ [status]: { description: 'ok', content: json(wrapped(shown)) } });
const contract = contractOf({
  '/articles': {
    post: {
      operationId: 'createArticle',
      requestBody: { required: true, content: json(wrapped({ ...article, required: ['title', 'body'] })) },
      responses: answer('201'),
    },
  },
  '/articles/{id}': {
    parameters: [{ name: 'id', in: 'path', required: true, schema: { type: 'integer' } }],
    get: { operationId: 'readArticle', responses: answer('200') },
    put: {
      operationId: 'updateArticle',
      requestBody: { required: true, content: json(wrapped(article)) },
      responses: answer('200'),
    },
  },
});

it('pairs members inside what a body is wrapped in, also of a PUT that takes some of them', async () => {
  const instance = scripted((line) =>
    line === 'POST /articles'
      ? [201, { article: { id: 7, title: 'old', body: 'old' } }]
      : [200, { article: { id: 7, title: 'a', body: 'b' } }],
  );
  const context = contextOf(contract, instance);
  const subjects = fieldSubjects(context, new Setup(context));
  expect(subjects.map(({ operation, what }) => [operation, what])).toEqual([
    ['updateArticle', 'one sets title, the other body'],
  ]);
  const prepared = await subjects[0]?.prepare();
  const sent = [prepared?.first, prepared?.second].map((request) =>
    JSON.parse(bodyText({ text: String(request?.body) })),
  );
  expect(sent).toEqual([{ article: { title: expect.any(String) } }, { article: { body: expect.any(String) } }]);
  expect((await prepared?.look())?.facts).toEqual({ title: 'a', body: 'b' });
});

it('pairs attributes of JSON:API, each in a whole document', async () => {
  const text = { type: 'string', minLength: 1 };
  const document = (rest: object): Json => {
    const attributes = { type: 'object', properties: { title: text, body: text }, ...rest };
    const members = { type: { const: 'notes' }, attributes };
    const data = { type: 'object', required: ['type', 'attributes'], properties: members };
    return json({ type: 'object', required: ['data'], properties: { data } });
  };
  const made = { description: 'it', content: document({}) };
  const notes = contractOf({
    '/notes': {
      post: {
        operationId: 'createNote',
        requestBody: { required: true, content: document({ required: ['title', 'body'] }) },
        responses: { 201: made },
      },
    },
    '/notes/{id}': {
      parameters: [{ name: 'id', in: 'path', required: true, schema: { type: 'integer' } }],
      get: { operationId: 'readNote', responses: { 200: made } },
      patch: {
        operationId: 'updateNote',
        requestBody: { required: true, content: document({}) },
        responses: { 200: made },
      },
    },
  });
  const data = { type: 'notes', id: '7', attributes: { title: 'a', body: 'b' } };
  const context = contextOf(
    notes,
    scripted((line) => [line === 'POST /notes' ? 201 : 200, { data }, { location: '/notes/7' }]),
  );
  const prepared = await fieldSubjects(context, new Setup(context))[0]?.prepare();
  const sent = [prepared?.first, prepared?.second].map((request) => JSON.parse(String(request?.body)) as Json);
  expect(sent).toEqual([
    { data: { type: 'notes', attributes: { title: expect.any(String) } } },
    { data: { type: 'notes', attributes: { body: expect.any(String) } } },
  ]);
  expect((await prepared?.look())?.facts).toEqual({ title: 'a', body: 'b' });
});

it('looks at that part of an object that was sent: the rest is as the thing was made', async () => {
  const settings = {
    type: 'object',
    required: ['color'],
    additionalProperties: false,
    properties: { color: { type: 'string', enum: ['red', 'blue'] } },
  };
  const board = {
    type: 'object',
    required: ['name'],
    properties: { id: { type: 'integer' }, name: { type: 'string', minLength: 1 }, settings },
  };
  const boards = contractOf({
    '/boards': {
      post: {
        operationId: 'createBoard',
        requestBody: { required: true, content: json(board) },
        responses: { 201: { description: 'made', content: json(board) } },
      },
    },
    '/boards/{id}': {
      parameters: [{ name: 'id', in: 'path', required: true, schema: { type: 'integer' } }],
      get: { operationId: 'readBoard', responses: { 200: { description: 'it', content: json(board) } } },
      patch: {
        operationId: 'updateBoard',
        requestBody: {
          required: true,
          content: json({ type: 'object', properties: { name: { type: 'string', minLength: 1 }, settings } }),
        },
        responses: { 200: { description: 'it', content: json(board) } },
      },
    },
  });
  const instance = scripted((line) => [
    line === 'POST /boards' ? 201 : 200,
    { id: 7, name: 'a', settings: { color: 'red', cardAging: true } },
  ]);
  const context = contextOf(boards, instance);
  const [subject] = fieldSubjects(context, new Setup(context));
  expect((await (await subject?.prepare())?.look())?.facts).toEqual({ name: 'a', settings: { color: 'red' } });
});
