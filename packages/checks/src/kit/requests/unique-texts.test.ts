import { type Json, type JsonObject, readContract, type RequestCase } from '@assay/contract';
import { describe, expect, it } from 'vitest';
import { withUniqueTexts } from './unique-texts.ts';

let words = 0;
const random = { unique: (prefix: string) => `${prefix}abcd${(words += 1)}` };

/** The field's text after a change, in the body of an operation that takes a field of this schema. */
async function changed(field: JsonObject, text: string, which?: (place: string) => boolean): Promise<string> {
  const schema = { type: 'object', properties: { field: { type: 'string', ...field } } };
  const post = {
    requestBody: { content: { 'application/json': { schema } } },
    responses: { 201: { description: 'made' } },
  };
  const contract = await readContract({
    path: 'openapi.json',
    text: JSON.stringify({ openapi: '3.1.0', info: { title: 't', version: '1' }, paths: { '/a': { post } } }),
  });
  const [operation] = contract.operations;
  if (operation === undefined) throw new Error('the contract has no operation');
  const request: RequestCase = {
    operation: operation.id,
    path: {},
    query: {},
    headers: {},
    cookies: {},
    body: { mediaType: 'application/json', value: { field: text } },
  };
  const body = withUniqueTexts({ contract, random }, operation, request, which === undefined ? {} : { which }).body
    ?.value as Json;
  return (body as { readonly field: string }).field;
}

describe('withUniqueTexts', () => {
  it('makes two equal texts different', async () => {
    expect(await changed({}, 'oak')).not.toEqual(await changed({}, 'oak'));
  });

  it('keeps the length of a long text', async () => {
    const text = await changed({ minLength: 40, maxLength: 40 }, 'x'.repeat(40));
    expect(text).toMatch(/^x+uabcd\d+$/);
    expect(text).toHaveLength(40);
  });

  it('leaves alone what the schema leaves no room for, and what was not asked for', async () => {
    expect(await changed({ enum: ['open', 'done'] }, 'open')).toBe('open');
    expect(await changed({ maxLength: 3 }, 'oak')).toBe('oak');
    expect(await changed({ format: 'uuid' }, '6f0f3a0e-1111-4222-8333-444455556666')).toBe(
      '6f0f3a0e-1111-4222-8333-444455556666',
    );
    expect(await changed({}, 'oak', () => false)).toBe('oak');
  });

  it('makes another code of the same form where its pattern has room for nothing else', async () => {
    const pattern = '^[A-Z]{2,4}-[0-9]{2}$';
    const codes = await Promise.all(Array.from({ length: 4 }, () => changed({ pattern }, 'BER-01')));
    for (const code of codes) expect(code).toMatch(/^[A-Z]{3}-[0-9]{2}$/);
    expect(new Set(['BER-01', ...codes]).size).toBe(5);
    // A word may be one of a few that are known.
    expect(await changed({ pattern: '^[A-Z]{3}$' }, 'EUR')).toBe('EUR');
  });

  it('keeps what stands before the sign of an e-mail address as long as it may be', async () => {
    const text = await changed({ format: 'email' }, `${'a'.repeat(64)}@example.com`);
    expect(text).toMatch(/^a+uabcd\d+@example\.com$/);
    expect(text.indexOf('@')).toBe(64);
    expect(await changed({ format: 'email' }, 'ann@example.com')).toMatch(/^ann\.uabcd\d+@example\.com$/);
  });

  it('leaves the host of an address alone', async () => {
    expect(await changed({ format: 'uri' }, 'https://example.com')).toMatch(/^https:\/\/example\.com\/uabcd\d+$/);
    const long = `https://example.com/${'x'.repeat(60)}`;
    const text = await changed({ format: 'uri', minLength: long.length }, long);
    expect(text).toMatch(/^https:\/\/example\.com\/x+uabcd\d+$/);
    expect(text).toHaveLength(long.length);
  });

  it('makes another number of a number, and keeps how it begins', async () => {
    const isbn = { pattern: '^978[0-9]{10}$' };
    const text = await changed(isbn, '9780000000002');
    expect(text).toMatch(/^9780\d{9}$/);
    expect(text).not.toBe('9780000000002');
    expect(text).not.toBe(await changed(isbn, '9780000000002'));
    expect(await changed({ pattern: '^[0-9]{2}$' }, '12')).toBe('12');
    const tax = { pattern: '^[A-Z]{2}[0-9]{9}$' };
    expect(await changed(tax, 'DE123456789')).toMatch(/^DE\d{9}$/);
    expect(await changed(tax, 'DE123456789')).not.toBe(await changed(tax, 'DE123456789'));
  });

  it('makes another code of a code', async () => {
    const code = { pattern: '^[A-Z]{1,3}-[0-9]{1,6}$' };
    expect(await changed(code, 'AB-12')).toMatch(/^AB-\d{6}$/);
    expect(await changed(code, 'AB-12')).not.toBe(await changed(code, 'AB-12'));
  });

  it('makes another code of the same form where there is no room for more digits', async () => {
    const code = { pattern: '^[A-Z]{2,4}-[0-9]{2}$' };
    expect(await changed(code, 'BER-01')).toMatch(/^[A-Z]{3}-\d\d$/);
    expect(await changed(code, 'BER-01')).not.toBe(await changed(code, 'BER-01'));
    expect(await changed({ pattern: '^[A-Z]{3}$' }, 'EUR')).toBe('EUR');
  });

  it('writes in capitals where nothing else may stand', async () => {
    expect(await changed({ pattern: '^[A-Z0-9-]{3,20}$' }, 'AB-1')).toMatch(/^AB-1UABCD\d+$/);
    expect(await changed({ pattern: '^[A-Z]{2,6}[0-9]{0,4}$' }, 'QXZRT')).toMatch(/^UABCD\d+$/);
  });

  it('makes another address of an address', async () => {
    expect(await changed({ format: 'email' }, 'ann@example.com')).toMatch(/^ann\.uabcd\d+@example\.com$/);
  });
});
