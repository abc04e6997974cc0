import type { Instance, UsageSample, Wire } from '@assay/contract';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { testDatabases, type TestDatabases } from '../database/database-for-tests.ts';
import { cpuPerRequest, lengthen, tableSizes } from './longer-lists.ts';

describe('lengthen', () => {
  let databases: TestDatabases;
  beforeAll(async () => {
    databases = await testDatabases();
  });
  afterAll(() => databases.close());

  it('makes what grew longer, under what it belongs to', async () => {
    const database = await databases.open(
      `CREATE TABLE owners (id int PRIMARY KEY, name text); INSERT INTO owners VALUES (1, 'Ada'), (2, 'Bob');
       CREATE TABLE items (id int GENERATED ALWAYS AS IDENTITY PRIMARY KEY, owner int NOT NULL REFERENCES owners, code text UNIQUE)`,
    );
    const instance: Instance = { ...database, wire: {} as Partial<Wire> as Wire };
    const before = await tableSizes(instance);
    await instance.sql(`INSERT INTO items (owner, code) SELECT 1, 'code ' || n FROM generate_series(1, 20) n`);
    if (before !== null) await lengthen(instance, before, 4);
    expect(await instance.sql('SELECT owner, count(*)::int AS n FROM items GROUP BY owner')).toEqual([
      { owner: 1, n: 80 },
    ]);
    expect(await instance.sql('SELECT count(*)::int AS n FROM owners')).toEqual([{ n: 2 }]);
    expect(await tableSizes(database)).toBeNull();
  });
});

it('adds up the CPU time between two samples', async () => {
  const samples: UsageSample[] = [{ at: 0, cpu: 9, rssBytes: 1 }];
  const sample = (cpu: number): void => {
    samples.push({ at: (samples.at(-1)?.at ?? 0) + 100, cpu, rssBytes: 1 });
  };
  const instance = { usage: () => samples } as Partial<Instance> as Instance;
  const timer = setInterval(() => sample(0), 50);
  const used = await cpuPerRequest(instance, async () => sample(0.5)).finally(() => clearInterval(timer));
  expect(used).toBe(50);
});
