import { writeFileSync } from 'node:fs';
import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import { encodeRequest } from '../generate/encode-request.ts';
import { validRequests } from '../generate/requests.ts';
import { readContract, readContractFile } from '../openapi/read-contract.ts';
import { openMessageValidator } from '../soap/message-validator.ts';
import type { Contract } from '../vocabulary/operation.ts';
import { written } from './wsdl-for-tests.ts';

/** A service with one operation, which is asked with `inside` and knows `types`. */
function shop(inside: string, types = '', name = 'store'): string {
  return `<w:definitions xmlns:w="http://schemas.xmlsoap.org/wsdl/" xmlns:s="http://schemas.xmlsoap.org/wsdl/soap/" xmlns:x="http://www.w3.org/2001/XMLSchema" xmlns:t="urn:shop" targetNamespace="urn:shop">
<w:types><x:schema targetNamespace="urn:shop" elementFormDefault="qualified">${types}
<x:element name="in"><x:complexType>${inside}</x:complexType></x:element>
<x:element name="out"><x:complexType><x:sequence><x:element name="o" type="x:string" maxOccurs="unbounded"/></x:sequence></x:complexType></x:element></x:schema></w:types>
<w:message name="in"><w:part name="p" element="t:in"/></w:message><w:message name="out"><w:part name="p" element="t:out"/></w:message>
<w:portType name="P"><w:operation name="${name}"><w:input message="t:in"/><w:output message="t:out"/></w:operation></w:portType>
<w:binding name="B" type="t:P"><s:binding transport="http://schemas.xmlsoap.org/soap/http"/><w:operation name="${name}"><w:input><s:body use="literal"/></w:input><w:output><s:body use="literal"/></w:output></w:operation></w:binding>
<w:service name="S"><w:port name="Port" binding="t:B"><s:address location="http://x/shop"/></w:port></w:service></w:definitions>`;
}

const read = (text: string): Contract => readContract({ path: 'service.wsdl', text });
const sequence = (content: string) => `<x:sequence>${content}</x:sequence>`;
const one = (type: string) => sequence(`<x:element name="v" type="${type}"/>`);
const simple = (base: string, facets: string) =>
  `<x:simpleType name="T"><x:restriction base="${base}">${facets}</x:restriction></x:simpleType>`;
const derived = (name: string, base: string, kind: 'simple' | 'complex', content = '') =>
  `<x:complexType name="${name}"><x:${kind}Content><x:extension base="${base}">${content}</x:extension></x:${kind}Content></x:complexType>`;
const round = '<x:element name="round" type="x:string" abstract="true" substitutionGroup="t:shape"/>';

test.each([
  ['whole numbers with a pattern', one('t:T'), simple('x:int', '<x:pattern value="[1-9][0-9]{4}"/>')],
  ['decimals with a pattern', one('t:T'), simple('x:decimal', '<x:pattern value="[0-9]{1,11}\\.[0-9]{2}"/>')],
  [
    'long lists',
    one('t:T'),
    `<x:simpleType name="L"><x:list itemType="x:int"/></x:simpleType>${simple('t:L', '<x:minLength value="7"/><x:maxLength value="8"/>')}`,
  ],
  ['fixed numbers', '<x:attribute name="version" type="x:decimal" fixed="1.3" use="required"/>', ''],
  ['fixed truths', sequence('<x:element name="v" type="x:boolean" fixed="true"/>'), ''],
  [
    'what a global attribute is fixed to',
    '<x:attribute ref="t:kind" use="required"/>',
    '<x:attribute name="kind" type="x:string" fixed="K"/>',
  ],
  [
    'substitutes of substitutes, and none that is abstract',
    sequence('<x:element ref="t:shape"/>'),
    `<x:element name="shape" type="x:string" abstract="true"/><x:element name="circle" type="x:string" substitutionGroup="t:round"/>${round}`,
  ],
  [
    'a type that stands before the abstract one that it is derived from',
    one('t:Animal'),
    `${derived('Cat', 't:Mammal', 'complex')}${derived('Mammal', 't:Animal', 'complex').replace('name=', 'abstract="true" name=')}<x:complexType name="Animal" abstract="true">${one('x:int')}</x:complexType>`,
  ],
  [
    'abstract types of simple content',
    one('t:M'),
    `${derived('M', 'x:string', 'simple').replace('name=', 'abstract="true" name=')}${derived('N', 't:M', 'simple')}`,
  ],
  [
    'attributes that a restriction prohibits',
    one('t:R'),
    `<x:complexType name="B"><x:attribute name="q" type="x:int"/></x:complexType><x:complexType name="R"><x:complexContent><x:restriction base="t:B"><x:attribute name="q" use="prohibited"/></x:restriction></x:complexContent></x:complexType>`,
  ],
  ['several names', one('x:IDREFS'), ''],
])('messages are valid: %s', async (_, inside, types) => {
  await holds(read(shop(inside, types)));
});

test('a wrapper of filters is there although none of them is', async () => {
  const filters = ['page', 'size'].map((name) => `<x:element name="${name}" type="x:int" minOccurs="0"/>`).join('');
  const wrapper = `<x:element name="filter"><x:complexType>${sequence(filters)}</x:complexType></x:element>`;
  const contract = read(shop(sequence(wrapper), '', 'listOrders'));
  expect(contract.operations[0]?.parameters.map(({ name }) => name)).toEqual(['page', 'size']);
  await holds(contract);
});

test('a schemaLocation is a URI, or what tools of Windows take for one', () => {
  const include = (place: string) => `<x:include schemaLocation="${place}"/>`;
  const types = (name: string) =>
    `<x:schema xmlns:x="http://www.w3.org/2001/XMLSchema" targetNamespace="urn:shop"><x:simpleType name="${name}"><x:restriction base="x:int"/></x:simpleType></x:schema>`;
  const file = written({
    'service.wsdl': shop(one('t:A'), include('one%20type.xsd') + include('.\\other.xsd')),
    'one type.xsd': types('A'),
    'other.xsd': types('B'),
  });
  expect(readContractFile(file).problems).toEqual([]);
});

/** All messages that are made to be valid are so by the schemas of the document. */
async function holds(contract: Contract): Promise<void> {
  expect(contract.problems).toEqual([]);
  using validator = await openMessageValidator(contract);
  const [operation] = contract.operations;
  if (operation === undefined) throw new Error('no operation');
  for (const request of fc.sample(validRequests(contract, operation), { numRuns: 30, seed: 3 }))
    expect(validator.violations(operation, String(encodeRequest(operation, request).body))).toEqual([]);
}

test('a document in UTF-16 is read without a mark as well', () => {
  const file = written({ 'service.wsdl': '' });
  writeFileSync(file, Buffer.from(`<?xml version="1.0" encoding="utf-16"?>${shop(one('x:int'))}`, 'utf16le'));
  expect(readContractFile(file).problems).toEqual([]);
});

test('what is redefined can be compiled', async () => {
  const base = `<x:schema xmlns:x="http://www.w3.org/2001/XMLSchema" xmlns:t="urn:shop" targetNamespace="urn:shop" elementFormDefault="qualified">${simple('x:string', '<x:minLength value="3"/>')}</x:schema>`;
  const redefine = `<x:redefine schemaLocation="base.xsd">${simple('t:T', '<x:maxLength value="4"/>')}</x:redefine>`;
  await holds(readContractFile(written({ 'service.wsdl': shop(one('t:T'), redefine), 'base.xsd': base })));
});

test('what libxml2 sees where there is nothing is not told', async () => {
  const text = simple('x:string', '<x:pattern value="[\\p{L} ]+"/>');
  const contract = read(shop(sequence('<x:element name="d" type="x:date"/><x:element name="t" type="t:T"/>'), text));
  using validator = await openMessageValidator(contract);
  const [operation] = contract.operations;
  if (operation === undefined) throw new Error('no operation');
  const told = (date: string, name: string) =>
    validator.violations(
      operation,
      `<e:Envelope xmlns:e="http://schemas.xmlsoap.org/soap/envelope/"><e:Body><in xmlns="urn:shop"><d>${date}</d><t>${name}</t></in></e:Body></e:Envelope>`,
    );
  expect(told('\n 2024-01-01\n', '日本語')).toEqual([]);
  expect(told('2024-13-01', 'Ann 1')).toHaveLength(2);
});

test('chains of substitutes and of abstract types, the last first, are followed once', () => {
  const numbers = Array.from({ length: 400 }, (_, i) => i);
  const elements = numbers.map(
    (i) =>
      `<x:element name="e${i}" type="x:string" abstract="${String(i < 399)}" ${i === 0 ? '' : `substitutionGroup="t:e${i - 1}"`}/>`,
  );
  const types = numbers.map((i) => {
    const inside = i === 0 ? '' : `<x:complexContent><x:extension base="t:T${i - 1}"/></x:complexContent>`;
    return `<x:complexType name="T${i}" abstract="${String(i < 399)}">${inside}</x:complexType>`;
  });
  const asked = numbers.map((i) => `<x:element ref="t:e${i}"/><x:element name="v${i}" type="t:T${i}"/>`);
  const { operations } = read(shop(sequence(asked.join('')), [...elements, ...types].reverse().join('')));
  expect(operations).toHaveLength(1);
});
