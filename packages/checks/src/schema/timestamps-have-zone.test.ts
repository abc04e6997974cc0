import type { ProbeContext } from '@assay/contract';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openBookshop, told } from '../kit/database/bookshop-for-tests.ts';
import { type TestDatabases, testDatabases } from '../kit/database/database-for-tests.ts';
import { statementsOf } from '../kit/database/statements-for-tests.ts';
import { judged, recorded } from '../kit/testing/recordings-for-tests.ts';
import { check } from './timestamps-have-zone.ts';

describe(check.id, () => {
  it('judges what was recorded of a reference and of a mutant', () => {
    expect(judged(check, recorded(check, 'pass')).status).toBe('passed');
    expect(judged(check, recorded(check, 'fail')).findings).toHaveLength(1);
  });

  let databases: TestDatabases;
  beforeAll(async () => {
    databases = await testDatabases();
  });
  afterAll(() => databases.close());
  const withCreatedAt = async (type: string) =>
    told(check, await openBookshop(databases, { 'authors.created_at': type }));

  it('passes timestamptz', async () => {
    expect(await withCreatedAt('timestamptz NOT NULL DEFAULT now()')).toMatchObject({
      status: 'passed',
      reason: '1 column with time zone: authors.created_at',
    });
  });

  it.each(['now()', 'CURRENT_TIMESTAMP', 'LOCALTIMESTAMP', 'clock_timestamp()'])(
    'tells of a timestamp that reads the wall clock: %s',
    async (expression) => {
      expect((await withCreatedAt(`timestamp NOT NULL DEFAULT ${expression}`)).findings).toMatchObject([
        { severity: 'medium', key: 'authors.created_at', title: expect.stringContaining('5.5 hours apart') },
      ]);
    },
  );

  const withInsert = async (type: string, text: string) => {
    const context = await openBookshop(databases, { 'authors.created_at': type });
    const statements = () => statementsOf(text);
    const wire = { ...context.backend.wire, statements } as NonNullable<typeof context.backend.wire>;
    const seen: ProbeContext = {
      ...context,
      backend: { ...context.backend, wire },
      shared: (_key, make) => make(seen),
    };
    return told(check, seen);
  };

  it('only suspects a default that no insert was seen to use: Prisma declares it, and sends the time', async () => {
    const text = 'INSERT INTO "public"."authors" ("id","name","created_at") VALUES ($1,$2,$3) RETURNING "id"';
    expect(await withInsert('timestamp(3) NOT NULL DEFAULT now()', text)).toMatchObject({
      status: 'undecided',
      reason: expect.stringContaining('authors.created_at keeps instants without their zone'),
    });
  });

  it('tells of a timestamp that a statement fills from the wall clock', async () => {
    const text = (value: string) => `INSERT INTO authors (name, created_at) VALUES ($1, ${value})`;
    const type = `timestamp NOT NULL DEFAULT '2026-01-01'`;
    expect((await withInsert(type, text('now()'))).findings).toMatchObject([
      {
        key: 'authors.created_at',
        title: expect.stringMatching(
          /^authors\.created_at has no time zone: the now\(\) that is inserted gives .* 5\.5 hours apart/,
        ),
      },
    ]);
    expect((await withInsert(type, text(`now() AT TIME ZONE 'utc'`))).status).toBe('undecided');
    expect((await withInsert(`timestamptz NOT NULL DEFAULT now()`, text('now()'))).status).toBe('passed');
  });

  it('only suspects what is the same in every session', async () => {
    expect(await withCreatedAt(`timestamp NOT NULL DEFAULT timezone('utc', now())`)).toMatchObject({
      status: 'undecided',
    });
  });

  it('has nothing against the time on a wall that is not an instant', async () => {
    const context = await openBookshop(databases);
    await context.backend.sql('ALTER TABLE books ADD opens_at timestamp');
    expect((await told(check, context)).status).toBe('passed');
  });
});
