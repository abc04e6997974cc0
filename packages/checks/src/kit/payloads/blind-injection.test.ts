import { DatabaseSync } from 'node:sqlite';
import { readContract } from '@assay/contract';
import { describe, expect, it } from 'vitest';
import { check } from '../../security/sql-injection.ts';
import { judged } from '../testing/recordings-for-tests.ts';
import { contextOf } from '../testing/scripted-for-tests.ts';
import { served } from '../testing/served-for-tests.ts';

const json = { 'application/json': { schema: {} } };
const parameter = (name: string, where: string) => ({
  name,
  in: where,
  required: where === 'path',
  schema: { type: 'string' },
});
const contract = readContract({
  path: 'openapi.json',
  text: JSON.stringify({
    openapi: '3.1.0',
    info: { title: 'People', version: '1' },
    paths: {
      '/people': {
        get: {
          operationId: 'find',
          parameters: [parameter('town', 'query')],
          responses: { '200': { description: 'some', content: json } },
        },
      },
      '/people/{name}': {
        get: {
          operationId: 'read',
          parameters: [parameter('name', 'path')],
          responses: { '200': { description: 'one', content: json }, '404': { description: 'none' } },
        },
      },
    },
  }),
});

/** A backend with a database of its own that nobody watches. */
async function told(joined: 'nothing' | 'path' | 'query') {
  const database = new DatabaseSync(':memory:');
  database.exec("CREATE TABLE people (name text, town text); INSERT INTO people VALUES ('Ada', 'Rye'), ('Ben', 'Ely')");
  const rows = (column: string, value: string, isJoined: boolean) =>
    isJoined
      ? database.prepare(`SELECT * FROM people WHERE ${column} = '${value}'`).all()
      : database.prepare(`SELECT * FROM people WHERE ${column} = ?`).all(value);
  const instance = await served(({ path, query }, response) => {
    const send = (status: number, body: unknown) =>
      response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(body));
    const [, , name] = path.split('/');
    if (name === undefined)
      return void send(200, { found: rows('town', query.get('town') ?? 'Rye', joined === 'query') });
    const [one] = rows('name', decodeURIComponent(name), joined === 'path');
    send(one === undefined ? 404 : 200, one ?? { error: `there is no ${decodeURIComponent(name)}` });
  });
  let words = 0;
  const context = contextOf(contract, instance);
  const random = { ...context.random, unique: (prefix: string) => `${prefix}${(words += 1)}w` };
  return judged(check, await check.probe({ ...context, random }), contract);
}

describe('conditions planted where the statements are not seen', () => {
  it('find a value that was joined into the path’s statement', async () => {
    expect(await told('path')).toMatchObject({ status: 'failed', findings: [{ key: 'read path:name' }] });
  });

  it('find one of a list’s filter', async () => {
    expect(await told('query')).toMatchObject({ status: 'failed', findings: [{ key: 'find query:town' }] });
  });

  it('clear nothing where values are passed as parameters', async () => {
    expect(await told('nothing')).toMatchObject({ status: 'not-applicable', findings: [] });
  });
});
