import type { Json } from '@assay/contract';
import { describe, expect, it } from 'vitest';
import { contractOf } from '../testing/scripted-for-tests.ts';
import { countTexts, withDoctype, withText, xmlContentOf, xmlDocument } from './xml-document.ts';

const schema = {
  type: 'object',
  xml: { name: 'notes' },
  properties: {
    note: {
      type: 'array',
      items: {
        type: 'object',
        properties: { slug: { type: 'string', xml: { attribute: true } }, title: { type: 'string' } },
      },
    },
    tags: { type: 'array', xml: { wrapped: true }, items: { type: 'string', xml: { name: 'tag' } } },
  },
};
const contract = contractOf({
  '/import': {
    post: {
      requestBody: { content: { 'application/xml': { schema, example: '<notes/>' } } },
      responses: { '200': { description: 'ok' } },
    },
  },
});
const [operation] = contract.operations;
const content = operation === undefined ? null : xmlContentOf(operation);
if (content === null) throw new Error('the contract takes XML');

it('writes a value as its schema says', () => {
  const value: Json = { note: [{ slug: 'a"b', title: 'x < y' }, { title: 'z' }], tags: ['p', 'q'] };
  expect(xmlDocument(contract, content, value)).toBe(
    '<?xml version="1.0" encoding="UTF-8"?>\n<notes><note slug="a&quot;b"><title>x &lt; y</title></note><note><title>z</title></note><tags><tag>p</tag><tag>q</tag></tags></notes>',
  );
});

it('takes the example where there is no value, and nothing where there is neither', () => {
  expect(xmlDocument(contract, content, undefined)).toBe('<notes/>');
  expect(xmlDocument(contract, { ...content, examples: [] }, undefined)).toBeNull();
});

describe('withDoctype and withText', () => {
  const document = '<?xml version="1.0"?>\n<a b="1"><c>one</c> <d>two</d></a>';

  it('put a document type in front of the root, after the declaration', () => {
    expect(withDoctype(document, '<!ENTITY e "f">')).toBe(
      '<?xml version="1.0"?>\n<!DOCTYPE a [<!ENTITY e "f">]><a b="1"><c>one</c> <d>two</d></a>',
    );
    expect(withDoctype('<a/>', '', 'http://x/y')).toBe('<!DOCTYPE a SYSTEM "http://x/y"><a/>');
  });

  it('replace one text between tags, or all', () => {
    expect(countTexts(document)).toBe(2);
    expect(withText(document, 1, '&e;')).toContain('<c>one</c> <d>&e;</d>');
    expect(withText(document, 'all', '&e;')).toContain('<c>&e;</c> <d>&e;</d>');
  });
});
