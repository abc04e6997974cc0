import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import { isSingleSql, splitSql } from './sql-split.ts';

function texts(sql: string): readonly string[] {
  return splitSql(sql).map(({ text }) => text);
}

test.each([
  ['', []],
  [' ; ;; -- nothing\n /* ; */ ;', []],
  ['SELECT 1', ['SELECT 1']],
  ['SELECT 1; SELECT 2 ;', ['SELECT 1', 'SELECT 2']],
  [`SELECT ';', 'it''s; ok'; SELECT 2`, [`SELECT ';', 'it''s; ok'`, 'SELECT 2']],
  [String.raw`SELECT E'\';'; SELECT '\'; SELECT 3`, [String.raw`SELECT E'\';'`, String.raw`SELECT '\'`, 'SELECT 3']],
  [`SELECT "a;b"; SELECT $$;$$; SELECT $t$ $$;$$ $t$`, [`SELECT "a;b"`, 'SELECT $$;$$', 'SELECT $t$ $$;$$ $t$']],
  ['SELECT $1; SELECT a$b$ ; SELECT $2', ['SELECT $1', 'SELECT a$b$', 'SELECT $2']],
  [
    'SELECT 1 /* a /* nested; */ ; */; SELECT 2 -- x ; y\n; SELECT 3',
    ['SELECT 1 /* a /* nested; */ ; */', 'SELECT 2 -- x ; y', 'SELECT 3'],
  ],
  [
    'CREATE RULE r AS ON INSERT TO t DO (SELECT 1; SELECT 2); SELECT 3',
    ['CREATE RULE r AS ON INSERT TO t DO (SELECT 1; SELECT 2)', 'SELECT 3'],
  ],
  [
    'CREATE OR REPLACE FUNCTION f() RETURNS int BEGIN ATOMIC SELECT CASE WHEN true THEN 1 END; SELECT 2; END; SELECT 3',
    [
      'CREATE OR REPLACE FUNCTION f() RETURNS int BEGIN ATOMIC SELECT CASE WHEN true THEN 1 END; SELECT 2; END',
      'SELECT 3',
    ],
  ],
  [
    'CREATE PROCEDURE p() BEGIN ATOMIC SELECT 1; END; SELECT 2',
    ['CREATE PROCEDURE p() BEGIN ATOMIC SELECT 1; END', 'SELECT 2'],
  ],
  ['BEGIN; SELECT 1; END', ['BEGIN', 'SELECT 1', 'END']],
  [`SELECT 'never closed; SELECT 2`, [`SELECT 'never closed; SELECT 2`]],
])('%s', (sql, pieces) => {
  expect(texts(sql)).toEqual(pieces);
});

const statement = fc.constantFrom(
  'SELECT 1',
  `INSERT INTO t VALUES ('a;b')`,
  'SELECT $tag$;$tag$',
  `SELECT E'\\';'`,
  'SELECT "x;y" /* ; */',
  'SELECT (1)',
);
const separator = fc.constantFrom(';', '; ', ' ;\n', ';;', '; -- ;\n', ';/* ; */');

test('splitting is the opposite of joining', () => {
  fc.assert(
    fc.property(fc.array(fc.tuple(statement, separator)), (parts) => {
      const pieces = texts(parts.map((part) => part.join('')).join(''));
      // A comment between two statements belongs to the second.
      expect(pieces.map((piece) => piece.replace(/^(?:-- ;\n|\/\* ; \*\/)/, ''))).toEqual(parts.map(([sql]) => sql));
    }),
  );
});

const anything = fc.string({ unit: fc.constantFrom(...`ab1;'"$-/*\\() \nE`, 'create', 'function ', 'begin ', ' end') });

test('for any text: pieces stand in it in order, none is empty, each is whole by itself', () => {
  fc.assert(
    fc.property(anything, (sql) => {
      let from = 0;
      for (const { start, text } of splitSql(sql)) {
        expect(start).toBeGreaterThanOrEqual(from);
        expect(sql.slice(start, start + text.length)).toBe(text);
        expect(text.trim()).not.toBe('');
        from = start + text.length;
      }
      if (isSingleSql(sql)) expect(splitSql(sql).length).toBeLessThanOrEqual(1);
    }),
    { numRuns: 500 },
  );
});
