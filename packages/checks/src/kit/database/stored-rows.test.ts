import { describe, expect, it } from 'vitest';
import { isSameValue, sameName, tablesWritten } from './stored-rows.ts';

describe('tablesWritten', () => {
  it('names the tables that statements insert into and update', () => {
    const texts = [
      'INSERT INTO users (a) VALUES ($1)',
      'insert into "public"."Or""der" values (1)',
      'UPDATE articles SET a = 1',
      'WITH x AS (INSERT INTO logs DEFAULT VALUES RETURNING 1) SELECT * FROM x',
      'SELECT 1 FROM other FOR UPDATE OF other',
      'INSERT INTO users (a) VALUES ($1) ON CONFLICT DO UPDATE SET a = 1',
    ];
    expect(tablesWritten(texts.map((text) => ({ text })))).toEqual(['users', '"public"."Or""der"', 'articles', 'logs']);
  });
});

it('takes names for the same that are joined in another way', () => {
  expect(sameName('isAdmin', 'is_admin')).toBe(true);
  expect(sameName('id', 'ids')).toBe(false);
});

describe('isSameValue', () => {
  it('knows a value in another form', () => {
    expect(isSameValue(12, '12')).toBe(true);
    expect(isSameValue('70000.00', '70000')).toBe(true);
    expect(isSameValue('2001-02-03T04:05:06.000Z', '2001-02-03T05:05:06+01:00')).toBe(true);
    expect(isSameValue('2001-02-03T04:05:06.000Z', '2001-02-03T04:05:06')).toBe(true);
    expect(isSameValue(true, true)).toBe(true);
  });

  it('does not take another value for it', () => {
    expect(isSameValue(true, 1)).toBe(false);
    expect(isSameValue('admin', undefined)).toBe(false);
    expect(isSameValue('admin', null)).toBe(false);
    expect(isSameValue('admin', ['admin'])).toBe(false);
    expect(isSameValue('2001-02-03T04:05:06.000Z', '2001-02-03T04:05:07Z')).toBe(false);
    expect(isSameValue('a', 'b')).toBe(false);
  });
});
