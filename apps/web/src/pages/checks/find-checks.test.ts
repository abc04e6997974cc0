import { expect, it } from 'vitest';
import { findChecks } from './find-checks.ts';

const checks = [
  { id: 'security/sql-injection', area: 'security', claim: 'Input never becomes SQL', names: { cwe: 'CWE-89' } },
  { id: 'queries/no-n-plus-one', area: 'queries', claim: 'A list runs as many statements for many rows', names: {} },
];

function found(query: string, area: string | null = null): readonly string[] {
  return findChecks(checks, query, area).map(({ id }) => id);
}

it('finds every word, wherever it stands', () => {
  expect(found('cwe-89')).toEqual(['security/sql-injection']);
  expect(found('rows  LIST')).toEqual(['queries/no-n-plus-one']);
  expect(found('sql list')).toEqual([]);
  expect(found('')).toHaveLength(2);
});

it('keeps to an area', () => {
  expect(found('', 'queries')).toEqual(['queries/no-n-plus-one']);
  expect(found('sql', 'queries')).toEqual([]);
});
