import { describe, expect, it } from 'vitest';
import { accessOf } from './sql-access.ts';

describe('accessOf', () => {
  it.each([
    ['SELECT * FROM todos WHERE id = $1', 'read', false, ['todos']],
    ["SELECT 'DELETE FROM x' FROM a JOIN public.b ON true", 'read', false, ['a', 'b']],
    ['SELECT balance FROM accounts WHERE id = $1 FOR UPDATE', 'read', true, ['accounts']],
    ['SELECT a.* FROM ONLY accounts a FOR NO KEY UPDATE OF a', 'read', true, ['accounts']],
    ['SELECT pg_advisory_xact_lock(1)', 'read', true, []],
    ['INSERT INTO "Odd ""name" (n) VALUES (1) ON CONFLICT (n) DO UPDATE SET n = 2', 'write', false, ['Odd "name']],
    ['/* a */ UPDATE "todo"."tags" SET n = n + 1', 'write', false, ['tags']],
    ['WITH gone AS (DELETE FROM a RETURNING *) SELECT * FROM gone', 'write', false, ['a', 'gone']],
    ['WITH x AS (SELECT 1 FROM b) SELECT * FROM x', 'read', false, ['b', 'x']],
    ['BEGIN ISOLATION LEVEL SERIALIZABLE', 'begin', false, []],
    ['START TRANSACTION', 'begin', false, []],
    ['COMMIT', 'commit', false, []],
    ['ROLLBACK', 'rollback', false, []],
    ['ROLLBACK TO SAVEPOINT s', 'other', false, []],
    ["SET TIME ZONE 'UTC'", 'other', false, []],
  ] as const)('%s', (text, kind, locks, tables) => {
    expect(accessOf(text)).toEqual({ kind, locks, tables });
  });
});
