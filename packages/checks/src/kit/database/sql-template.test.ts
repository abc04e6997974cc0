import { describe, expect, it } from 'vitest';
import { countTemplates, isHousekeeping, sqlTemplate } from './sql-template.ts';

describe('sqlTemplate', () => {
  it.each([
    [
      'literals',
      `SELECT * FROM t WHERE a = 'x''y' AND b = 12 AND c = 1.5e3`,
      'SELECT * FROM t WHERE a = ? AND b = ? AND c = ?.?',
    ],
    ['parameters', 'SELECT * FROM t WHERE a = $1 AND b = $12', 'SELECT * FROM t WHERE a = ? AND b = ?'],
    ['white space and comments', 'SELECT a -- why\n\n  FROM /* where */ t', 'SELECT a FROM t'],
    ['lists of parameters', 'SELECT a FROM t WHERE id IN ($1, $2,$3)', 'SELECT a FROM t WHERE id IN (?)'],
    ['rows of VALUES', 'INSERT INTO t VALUES ($1, $2), ($3, $4)', 'INSERT INTO t VALUES (?)'],
    ['quoted names', 'SELECT "a 1" FROM "t2"', 'SELECT "a 1" FROM "t2"'],
    ['names with digits', 'SELECT a1 FROM t2 AS x_3', 'SELECT a1 FROM t2 AS x_3'],
    ['dollar quotes', "SELECT $tag$it's$tag$", 'SELECT ?'],
    ['escape strings', `SELECT E'it\\'s' FROM t`, 'SELECT E? FROM t'],
  ])('folds %s', (_what, text, template) => {
    expect(sqlTemplate(text)).toBe(template);
  });

  it('is the same for two executions of one line of code, and tells two lines apart', () => {
    const templates = countTemplates([
      'SELECT name FROM tags WHERE todo_id = 7',
      'SELECT name FROM tags WHERE todo_id = 81',
      'SELECT name FROM tags WHERE todo = 81',
    ]);
    expect([...templates]).toEqual([
      ['SELECT name FROM tags WHERE todo_id = ?', 2],
      ['SELECT name FROM tags WHERE todo = ?', 1],
    ]);
  });

  it('is its own template', () => {
    const template = sqlTemplate(`SELECT a FROM t WHERE b IN ($1, $2) AND c LIKE '%x%' -- end`);
    expect(sqlTemplate(template)).toBe(template);
  });
});

describe('isHousekeeping', () => {
  it.each([
    'BEGIN',
    ' begin isolation level serializable',
    'COMMIT',
    'ROLLBACK TO s1',
    'SAVEPOINT a',
    'RELEASE SAVEPOINT a',
    'SET TIME ZONE UTC',
    'SHOW server_version',
    'DISCARD ALL',
    'DEALLOCATE p',
    'SELECT 1',
    'select 1;',
    ' select  1 ; ',
    'SELECT version()',
  ])('knows %s', (text) => {
    expect(isHousekeeping(text)).toBe(true);
  });

  it.each([
    'SELECT 1 FROM todos',
    'SELECT 1 + count(*) FROM t',
    'SELECT set FROM t',
    'UPDATE t SET a = 1',
    'INSERT INTO settings VALUES (1)',
    'SELECT 10',
    // As long as a statement is kept: it is read once.
    `SELECT 1${' '.repeat(250_000)}, 2`,
    `SELECT${' '.repeat(250_000)}1${' '.repeat(1000)}x`,
  ])('takes %s for work', (text) => {
    expect(isHousekeeping(text)).toBe(false);
  });
});
