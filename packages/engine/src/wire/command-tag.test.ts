import { expect, test } from 'vitest';
import { readCommandTag } from './command-tag.ts';

test.each([
  ['SELECT 5', 'SELECT', 5],
  ['INSERT 0 1234567', 'INSERT', 1234567],
  ['INSERT 16385 1', 'INSERT', 1],
  ['UPDATE 0', 'UPDATE', 0],
  ['MERGE 3', 'MERGE', 3],
  ['BEGIN', 'BEGIN', 0],
  ['CREATE TABLE', 'CREATE TABLE', 0],
  ['SELECT 4294967296', 'SELECT', 4294967296],
  ['SELEKT 1', 'SELEKT', 1],
  ['COMMIT PREPARED', 'COMMIT PREPARED', 0],
  ['', '', 0],
])('%s', (tag, command, rows) => {
  const buffer = Buffer.from(`before ${tag}\0after`);
  expect(readCommandTag(buffer, 7, 7 + tag.length + 1)).toEqual({ command, rows });
});
