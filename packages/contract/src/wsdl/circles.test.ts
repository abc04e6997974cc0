import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { encodeRequest } from '../generate/encode-request.ts';
import { validRequests } from '../generate/requests.ts';
import { readContract, readContractFile } from '../openapi/read-contract.ts';
import type { Contract } from '../vocabulary/operation.ts';
import { written } from './wsdl-for-tests.ts';

/** A service with the operations `store` and `fetch`: what the first takes is given. */
function depot(inside: string): string {
  const operations = ['store', 'fetch'];
  const each = (write: (name: string) => string) => operations.map(write).join('');
  return `<wsdl:definitions xmlns:wsdl="http://schemas.xmlsoap.org/wsdl/" xmlns:sp="http://schemas.xmlsoap.org/wsdl/soap/" xmlns:xs="http://www.w3.org/2001/XMLSchema" xmlns:d="urn:depot" targetNamespace="urn:depot">
<wsdl:types><xs:schema targetNamespace="urn:depot" elementFormDefault="qualified">
${inside}
<xs:element name="fetch" type="xs:int"/>
</xs:schema></wsdl:types>
${each((name) => `<wsdl:message name="${name}"><wsdl:part name="p" element="d:${name}"/></wsdl:message>`)}<wsdl:message name="out"/>
<wsdl:portType name="P">${each((name) => `<wsdl:operation name="${name}"><wsdl:input message="d:${name}"/><wsdl:output message="d:out"/></wsdl:operation>`)}</wsdl:portType>
<wsdl:binding name="B" type="d:P"><sp:binding style="document" transport="http://schemas.xmlsoap.org/soap/http"/>
${each((name) => `<wsdl:operation name="${name}"><wsdl:input><sp:body use="literal"/></wsdl:input><wsdl:output><sp:body use="literal"/></wsdl:output></wsdl:operation>`)}</wsdl:binding>
<wsdl:service name="S"><wsdl:port name="Port" binding="d:B"><sp:address location="http://x/depot"/></wsdl:port></wsdl:service>
</wsdl:definitions>`;
}

const read = (text: string) => readContract({ path: 'service.wsdl', text });
const extending = (name: string, base: string, content = '') =>
  `<xs:complexType name="${name}"><xs:complexContent><xs:extension base="d:${base}">${content}</xs:extension></xs:complexContent></xs:complexType>`;
const holding = (attributes: string) =>
  `<xs:element name="store"><xs:complexType>${attributes}</xs:complexType></xs:element>`;

function bodies(contract: Contract): readonly string[] {
  const operation = contract.operations.find(({ id }) => id === 'store');
  if (operation === undefined) throw new Error('no operation');
  return fc
    .sample(validRequests(contract, operation, { mode: 'plain' }), { numRuns: 20, seed: 5 })
    .map((request) => String(encodeRequest(operation, request).body));
}

describe('a circle leaves out one operation', () => {
  test.each([
    [
      'a type of itself',
      `<xs:element name="store" type="d:A"/>${extending('A', 'A')}`,
      'the type A is derived from itself',
    ],
    [
      'two types of each other',
      `<xs:element name="store" type="d:A"/>${extending('A', 'B')}${extending('B', 'A')}`,
      'the type A is derived from itself',
    ],
    [
      'an attribute group in itself',
      `${holding('<xs:attributeGroup ref="d:G"/>')}<xs:attributeGroup name="G"><xs:attributeGroup ref="d:G"/></xs:attributeGroup>`,
      'the group G holds itself',
    ],
  ])('%s', (_, inside, reason) => {
    const { operations, problems } = read(depot(inside));
    expect(operations.map(({ id }) => id)).toEqual(['fetch']);
    expect(problems.map(({ message }) => message)).toEqual([`the operation store is left out: ${reason}`]);
  });
});

test('a type whose elements are of types that are derived from it is no circle', () => {
  const inside = ['Left', 'Right']
    .map((name) => `<xs:element name="${name}" type="d:${name}" minOccurs="0"/>`)
    .join('');
  const node = `<xs:complexType name="Node"><xs:sequence>${inside}</xs:sequence></xs:complexType>`;
  const contract = read(
    depot(`<xs:element name="store" type="d:Node"/>${node}${extending('Left', 'Node')}${extending('Right', 'Node')}`),
  );
  expect(contract.problems).toEqual([]);
  expect(bodies(contract).some((body) => body.includes('Right'))).toBe(true);
});

test('what redefines a type or a group has what it redefines inside', () => {
  const redefined = `<xs:redefine schemaLocation="base.xsd">${extending('Crate', 'Crate', '<xs:sequence><xs:element name="lid" type="xs:int"/></xs:sequence>')}
<xs:attributeGroup name="Marks"><xs:attributeGroup ref="d:Marks"/><xs:attribute name="late" type="xs:int" use="required"/></xs:attributeGroup>
<xs:simpleType name="Word"><xs:restriction base="d:Word"><xs:maxLength value="4"/></xs:restriction></xs:simpleType></xs:redefine>
<xs:element name="store" type="d:Crate"/>`;
  const base = `<xs:schema xmlns:xs="http://www.w3.org/2001/XMLSchema" xmlns:d="urn:depot" targetNamespace="urn:depot" elementFormDefault="qualified">
<xs:complexType name="Crate"><xs:sequence><xs:element name="wood" type="d:Word"/></xs:sequence><xs:attributeGroup ref="d:Marks"/></xs:complexType>
<xs:attributeGroup name="Marks"><xs:attribute name="early" type="xs:int" use="required"/></xs:attributeGroup>
<xs:simpleType name="Word"><xs:restriction base="xs:string"><xs:minLength value="3"/></xs:restriction></xs:simpleType></xs:schema>`;
  const contract = readContractFile(written({ 'service.wsdl': depot(redefined), 'base.xsd': base }));
  expect(contract.problems).toEqual([]);
  for (const body of bodies(contract)) {
    expect(body).toMatch(/early="[^>]*late="|late="[^>]*early="/);
    expect(body).toMatch(/wood[^>]*>.{3,4}<\/n:wood>.*lid>/su);
  }
});

test('an element that is named as a member of every object is written', () => {
  const members = ['constructor', 'toString'].map((name) => `<xs:element name="${name}" type="xs:int"/>`).join('');
  const contract = read(
    depot(holding(`<xs:sequence>${members}<xs:element name="valueOf" type="xs:int" minOccurs="0"/></xs:sequence>`)),
  );
  for (const body of bodies(contract)) expect(body).toMatch(/constructor>.*toString>/su);
});

test('groups that multiply until nobody could read them leave out one operation', () => {
  const groups = Array.from({ length: 8 }, (_, level) => {
    const inside = level === 7 ? '<xs:element name="a" type="xs:int"/>' : `<xs:group ref="d:g${level + 1}"/>`.repeat(7);
    return `<xs:group name="g${level}"><xs:sequence>${inside}</xs:sequence></xs:group>`;
  }).join('');
  const contract = read(depot(`${groups}${holding('<xs:group ref="d:g0"/>')}`));
  expect(contract.operations.map(({ id }) => id)).toEqual(['fetch']);
});
