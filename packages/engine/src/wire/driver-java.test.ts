import { describe, expect, test } from 'vitest';
import { javaDriver, leftOut, throughProxy } from './drivers-for-tests.ts';

const driver = await javaDriver();

/** `($1, $2),($3, $4)` for so many rows. */
function rowMarks(count: number): string {
  return Array.from({ length: count }, (_, row) => `($${row * 2 + 1}, $${row * 2 + 2})`).join(',');
}

function rowValues(first: number, count: number): string {
  return JSON.stringify(Array.from({ length: count }, (_, row) => [first + row, 'batch']).flat());
}

describe.skipIf(leftOut(driver))('Java', () => {
  test('pgjdbc: server-side prepares, rewritten batches, fetch size, COPY', async () => {
    const { printed, statements } = await throughProxy(driver);
    expect(printed).toEqual({ read: 25, copied: 2, out: 8 });
    // The driver introduces itself first.
    const own = statements.filter((line) => !line.includes('application_name'));
    expect(own).toEqual([
      '- extended CREATE TABLE 0 | CREATE TEMP TABLE item (id int, name text, price numeric, made timestamptz, key uuid)',
      '- extended INSERT 1 | INSERT INTO item (id, name, price, made, key) VALUES ($1, $2, $3, $4, $5) | [1,"one","1.50","2026-11-22 14:00:00.5+00","a0eebc99-9c0b-4ef8-bb6d-6bb9bd380a11"]',
      ...Array.from({ length: 8 }, (_, use) => {
        return `- extended SELECT ${use === 1 ? 1 : 0} | SELECT name FROM item WHERE id = $1 | [${use}]`;
      }),
      `- extended INSERT 16 | INSERT INTO item (id, name) VALUES ${rowMarks(16)} | ${rowValues(2, 16)}`,
      `- extended INSERT 8 | INSERT INTO item (id, name) VALUES ${rowMarks(8)} | ${rowValues(18, 8)}`,
      ...[2, 3, 4].map((id) => `- extended UPDATE 1 | UPDATE item SET name = $1 WHERE id = $2 | ["updated",${id}]`),
      '1 simple BEGIN 0 | BEGIN',
      '1 extended SELECT 25 | SELECT id FROM item ORDER BY id',
      '1 extended COMMIT 0 | COMMIT',
      '2 simple BEGIN 0 | BEGIN',
      '2 extended DELETE 1 | DELETE FROM item WHERE id = 25',
      '2 extended 42703 | SELECT nothing',
      '2 extended ROLLBACK 0 | ROLLBACK',
      '- copy COPY 2 | COPY item (id) FROM STDIN',
      '- copy COPY 2 | COPY (SELECT id FROM item WHERE id >= 100) TO STDOUT',
    ]);
  });
});
