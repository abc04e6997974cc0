import { expect, it } from 'vitest';
import type { Table } from './catalog.ts';
import { leavesToDefault } from './left-to-default.ts';

const table = {
  key: '"public"."orders"',
  columns: ['id', 'total', 'created_at'].map((name) => ({ name })),
} as unknown as Table;
const leaves = (statement: string) => leavesToDefault(statement, table, 'created_at');

it.each([
  'INSERT INTO orders (id, total) VALUES ($1, $2)',
  'insert into "public"."orders" ("id") select $1',
  `INSERT INTO orders (id, total, created_at) VALUES (1, round(2.5, 1), 'a'), (2, coalesce($1, $2), DEFAULT) RETURNING id`,
  'INSERT INTO "orders"("id", "total", "created_at") VALUES (DEFAULT, $1, DEFAULT)',
  'INSERT INTO orders VALUES ($1, $2)',
  'INSERT INTO orders AS o DEFAULT VALUES',
  'WITH o AS (INSERT INTO orders (total) VALUES (1) RETURNING id) SELECT * FROM o',
])('%s leaves it to its default', (statement) => {
  expect(leaves(statement)).toBe(true);
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
  expect(leaves(statement)).toBe(false);
});
