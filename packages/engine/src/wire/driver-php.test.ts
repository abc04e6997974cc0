import { describe, expect, test } from 'vitest';
import { leftOut, phpDriver, throughProxy } from './drivers-for-tests.ts';

const driver = await phpDriver();
const insert = 'INSERT INTO item (id, name) VALUES';

describe.skipIf(leftOut(driver))('PHP', () => {
  test('PDO: emulated and real prepares, COPY', async () => {
    const { printed, statements } = await throughProxy(driver);
    expect(printed).toEqual(['42703', 4, '42703', 4]);
    // When PDO drops the statements that it prepared depends on its version.
    const own = statements.filter((line) => !line.includes('DEALLOCATE'));
    expect(own).toEqual([
      '- simple CREATE TABLE 0 | CREATE TEMP TABLE item (id int, name text)',
      '1 simple BEGIN 0 | BEGIN',
      `1 simple INSERT 1 | ${insert} ('1', 'it''s')`,
      `1 simple INSERT 1 | ${insert} ('2', 'two; three')`,
      '1 simple COMMIT 0 | COMMIT',
      `- simple 42703 | SELECT nothing FROM item WHERE id = '1'`,
      expect.stringMatching(/^- copy COPY 2 \| COPY item FROM STDIN/),
      '- simple SELECT 4 | SELECT * FROM item',
      '- simple CREATE TABLE 0 | CREATE TEMP TABLE item (id int, name text)',
      '2 simple BEGIN 0 | BEGIN',
      `2 extended INSERT 1 | ${insert} ($1, $2) | ["1","it's"]`,
      `2 extended INSERT 1 | ${insert} ($1, $2) | ["2","two; three"]`,
      '2 simple COMMIT 0 | COMMIT',
      '- extended 42703 | SELECT nothing FROM item WHERE id = $1',
      expect.stringMatching(/^- copy COPY 2 \| COPY item FROM STDIN/),
      '- extended SELECT 4 | SELECT * FROM item',
    ]);
  });
});
