import { expect, it } from 'vitest';
import type { Table } from './catalog.ts';
import { insertedValues, namedValues } from './inserted-values.ts';

const table = {
  key: '"public"."orders"',
  columns: ['id', 'total', 'created_at'].map((name) => ({ name })),
} as unknown as Table;
const values = (statement: string) => insertedValues(statement, table, 'created_at');

it.each([
  'INSERT INTO orders (id, total) VALUES ($1, $2)',
  'insert into "public"."orders" ("id") select $1',
  `INSERT INTO orders (id, total, created_at) VALUES (1, round(2.5, 1), 'a'), (2, coalesce($1, $2), DEFAULT) RETURNING id`,
  'INSERT INTO "orders"("id", "total", "created_at") VALUES (DEFAULT, $1, DEFAULT)',
  'INSERT INTO orders VALUES ($1, $2)',
  'INSERT INTO orders AS o DEFAULT VALUES',
  'WITH o AS (INSERT INTO orders (total) VALUES (1) RETURNING id) SELECT * FROM o',
])('%s leaves it to its default', (statement) => {
  expect(values(statement)).toContain('default');
});

it.each([
  'INSERT INTO "public"."orders" ("id","total","created_at") VALUES ($1,$2,$3)',
  'INSERT INTO orders (id, created_at, total) OVERRIDING SYSTEM VALUE VALUES (DEFAULT, now(), DEFAULT)',
  'INSERT INTO orders VALUES ($1, $2, $3)',
  'INSERT INTO orders SELECT * FROM drafts',
  'INSERT INTO other.orders (id) VALUES (1)',
  'INSERT INTO orders_aud (id) VALUES (1)',
  `UPDATE orders SET total = 'insert into orders (id) values (1)'`,
])('%s does not', (statement) => {
  expect(values(statement)).not.toContain('default');
});

it('reads a statement once, however often it inserts', () => {
  expect(values('insert into orders (created_at) values ((((('.repeat(5000))).toHaveLength(5000);
});

it.each([
  ['INSERT INTO orders (total, created_at) VALUES ($1, now())', ['now()']],
  ['insert into "orders" ("created_at", "total") values (CURRENT_TIMESTAMP, $1), ($2, 3)', ['current_timestamp', '$2']],
  [`INSERT INTO orders VALUES (1, 2, now() AT TIME ZONE 'utc')`, [`now()attimezone''`]],
])('%s gives it %j', (statement, given) => {
  expect(values(statement)).toEqual(given);
});

it.each([
  [
    'INSERT INTO a (b, "C ""d""") VALUES ($1, lower($2, 3)), (4, 5)',
    [
      ['b', '$1'],
      ['C "d"', 'lower($2,3)'],
    ],
  ],
  [
    '/* of (all) */ insert into "s"."a" as o -- (x)\n (b /* c, */, d) values (?, /* (, */ now())',
    [
      ['b', '?'],
      ['d', 'now()'],
    ],
  ],
  [
    'INSERT INTO a (b, c) OVERRIDING SYSTEM VALUE VALUES (DEFAULT) RETURNING b',
    [
      ['b', 'default'],
      ['c', ''],
    ],
  ],
])('names the columns of %s', (statement, named) => {
  expect(namedValues(statement)).toEqual(named);
});

it.each([
  'INSERT INTO a VALUES (1)',
  'INSERT INTO a (b) SELECT 1',
  'INSERT INTO a DEFAULT VALUES',
  'UPDATE a SET b = 1',
])('%s names none', (statement) => {
  expect(namedValues(statement)).toEqual([]);
});
