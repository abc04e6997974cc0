import { expect, test } from 'vitest';
import { readContract } from '../openapi/read-contract.ts';
import { inferShape } from './infer-shape.ts';

const hold =
  '<x:complexType name="Hold"><x:sequence><x:element name="HoldId" type="x:int"/><x:element name="Seats" type="x:int"/></x:sequence></x:complexType>';

/** A service that lists holds, with one more operation that answers a hold. */
function holdsWith(operation: string, asked: string) {
  const messages = { ListHolds: '', [operation]: asked };
  const elements = Object.entries(messages).map(
    ([
      name,
      content,
    ]) => `<x:element name="${name}"><x:complexType><x:sequence>${content}</x:sequence></x:complexType></x:element>
<x:element name="${name}Response"><x:complexType><x:sequence><x:element name="Hold" type="d:Hold"${name === 'ListHolds' ? ' minOccurs="0" maxOccurs="unbounded"' : ''}/></x:sequence></x:complexType></x:element>`,
  );
  const each = (write: (name: string) => string) => Object.keys(messages).map(write).join('');
  return inferShape(
    readContract({
      path: 'holds.wsdl',
      text: `<definitions xmlns="http://schemas.xmlsoap.org/wsdl/" xmlns:s="http://schemas.xmlsoap.org/wsdl/soap/" xmlns:x="http://www.w3.org/2001/XMLSchema" xmlns:d="urn:d" targetNamespace="urn:d">
<types><x:schema targetNamespace="urn:d" elementFormDefault="qualified">${elements.join('')}${hold}</x:schema></types>
${each((name) => `<message name="${name}"><part name="p" element="d:${name}"/></message><message name="${name}Response"><part name="p" element="d:${name}Response"/></message>`)}
<portType name="P">${each((name) => `<operation name="${name}"><input message="d:${name}"/><output message="d:${name}Response"/></operation>`)}</portType>
<binding name="B" type="d:P"><s:binding transport="http://schemas.xmlsoap.org/soap/http"/>${each((name) => `<operation name="${name}"><input><s:body use="literal"/></input><output><s:body use="literal"/></output></operation>`)}</binding>
</definitions>`,
    }),
  ).resources.map(({ name, create, idPointer }) => ({ name, create, idPointer }));
}

const seats = '<x:element name="Seats" type="x:int"/>';

test('a verb of its own that answers a thing with an id that was not asked for makes that thing', () => {
  expect(holdsWith('Reserve', seats)).toEqual([{ name: 'holds', create: 'Reserve', idPointer: '/HoldId' }]);
});

test('one that takes the id acts on a thing that is there', () => {
  expect(holdsWith('Confirm', `<x:element name="HoldId" type="x:int"/>${seats}`)).toEqual([
    { name: 'holds', create: null, idPointer: null },
  ]);
});
