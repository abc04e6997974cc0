import { expect, it } from 'vitest';
import { withCascades } from './cascades.ts';
import type { ForeignKey, Table } from './catalog.ts';

const table = (key: string, target: string, onDelete: ForeignKey['onDelete']): Table => ({
  key,
  name: key,
  columns: [],
  foreignKeys: [{ name: `${key}_fk`, columns: ['parent_id'], target, targetColumns: ['id'], onDelete }],
  indexes: [],
  checked: [],
  rowSecurity: false,
  partitions: [],
});

it('goes along with what is deleted, through several tables and round a circle', () => {
  const tables = [
    table('lines', 'orders', 'cascade'),
    table('orders', 'users', 'cascade'),
    table('users', 'users', 'cascade'),
    table('invoices', 'orders', 'refuse'),
    table('visits', 'users', 'set null'),
  ];
  expect([...withCascades(new Map([['users', 'deleteUser']]), tables)]).toEqual([
    ['users', 'deleteUser'],
    ['orders', 'deleteUser'],
    ['lines', 'deleteUser'],
  ]);
});
