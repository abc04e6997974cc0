import { readContract } from '@assay/contract';
import { expect, it } from 'vitest';
import { withoutResets } from './left-alone.ts';

const contractOf = (...lines: readonly string[]) =>
  readContract({
    path: 'openapi.json',
    text: JSON.stringify({
      openapi: '3.1.0',
      info: { title: 'Notes', version: '1' },
      paths: Object.fromEntries(
        lines.map((line) => {
          const [method = '', path = ''] = line.split(' ');
          return [path, { [method.toLowerCase()]: { responses: { '200': { description: 'OK' } } } }];
        }),
      ),
    }),
  });

it('leaves alone what sets everything back, and says so', () => {
  const contract = contractOf('GET /createdb', 'POST /api/v1/test/reset', 'POST /actuator/shutdown', 'GET /notes');
  const { operations, problems } = withoutResets(contract);
  expect(operations.map(({ path }) => path)).toEqual(['/notes']);
  expect(problems.map(({ message }) => message.split(':')[0])).toEqual([
    'GET /createdb is left alone',
    'POST /api/v1/test/reset is left alone',
    'POST /actuator/shutdown is left alone',
  ]);
});

it('judges what sets back one thing', () => {
  const contract = contractOf('POST /password/reset', 'POST /users/{id}/reset', 'GET /init/values', 'DELETE /todos');
  expect(withoutResets(contract)).toBe(contract);
});
