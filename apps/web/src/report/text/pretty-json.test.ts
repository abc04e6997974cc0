import * as fc from 'fast-check';
import { expect, it } from 'vitest';
import { prettyJson } from './pretty-json.ts';

it('breaks lines as JSON.stringify does', () => {
  fc.assert(
    fc.property(fc.jsonValue(), (value) => {
      expect(prettyJson(JSON.stringify(value))).toBe(JSON.stringify(value, null, 2));
    }),
  );
});

it('keeps digits, order and doubled names', () => {
  expect(prettyJson('{"b":1.10,"a":12345678901234567890,"a":1e2}')).toBe(
    '{\n  "b": 1.10,\n  "a": 12345678901234567890,\n  "a": 1e2\n}',
  );
  expect(prettyJson('{"a":')).toBeNull();
});

it('leaves what is nested very deep as it is', () => {
  const nested = (levels: number): string => `${'['.repeat(levels)}${']'.repeat(levels)}`;
  expect(prettyJson(nested(60))).toContain('\n');
  expect(prettyJson(nested(61))).toBeNull();
  expect(prettyJson(nested(500_000))).toBeNull();
  // Not deep, and yet sixty blanks for each figure.
  expect(
    prettyJson(`${'['.repeat(30)}${Array.from({ length: 100_000 }, () => 1).join(',')}${']'.repeat(30)}`),
  ).toBeNull();
});
