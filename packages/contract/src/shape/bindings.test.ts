import { describe, expect, test } from 'vitest';
import { creationOrder, prerequisites } from './creation-order.ts';
import { object, shapeOf, type Sketch } from './contract-for-tests.ts';

const text = { type: 'string' };
const base: Sketch = {
  'POST /accounts': '201 Todo <Todo',
  'GET /accounts/{id}': '200 Todo',
  'POST /people': '201 Todo <Todo',
  'GET /people/{id}': '200 Todo',
};

function bindings(
  operation: string,
  answerAndBody: string,
  sketch: Sketch = {},
  extra?: Readonly<Record<string, object>>,
): readonly string[] {
  const shape = shapeOf({ ...base, ...sketch, [operation]: answerAndBody }, {}, extra);
  return (shape.bindings[operation] ?? []).map(({ target, resource }) => `${target} = ${resource}`);
}

describe('what an operation needs', () => {
  test('in its path', () => {
    expect(bindings('GET /accounts/{id}', '200 Todo')).toEqual(['path:id = accounts']);
    expect(bindings('GET /accounts/{accountId}/entries', '200 [Todo]')).toEqual(['path:accountId = accounts']);
    expect(bindings('POST /merge/{personId}', '200')).toEqual(['path:personId = people']);
    expect(bindings('GET /other/{id}/x', '200')).toEqual([]);
    expect(bindings('DELETE /delete_account/{id}', '204')).toEqual(['path:id = accounts']);
  });

  test('in its query', () => {
    expect(bindings('GET /entries', '200 [Todo]?accountId&owner_id&limit:integer')).toEqual([
      'query:accountId = accounts',
    ]);
    expect(bindings('GET /accounts', '200 [Todo]?ids')).toEqual(['query:ids = accounts']);
    expect(bindings('GET /entries', '200 [Todo]?account')).toEqual([]);
  });

  test.each([
    ['a reference', { accountId: text }, ['body:/accountId = accounts']],
    ['in other letters', { account_id: text }, ['body:/account_id = accounts']],
    [
      'two to one resource',
      { fromAccountId: text, toAccountId: text },
      ['body:/fromAccountId = accounts', 'body:/toAccountId = accounts'],
    ],
    ['an irregular plural', { personId: text }, ['body:/personId = people']],
    ['a list of ids', { personIds: { type: 'array', items: text } }, ['body:/personIds/0 = people']],
    [
      'an object with the id',
      { account: { type: 'object', properties: { id: text } } },
      ['body:/account/id = accounts'],
    ],
    [
      'a list of such objects',
      { people: { type: 'array', items: { type: 'object', properties: { id: text } } } },
      ['body:/people/0/id = people'],
    ],
    ['the noun, when it is a UUID', { account: { ...text, format: 'uuid' } }, ['body:/account = accounts']],
    ['the noun alone', { account: text }, []],
    [
      'deeper',
      { lines: { type: 'array', items: { type: 'object', properties: { accountId: text } } } },
      ['body:/lines/0/accountId = accounts'],
    ],
    ['read-only', { accountId: { ...text, readOnly: true } }, []],
    ['an object of another kind', { accountId: { type: 'object' } }, []],
    ['another noun', { userId: text, discountId: text }, []],
  ])('in its body: %s', (_, properties, expected) => {
    expect(bindings('POST /transfers', `201 Todo <${object(properties)}`)).toEqual(expected);
  });

  test('in its body: an object that is called otherwise, of the definition by which a resource is read', () => {
    const named = { type: 'object', properties: { id: text, title: text } };
    const large = { type: 'object', properties: { id: text, title: text, note: text } };
    const schemas = { Kind: named, Large: large };
    const sketch: Sketch = {
      'POST /kinds': '201 Kind <Kind',
      'GET /kinds/{kindId}': '200 Kind',
      'POST /large-things': '201 Large <Large',
      'GET /large-things/{id}': '200 Large',
    };
    const told = (property: object, more: Sketch = {}) => {
      const operation = 'POST /pets';
      const shape = shapeOf(
        { ...base, ...sketch, ...more, [operation]: `201 Todo <${object({ type: property })}` },
        schemas,
      );
      return (shape.bindings[operation] ?? []).map(({ target, resource }) => `${target} = ${resource}`);
    };
    const kind = { $ref: '#/components/schemas/Kind' };
    expect(told(kind)).toEqual(['body:/type/id = kinds']);
    expect(told({ type: 'array', items: kind })).toEqual(['body:/type/0/id = kinds']);
    // A whole thing, one written in place, and one that two resources are read as.
    expect(told({ $ref: '#/components/schemas/Large' })).toEqual([]);
    expect(told(named)).toEqual([]);
    expect(told(kind, { 'POST /sorts': '201 Kind <Kind', 'GET /sorts/{id}': '200 Kind' })).toEqual([]);
  });

  test('the id that the client gives to what it creates is no need', () => {
    expect(bindings('POST /accounts', `201 Todo <${object({ accountId: text, parentAccountId: text })}`)).toEqual([
      'body:/parentAccountId = accounts',
    ]);
  });

  test('what links say comes before what names suggest', () => {
    const links = (parameters: object) => ({
      'POST /people': { links: { x: { operationId: 'GET /x/{accountId}', parameters } } },
    });
    expect(bindings('GET /x/{accountId}', '200', {}, links({ accountId: '$response.body#/id' }))).toEqual([
      'path:accountId = people',
    ]);
    expect(bindings('GET /x/{accountId}', '200', {}, links({ 'path.accountId': '{$response.body#/id}' }))).toEqual([
      'path:accountId = people',
    ]);
    expect(bindings('GET /x/{accountId}', '200', {}, links({ accountId: '$response.body#/title' }))).toEqual([
      'path:accountId = accounts',
    ]);
  });
});

describe('the order of creation', () => {
  test('what is needed comes first', () => {
    const shape = shapeOf({
      'POST /entries': `201 Todo <${object({ accountId: text })}`,
      'GET /entries/{id}': '200 Todo',
      'POST /accounts': `201 Todo <${object({ personId: text })}`,
      'GET /accounts/{id}': '200 Todo',
      'POST /people': '201 Todo <Todo',
      'GET /people/{id}': '200 Todo',
    });
    expect(creationOrder(shape)).toEqual(['people', 'accounts', 'entries']);
    expect(prerequisites(shape, 'POST /entries')).toEqual(['people', 'accounts']);
    expect(prerequisites(shape, 'POST /people')).toEqual([]);
  });

  test('a circle ends', () => {
    const shape = shapeOf({
      'POST /a-things': `201 Todo <${object({ bThingId: text })}`,
      'GET /a-things/{id}': '200 Todo',
      'POST /b-things': `201 Todo <${object({ aThingId: text })}`,
      'GET /b-things/{id}': '200 Todo',
    });
    expect(creationOrder(shape)).toEqual(['b-things', 'a-things']);
  });
});
