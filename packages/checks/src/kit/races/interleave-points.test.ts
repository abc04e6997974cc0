import { describe, expect, it } from 'vitest';
import { type Said, statementsOf } from '../database/statements-for-tests.ts';
import { holdingPoints, matchOf, pointsOf } from './interleave-points.ts';

const held = (...texts: readonly Said[]) =>
  holdingPoints(pointsOf(statementsOf(...texts)), 5).map(({ template, turn }) => `${template} #${turn}`);

describe('points', () => {
  it('tells the n-th of one template from the others, whatever its values', () => {
    const points = pointsOf(statementsOf("INSERT INTO e VALUES ('a')", "INSERT INTO e VALUES ('b')"));
    expect(points.map(({ turn }) => turn)).toEqual([0, 1]);
    const [, second] = points;
    const found = second === undefined ? undefined : matchOf(second);
    expect(found).toMatchObject({ skip: 1, times: 1 });
    expect(found?.match.where?.("INSERT INTO e VALUES ('c')")).toBe(true);
    expect(found?.match.where?.("INSERT INTO f VALUES ('c')")).toBe(false);
  });

  it('holds the first write after a read, then the commit, then the other writes', () => {
    expect(
      held(
        ['BEGIN', 1],
        ['SELECT * FROM t', 1],
        ['UPDATE t SET a = 1', 1],
        ['INSERT INTO l VALUES (1)', 1],
        ['COMMIT', 1],
      ),
    ).toEqual(['UPDATE t SET a = ? #0', 'COMMIT #0', 'INSERT INTO l VALUES (?) #0']);
  });

  it('holds first what changes a table that was read without a lock', () => {
    const texts = [
      'SELECT * FROM w FOR SHARE',
      'INSERT INTO t VALUES (1)',
      'SELECT a FROM t',
      'INSERT INTO l VALUES (1)',
    ];
    expect(held(...texts, 'UPDATE t SET a = 2')[0]).toBe('UPDATE t SET a = ? #0');
    expect(held(...texts.with(2, 'SELECT a FROM t FOR UPDATE'), 'UPDATE t SET a = 2')[0]).toBe(
      'INSERT INTO t VALUES (?) #0',
    );
  });

  it('holds a lock that comes after the reading', () => {
    expect(held('SELECT a FROM t', 'SELECT a FROM t FOR UPDATE')[0]).toBe('SELECT a FROM t FOR UPDATE #0');
  });

  it('holds nothing where one statement does all, or nothing is written', () => {
    expect(held('UPDATE t SET n = n + 1')).toEqual([]);
    expect(held(['BEGIN', 1], ['SELECT 1 FROM t', 1], ['COMMIT', 1])).toEqual([]);
  });
});
