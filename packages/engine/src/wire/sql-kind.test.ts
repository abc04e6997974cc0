import { expect, test } from 'vitest';
import { sqlKind } from './sql-kind.ts';

test.each([
  ['select 1', 'read'],
  ['  (SELECT 1) UNION SELECT 2', 'read'],
  ['VALUES (1)', 'read'],
  ['/* insert */ -- update\n SELECT 1', 'read'],
  ['SELECT * FROM t FOR UPDATE', 'read'],
  ['insert into t values (1)', 'write'],
  ['UPDATE t SET a = 1', 'write'],
  ['Delete FROM t', 'write'],
  ['MERGE INTO t USING s ON true WHEN MATCHED THEN DELETE', 'write'],
  ['TRUNCATE t', 'write'],
  ['WITH a AS (SELECT 1) SELECT * FROM a', 'read'],
  ['WITH a AS (SELECT 1) SELECT * FROM a FOR NO KEY UPDATE', 'read'],
  ['WITH a AS (SELECT 1) INSERT INTO t SELECT * FROM a', 'write'],
  ['WITH a AS (/* x */ DELETE FROM t RETURNING *) SELECT * FROM a', 'write'],
  [`WITH a AS (SELECT '(insert') SELECT * FROM a`, 'read'],
  ['COPY t FROM STDIN', 'write'],
  ['COPY t (a, b) TO STDOUT', 'read'],
  ['COPY (SELECT * FROM t) TO STDOUT', 'read'],
  ['COMMIT', 'commit'],
  ['end', 'commit'],
  ['BEGIN', 'other'],
  ['ROLLBACK', 'other'],
  ['SET x = 1', 'other'],
  ['CREATE TABLE t (a int)', 'other'],
  ['', 'other'],
])('%s: %s', (sql, kind) => {
  expect(sqlKind(sql)).toBe(kind);
});
