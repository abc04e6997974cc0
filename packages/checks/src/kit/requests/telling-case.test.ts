import { expect, it } from 'vitest';
import { contextOf, contractOf, scripted } from '../testing/scripted-for-tests.ts';
import { tellingCase } from './telling-case.ts';

it('says what escaping would change in every word, as far as the contract allows, and leaves the rest', () => {
  const text = { type: 'string' };
  const properties = {
    notes: text,
    short: { ...text, maxLength: 5 },
    code: { ...text, pattern: '^[A-Z]{3}$' },
    email: { ...text, format: 'email' },
    kind: { enum: ['a', 'b'] },
    slug: text,
    page: { ...text, contentMediaType: 'text/html' },
    tags: { type: 'array', items: text, minItems: 1 },
  };
  const schema = { type: 'object', required: Object.keys(properties), properties };
  const post = {
    requestBody: { content: { 'application/json': { schema } } },
    responses: { 201: { description: '' } },
  };
  const contract = contractOf({ '/things': { post } } as never);
  const [operation] = contract.operations;
  if (operation === undefined) throw new Error('no operation');
  const context = contextOf(
    contract,
    scripted(() => [201, {}]),
  );
  const body = tellingCase(context, operation)?.body?.value as Record<string, unknown>;
  expect(body['notes']).toContain(`& Chips, "3 > 2", it's`);
  expect(body['short']).toBe("R&D's");
  expect(body['code']).toMatch(/^[A-Z]{3}$/);
  expect(body['email']).toContain('@');
  expect(body['slug']).not.toContain('&');
  expect(body['page']).not.toContain('&');
  expect(body['kind']).toMatch(/^[ab]$/);
  expect(String(body['tags'])).toContain('&');
});
