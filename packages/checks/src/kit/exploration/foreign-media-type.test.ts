import { expect, it } from 'vitest';
import { exchangeOf } from '../testing/recordings-for-tests.ts';
import { contractOf } from '../testing/scripted-for-tests.ts';
import { isForeignMediaType } from './foreign-media-type.ts';

it('knows 415 to a media type that the contract does not name', () => {
  const content = { 'application/json; charset=utf-8': { schema: {} } };
  const [operation] = contractOf({ '/a': { post: { requestBody: { content }, responses: {} } } }).operations;
  if (operation === undefined) throw new Error('the contract has no operation');
  const isForeign = (type: string, code: number): boolean => {
    const { request, ...rest } = exchangeOf('POST /a', code);
    return isForeignMediaType({ ...rest, request: { ...request, headers: [['Content-Type', type]] } }, operation);
  };
  expect(isForeign('text/plain', 415)).toBe(true);
  expect(isForeign('text/plain', 400)).toBe(false);
  expect(isForeign('application/json', 415)).toBe(false);
});
