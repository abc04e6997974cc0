import { writeFileSync } from 'node:fs';
import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { encodeRequest } from '../generate/encode-request.ts';
import { invalidRequests } from '../generate/invalid-requests.ts';
import { validRequests } from '../generate/requests.ts';
import { readContract, readContractFile } from '../openapi/read-contract.ts';
import { openMessageValidator } from '../soap/message-validator.ts';
import type { Contract } from '../vocabulary/operation.ts';
import { written } from './wsdl-for-tests.ts';

const read = (text: string) => readContract({ path: 'service.wsdl', text });

interface Told {
  /** Further schemas beside the one of `urn:depot`. */
  readonly schemas?: string;
  readonly schemaAttributes?: string;
  readonly style?: 'document' | 'rpc';
  readonly part?: string;
  readonly fault?: string;
  readonly portType?: string;
  readonly head?: string;
}

/** A service with one operation, `store`, whose schema is given. */
function depot(inside: string, told: Told = {}): string {
  return `${told.head ?? ''}<wsdl:definitions xmlns:wsdl="http://schemas.xmlsoap.org/wsdl/" xmlns:sp="http://schemas.xmlsoap.org/wsdl/soap/" xmlns:xs="http://www.w3.org/2001/XMLSchema" xmlns:d="urn:depot" xmlns:e="urn:extra" targetNamespace="urn:depot">
<wsdl:types>
<xs:schema targetNamespace="urn:depot"${told.schemaAttributes ?? ' elementFormDefault="qualified"'}>
${inside}
</xs:schema>
${told.schemas ?? ''}
</wsdl:types>
<wsdl:message name="in"><wsdl:part name="p" ${told.part ?? 'element="d:store"'}/></wsdl:message><wsdl:message name="out"/>
<wsdl:portType name="P"><wsdl:operation name="store"><wsdl:input message="d:in"/><wsdl:output message="d:out"/>${told.fault ?? ''}</wsdl:operation></wsdl:portType>
<wsdl:binding name="B" type="d:${told.portType ?? 'P'}"><sp:binding style="${told.style ?? 'document'}" transport="http://schemas.xmlsoap.org/soap/http"/>
<wsdl:operation name="store"><wsdl:input><sp:body use="literal" namespace="urn:depot"/></wsdl:input><wsdl:output><sp:body use="literal" namespace="urn:depot"/></wsdl:output></wsdl:operation></wsdl:binding>
<wsdl:service name="S"><wsdl:port name="Port" binding="d:B"><sp:address location="http://x/depot"/></wsdl:port></wsdl:service>
</wsdl:definitions>`;
}

/** The messages that are made to be valid: none of them is refused by the schemas of the document. */
async function valid(contract: Contract): Promise<readonly string[]> {
  using validator = await openMessageValidator(contract);
  return contract.operations.flatMap((operation) => {
    expect(validator.trouble(operation)).toBeNull();
    return fc.sample(validRequests(contract, operation), { numRuns: 40, seed: 11 }).map((request) => {
      const text = String(encodeRequest(operation, request).body);
      expect(validator.violations(operation, text)).toEqual([]);
      return text;
    });
  });
}

const storing = (content: string) =>
  `<xs:element name="store"><xs:complexType>${content}</xs:complexType></xs:element>`;
const sequence = (content: string) => storing(`<xs:sequence>${content}</xs:sequence>`);

describe('schemas of every build give messages that keep to them', () => {
  test.each([
    [
      'xs:all',
      storing(
        '<xs:all><xs:element name="a" type="xs:date"/><xs:element name="b" type="xs:int" minOccurs="0"/></xs:all>',
      ),
    ],
    [
      'lists and unions',
      `${sequence('<xs:element name="a" type="d:Sizes"/><xs:element name="b" type="d:Either"/>')}
<xs:simpleType name="Sizes"><xs:list itemType="xs:unsignedByte"/></xs:simpleType>
<xs:simpleType name="Either"><xs:union memberTypes="xs:gYear d:Never"/></xs:simpleType>
<xs:simpleType name="Never"><xs:restriction base="xs:string"><xs:enumeration value="never"/></xs:restriction></xs:simpleType>`,
    ],
    [
      'substitution groups',
      `${sequence('<xs:element ref="d:thing" maxOccurs="2"/>')}
<xs:element name="thing" type="d:Thing" abstract="true"/><xs:element name="crate" type="d:Crate" substitutionGroup="d:thing"/><xs:element name="drum" type="d:Thing" substitutionGroup="d:thing"/>
<xs:complexType name="Thing"><xs:sequence><xs:element name="weight" type="xs:decimal" nillable="true"/></xs:sequence></xs:complexType>
<xs:complexType name="Crate"><xs:complexContent><xs:extension base="d:Thing"><xs:sequence><xs:element name="wood" type="xs:token"/></xs:sequence><xs:attribute name="lid" type="xs:boolean" use="required"/></xs:extension></xs:complexContent></xs:complexType>`,
    ],
    [
      'restrictions of complex types',
      `${sequence('<xs:element name="shelf" type="d:Shelf"/>')}
<xs:complexType name="Rack"><xs:sequence><xs:element name="row" type="xs:int"/><xs:element name="note" type="xs:string" minOccurs="0"/></xs:sequence><xs:attribute name="hall" type="xs:NCName"/></xs:complexType>
<xs:complexType name="Shelf"><xs:complexContent><xs:restriction base="d:Rack"><xs:sequence><xs:element name="row" type="xs:int"/></xs:sequence></xs:restriction></xs:complexContent></xs:complexType>`,
    ],
    [
      'types that hold themselves',
      `${sequence('<xs:element name="box" type="d:Box"/>')}
<xs:complexType name="Box"><xs:sequence><xs:element name="mark" type="xs:string"/><xs:element name="inner" type="d:Box" minOccurs="0"/></xs:sequence></xs:complexType>`,
    ],
    [
      'choices that repeat',
      storing(
        '<xs:choice maxOccurs="4"><xs:element name="a" type="xs:int"/><xs:element name="b" type="xs:time"/></xs:choice>',
      ),
    ],
    [
      'bytes in hexadecimals',
      sequence(
        '<xs:element name="a"><xs:simpleType><xs:restriction base="xs:hexBinary"><xs:minLength value="3"/><xs:maxLength value="4"/></xs:restriction></xs:simpleType></xs:element>',
      ),
    ],
    [
      'choices between sequences that repeat',
      storing(
        '<xs:choice maxOccurs="unbounded"><xs:sequence><xs:element name="a" type="xs:int"/><xs:element name="b" type="xs:int"/></xs:sequence><xs:element name="c" type="xs:int"/></xs:choice>',
      ),
    ],
    [
      'abstract types, by what is derived from them',
      `${sequence('<xs:element name="load" type="d:Load" maxOccurs="2"/>')}
<xs:complexType name="Load" abstract="true"><xs:sequence><xs:element name="weight" type="xs:int"/></xs:sequence></xs:complexType>
<xs:complexType name="Bulk" abstract="true"><xs:complexContent><xs:extension base="d:Load"/></xs:complexContent></xs:complexType>
<xs:complexType name="Sand"><xs:complexContent><xs:extension base="d:Bulk"><xs:sequence><xs:element name="grain" type="xs:decimal"/></xs:sequence></xs:extension></xs:complexContent></xs:complexType>`,
    ],
    [
      'attributes of XML itself',
      storing(
        '<xs:sequence><xs:element name="a" type="xs:int"/></xs:sequence><xs:attribute ref="xml:lang"/><xs:attribute ref="xml:id" use="optional"/>',
      ),
    ],
    [
      'wildcards that must be there',
      sequence(
        '<xs:any processContents="lax"/><xs:element name="b" type="xs:int"/><xs:any namespace="##other" processContents="skip" minOccurs="2" maxOccurs="3"/>',
      ),
    ],
    ['wildcards for what is declared', `${sequence('<xs:any/>')}<xs:element name="label" type="xs:string"/>`],
    [
      'patterns with counts, hyphens and names',
      `${sequence('<xs:element name="a" type="d:Uuid"/><xs:element name="b" type="d:Phone"/><xs:element name="c" type="d:Word"/>')}
<xs:simpleType name="Uuid"><xs:restriction base="xs:token"><xs:length value="13"/><xs:pattern value="[0-9a-f]{8}-[0-9a-f]{4}"/></xs:restriction></xs:simpleType>
<xs:simpleType name="Phone"><xs:restriction base="xs:string"><xs:pattern value="\\d{3}\\-\\d{4}"/></xs:restriction></xs:simpleType>
<xs:simpleType name="Word"><xs:restriction base="xs:string"><xs:pattern value="\\w{1,8}\\s\\w{1,8}"/></xs:restriction></xs:simpleType>`,
    ],
  ])('%s', async (_, inside) => {
    const texts = await valid(read(depot(inside)));
    expect(texts).toHaveLength(40);
  });

  test('what is made to be invalid is', async () => {
    const contract = read(
      depot(
        `${sequence('<xs:element name="a" type="d:Uuid"/><xs:element name="n" type="xs:int"/><xs:choice><xs:element name="x" type="xs:date"/><xs:element name="y" type="xs:boolean"/></xs:choice>')}
<xs:simpleType name="Uuid"><xs:restriction base="xs:token"><xs:pattern value="[0-9a-f]{8}-[0-9a-f]{4}"/></xs:restriction></xs:simpleType>`,
      ),
    );
    const [operation] = contract.operations;
    if (operation === undefined) throw new Error('no operation');
    using validator = await openMessageValidator(contract);
    const made = fc.sample(invalidRequests(contract, operation), { numRuns: 80, seed: 5 });
    const refused = made.flatMap((request) =>
      validator.violations(operation, String(encodeRequest(operation, request).body)).slice(0, 1),
    );
    expect(refused.length).toBeGreaterThan(60);
    expect(new Set(made.map(({ violation }) => violation.pointer)).size).toBeGreaterThan(3);
    // The counts of a pattern are part of it, namespaces are not.
    expect(refused.map(({ message }) => message).join('\n')).toContain("the pattern '[0-9a-f]{8}-[0-9a-f]{4}'");
    expect(refused.map(({ message }) => message).join('\n')).not.toContain('{urn:depot}');
  });
});

describe('what generators forget and other readers forgive', () => {
  const extra =
    '<xs:schema targetNamespace="urn:extra"><xs:simpleType name="Kind"><xs:restriction base="xs:string"><xs:enumeration value="k"/></xs:restriction></xs:simpleType></xs:schema>';
  const kind = '<xs:element name="kind" type="e:Kind"/>';

  test.each([
    ['an import', depot(sequence(kind), { schemas: extra })],
    [
      'that a schema cannot import itself',
      depot(`<xs:import namespace="urn:depot"/><xs:import namespace="urn:extra"/>${sequence(kind)}`, {
        schemas: extra,
      }),
    ],
    [
      'that it was declared before',
      depot(sequence(kind), {
        schemas: `${extra}${extra}<xs:schema targetNamespace="urn:depot">${sequence('<xs:element name="other" type="xs:int"/>')}</xs:schema>`,
      }),
    ],
    [
      'that nothing can refer to what is not there',
      depot(
        `${sequence(kind)}<xs:element name="unused" type="d:Never"/><xs:complexType name="Words"><xs:complexContent><xs:restriction base="c:Array" xmlns:c="http://schemas.xmlsoap.org/soap/encoding/"><xs:attribute ref="c:arrayType"/></xs:restriction></xs:complexContent></xs:complexType><xs:element name="list" type="d:Words"/>`,
        { schemas: extra },
      ),
    ],
  ])('%s', async (_, text) => {
    expect((await valid(read(text))).every((each) => each.includes('>k<'))).toBe(true);
  });

  test('that a call of style rpc is named like an element', async () => {
    const text = depot(sequence('<xs:element name="n" type="xs:int"/>'), { style: 'rpc', part: 'type="xs:date"' });
    expect((await valid(read(text))).every((each) => /<n:store [^>]*><p>\d{4}-/.test(each))).toBe(true);
  });

  test('a schema of the network that only a header uses: the operation stays', async () => {
    const contract = read(
      depot(
        `<xs:import namespace="urn:far" schemaLocation="http://far.example/far.xsd"/>${sequence('<xs:element name="n" type="xs:int"/>')}`,
      ),
    );
    expect(contract.problems.map(({ message }) => message)).toEqual([
      'the imported schema http://far.example/far.xsd cannot be read: it is not a local file, and nothing is fetched from the network. Save it as a file beside the WSDL and name that file here',
    ]);
    expect(await valid(contract)).toHaveLength(40);
  });

  test('a fault of a message that is not there: the operation stays', () => {
    const contract = read(
      depot(sequence('<xs:element name="n" type="xs:int"/>'), { fault: '<wsdl:fault name="full" message="d:full"/>' }),
    );
    expect(contract.operations.map(({ soap }) => soap?.faults)).toEqual([[]]);
    expect(contract.problems.map(({ message }) => message)).toEqual([
      'the fault full is left out: there is no message `d:full` in the namespace urn:depot',
    ]);
  });

  test('a message without a part has an empty body', async () => {
    const text = depot('').replace('<wsdl:part name="p" element="d:store"/>', '');
    expect((await valid(read(text))).every((each) => each.includes('<soap:Body></soap:Body>'))).toBe(true);
  });

  test('an encoding of one byte for a sign, which the XML declaration names', () => {
    const file = written({ 'service.wsdl': '' });
    const text = depot(sequence('<xs:element name="größe" type="xs:int"/>'), {
      head: '<?xml version="1.0" encoding="ISO-8859-1"?>\n',
    });
    writeFileSync(file, Buffer.from(text, 'latin1'));
    expect(JSON.stringify(readContractFile(file).definitions)).toContain('größe');
  });

  test('a hundred comments before the root take no time', () => {
    const comments = Array.from({ length: 100 }, (_, index) => `<!-- ${index} --> `).join('');
    expect(read(depot(sequence('<xs:element name="n" type="xs:int"/>'), { head: comments })).operations).toHaveLength(
      1,
    );
  });

  test('a message of three hundred members is violated within seconds', () => {
    const members = Array.from(
      { length: 300 },
      (_, index) => `<xs:element name="m${index}" type="xs:int" minOccurs="0"/>`,
    );
    const contract = read(depot(sequence(members.join(''))));
    const [operation] = contract.operations;
    if (operation === undefined) throw new Error('no operation');
    expect(fc.sample(invalidRequests(contract, operation), { numRuns: 3, seed: 1 })).toHaveLength(3);
  }, 30_000);
});

describe('what cannot be read is refused where it stands', () => {
  const plain = sequence('<xs:element name="n" type="xs:int"/>');
  test.each([
    [
      'a port type that is not there',
      depot(plain, { portType: 'Q' }),
      'service.wsdl:10:1: there is no portType `d:Q` in the namespace urn:depot',
    ],
    [
      'a group that holds itself',
      depot(
        `${storing('<xs:group ref="d:G"/>')}\n<xs:group name="G"><xs:sequence><xs:group ref="d:G"/></xs:sequence></xs:group>`,
      ),
      'service.wsdl:5:33: the operation store is left out: the group G holds itself',
    ],
    [
      'a wildcard for nothing that there is',
      depot(sequence('<xs:any namespace="urn:nowhere"/>')),
      'service.wsdl:4:55: the operation store is left out: xs:any asks for an element that the schemas declare',
    ],
    [
      'a type of a schema of the network',
      depot(
        `<xs:import namespace="urn:extra" schemaLocation="http://far.example/far.xsd"/>${sequence('<xs:element name="n" type="e:T"/>')}`,
      ),
      'service.wsdl:4:1: the imported schema http://far.example/far.xsd cannot be read: it is not a local file',
    ],
    [
      'a DataSet',
      depot(sequence('<xs:element ref="xs:schema"/><xs:any/>')),
      'the operation store is left out: a DataSet of .NET carries its schema along',
    ],
    [
      'an entity',
      depot(plain.replace('xs:int', '&type;'), { head: '<!DOCTYPE d [<!ENTITY type "xs:int">]>\n' }),
      'service.wsdl:5:',
    ],
    [
      'a type that is abstract',
      depot(`${sequence('<xs:element name="n" type="d:T"/>')}\n<xs:complexType name="T" abstract="true"/>`),
      'service.wsdl:5:1: the operation store is left out: the type T is abstract, and no type is derived from it',
    ],
    ['an element for style rpc', depot(plain, { style: 'rpc' }), 'with style rpc, elements cannot be parts'],
  ])('%s', (_, text, message) => {
    expect(() => read(text)).toThrow(message);
  });

  test('an imported file that is broken is named with its own line, and not asked for again', () => {
    const file = written({
      'service.wsdl': depot(`<xs:import namespace="urn:extra" schemaLocation="extra.xsd"/>${plain}`),
      'extra.xsd': '<xs:schema xmlns:xs="http://www.w3.org/2001/XMLSchema">\n<xs:element></xs:schema>',
    });
    const message =
      /service\.wsdl:4:1: the imported schema extra\.xsd cannot be read: extra\.xsd:2:\d+: this is not well-formed XML/;
    expect(() => readContractFile(file, { strict: true })).toThrow(message);
    expect(() => readContractFile(file, { strict: true })).not.toThrow('beside the WSDL');
  });
});
