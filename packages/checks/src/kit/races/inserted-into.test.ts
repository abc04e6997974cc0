import { expect, it } from 'vitest';
import { statementsOf } from '../database/statements-for-tests.ts';
import { insertedInto } from './inserted-into.ts';

it('names each table that rows were put into', () => {
  const statements = statementsOf(
    'SELECT * FROM copies',
    'INSERT INTO "loans" (copy_id) VALUES ($1)',
    'INSERT INTO public.events (text) SELECT $1 FROM copies',
    'INSERT INTO loans (copy_id) VALUES ($1)',
  );
  expect(insertedInto(statements)).toEqual(['loans', 'events']);
});

it('leaves out what put in nothing or was rolled back', () => {
  const [empty] = statementsOf('INSERT INTO loans (copy_id) VALUES ($1) ON CONFLICT DO NOTHING');
  expect(insertedInto(empty === undefined ? [] : [{ ...empty, rows: 0 }])).toEqual([]);
  const upsert = 'INSERT INTO loans (copy_id) VALUES ($1) ON CONFLICT (copy_id) DO UPDATE SET seen = now()';
  expect(insertedInto(statementsOf(upsert))).toEqual([]);
  expect(insertedInto(statementsOf(['INSERT INTO loans (copy_id) VALUES ($1)', 7], ['ROLLBACK', 7]))).toEqual([]);
});
