import { expect, it } from 'vitest';
import type { Table } from './catalog.ts';
import { copiesIn } from './copies.ts';

/** A table from its columns, whose key is one of them or several. */
const table = (name: string, columns: readonly string[], key: readonly string[]): Table => ({
  key: name,
  name,
  columns: columns.map((column) => ({
    name: column,
    type: 'text',
    baseType: 'text',
    notNull: true,
    default: null,
    generated: null,
    length: null,
  })),
  foreignKeys: [],
  indexes: [{ name: `${name}_pkey`, columns: key, unique: true, nullsEqual: false, primary: true, condition: null }],
  checked: [],
  rowSecurity: false,
  partitions: [],
});
const orders = table('orders', ['id', 'customer_id', 'total', 'version'], ['id']);
const columns = ['id', 'customer_id', 'total'];

it.each([
  ['Envers', table('orders_aud', [...columns, 'rev', 'revtype'], ['id', 'rev'])],
  [
    'django-simple-history',
    table('shop_old', [...columns, 'version', 'history_id', 'history_type', 'history_date'], ['history_id']),
  ],
  ['Continuum', table('order_version', [...columns, 'transaction_id', 'operation_type'], ['id', 'transaction_id'])],
])('knows a copy that %s made', (_tool, copy) => {
  expect([...copiesIn([orders, copy])]).toEqual([copy.key]);
});

it('takes no table for a copy that has things of its own, or shares a few columns', () => {
  const others = [
    table('refunds', [...columns, 'changed_by'], ['id']),
    table('order_lines', ['id', 'total', 'operation'], ['id', 'total']),
    table('carts', [...columns, 'quantity'], ['id', 'quantity']),
  ];
  const tags = table('tags', ['name'], ['name']);
  expect([
    ...copiesIn([orders, tags, table('todo_tags', ['todo_id', 'name', 'action'], ['todo_id', 'name']), ...others]),
  ]).toEqual([]);
});
