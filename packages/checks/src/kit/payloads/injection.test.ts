import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { findInjection } from './injection.ts';

const payload = `zq7a'"b;--`;

describe('findInjection', () => {
  it.each([
    `SELECT * FROM t WHERE a = '${payload}'`,
    `SELECT * FROM t WHERE a LIKE '%${payload}%'`,
    `SELECT * FROM t ORDER BY ${payload}`,
    `SELECT * FROM t WHERE a = ${payload} AND b = 'x'`,
    `SELECT * FROM "t${payload}"`,
    `SELECT * FROM t WHERE a = '${payload.replaceAll(/['"]/g, '\\$&')}'`,
    `SELECT * FROM t ORDER BY a ${payload.toUpperCase()}`,
    // Escaped, with nothing around it.
    `SELECT * FROM t WHERE a = ${payload.replaceAll(/['"]/g, '\\$&')}`,
    `SELECT * FROM t ORDER BY ${payload.replaceAll(/['"]/g, '\\$&')} LIMIT 20`,
    'SELECT * FROM t ORDER BY zq7a&#039;&quot;b;-- LIMIT 20',
    // Only the quotes were taken out.
    'SELECT * FROM t ORDER BY zq7ab;--',
  ])('sees it in %s', (text) => {
    expect(findInjection(text, 'zq7a', payload)).not.toBeNull();
  });

  it.each([
    'SELECT * FROM t WHERE a = $1',
    `SELECT * FROM t WHERE a = '${payload.replaceAll("'", "''")}'`,
    `SELECT * FROM t WHERE a = E'${payload.replaceAll("'", "\\'")}'`,
    `SELECT * FROM t WHERE a LIKE '%${payload.replaceAll("'", "''")}%'`,
    `SELECT "${payload.replaceAll('"', '""')}" FROM t`,
    `SELECT $tag$${payload}$tag$`,
    `INSERT INTO t SELECT * FROM UNNEST((E'{"zq7a''\\\\"b;--","x"}')::varchar[])`,
    `SELECT 1 /* for GET /t?${encodeURIComponent(payload)}=1 */`,
    `SELECT '(1,"zq7a''""b;--")'::t`,
    // What code made of it: a slug, an excerpt, what a page shows, words to search for.
    `INSERT INTO t (title, slug) VALUES ('zq7a''"b;--', 'zq7a-b')`,
    `INSERT INTO t (title, excerpt) VALUES ('zq7a''"b;--', 'zq7a''"')`,
    `INSERT INTO t (title, html) VALUES ('zq7a''"b;--', '<p>zq7a&#39;&quot;b;--</p>')`,
    `SELECT * FROM t WHERE words @@ to_tsquery('''zq7a'':* & ''b'':*')`,
    // What it was reduced to names some column.
    'SELECT * FROM t ORDER BY zq7ab LIMIT 20',
    'SELECT * FROM t ORDER BY zq7ab;',
    'SELECT * FROM t ORDER BY lower(zq7ab), a DESC',
    'SELECT zq7a FROM t',
  ])('lets pass %s', (text) => {
    expect(findInjection(text, 'zq7a', payload)).toBeNull();
  });

  it.each([
    [`zq7a'"b';--`, `SELECT * FROM t WHERE a ILIKE '%zq7a''"b';--%'`],
    [`zq7a'||(0)||'`, `SELECT * FROM t WHERE a LIKE '%zq7a'||(0)||'%'`],
    [`zq7a'||(0)||'`, 'SELECT * FROM t WHERE a = zq7a||(0)||'],
  ])('sees %s in %s', (value, text) => {
    expect(findInjection(text, 'zq7a', value)).not.toBeNull();
  });

  it('takes the operators of a statement for its own', () => {
    expect(findInjection(`SELECT zq7a0||' '||b FROM t`, 'zq7a', `zq7a'||(0)||'`)).toBeNull();
  });

  it('never accuses a value that was quoted rightly', () => {
    fc.assert(
      fc.property(fc.string(), (tail) => {
        const value = `zq7a${tail.replaceAll('\\', '')}`;
        expect(findInjection(`SELECT '${value.replaceAll("'", "''")}', $1`, 'zq7a', value)).toBeNull();
      }),
    );
  });
});
