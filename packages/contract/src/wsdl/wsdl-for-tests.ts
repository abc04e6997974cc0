import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';

/** Writes files into a new folder, and gives the path of the first. */
export function written(files: Readonly<Record<string, string>>): string {
  const folder = mkdtempSync(path.join(tmpdir(), 'assay-wsdl-'));
  for (const [name, text] of Object.entries(files)) writeFileSync(path.join(folder, name), text);
  return path.join(folder, Object.keys(files)[0] ?? '');
}

/** As Microsoft's tools write it: default namespaces, several ports, wrapped messages, arrays in a wrapper of their own. */
export const dotNet = `<?xml version="1.0" encoding="utf-8"?>
<wsdl:definitions xmlns:s="http://www.w3.org/2001/XMLSchema" xmlns:soap12="http://schemas.xmlsoap.org/wsdl/soap12/" xmlns:http="http://schemas.xmlsoap.org/wsdl/http/"
  xmlns:tns="http://tempuri.org/" xmlns:soap="http://schemas.xmlsoap.org/wsdl/soap/" xmlns:wsdl="http://schemas.xmlsoap.org/wsdl/" targetNamespace="http://tempuri.org/">
  <wsdl:types>
    <s:schema elementFormDefault="qualified" targetNamespace="http://tempuri.org/">
      <s:element name="AddBook"><s:complexType><s:sequence><s:element minOccurs="0" maxOccurs="1" name="book" type="tns:Book"/></s:sequence></s:complexType></s:element>
      <s:element name="AddBookResponse"><s:complexType><s:sequence><s:element minOccurs="1" name="AddBookResult" type="tns:Book"/></s:sequence></s:complexType></s:element>
      <s:element name="GetBook"><s:complexType><s:sequence><s:element minOccurs="1" name="bookId" type="s:int"/></s:sequence></s:complexType></s:element>
      <s:element name="GetBookResponse"><s:complexType><s:sequence><s:element minOccurs="0" name="GetBookResult" type="tns:Book"/></s:sequence></s:complexType></s:element>
      <s:element name="GetBooks"><s:complexType/></s:element>
      <s:element name="GetBooksResponse"><s:complexType><s:sequence><s:element minOccurs="0" name="GetBooksResult" type="tns:ArrayOfBook"/></s:sequence></s:complexType></s:element>
      <s:complexType name="ArrayOfBook"><s:sequence><s:element minOccurs="0" maxOccurs="unbounded" name="Book" nillable="true" type="tns:Book"/></s:sequence></s:complexType>
      <s:complexType name="Book"><s:sequence>
        <s:element minOccurs="0" name="BookId" type="s:int"/><s:element minOccurs="1" name="Title" type="s:string"/>
        <s:element minOccurs="1" name="Published" type="s:dateTime"/><s:element minOccurs="0" name="Sequel" type="tns:Book"/>
        <s:choice><s:element name="Isbn" type="s:string"/><s:element name="Issn" type="s:string"/></s:choice>
      </s:sequence><s:attribute name="lang" type="s:language"/></s:complexType>
    </s:schema>
  </wsdl:types>
  ${['AddBook', 'GetBook', 'GetBooks'].map((name) => `<wsdl:message name="${name}SoapIn"><wsdl:part name="parameters" element="tns:${name}"/></wsdl:message><wsdl:message name="${name}SoapOut"><wsdl:part name="parameters" element="tns:${name}Response"/></wsdl:message>`).join('\n  ')}
  <wsdl:portType name="BooksSoap">${['AddBook', 'GetBook', 'GetBooks'].map((name) => `<wsdl:operation name="${name}"><wsdl:input message="tns:${name}SoapIn"/><wsdl:output message="tns:${name}SoapOut"/></wsdl:operation>`).join('')}</wsdl:portType>
  <wsdl:portType name="BooksHttpGet"/>
  ${['soap', 'soap12'].map((soap) => `<wsdl:binding name="Books${soap}" type="tns:BooksSoap"><${soap}:binding transport="http://schemas.xmlsoap.org/soap/http"/>${['AddBook', 'GetBook', 'GetBooks'].map((name) => `<wsdl:operation name="${name}"><${soap}:operation soapAction="http://tempuri.org/${name}" style="document"/><wsdl:input><${soap}:body use="literal"/></wsdl:input><wsdl:output><${soap}:body use="literal"/></wsdl:output></wsdl:operation>`).join('')}</wsdl:binding>`).join('\n  ')}
  <wsdl:binding name="BooksHttp" type="tns:BooksHttpGet"><http:binding verb="GET"/></wsdl:binding>
  <wsdl:service name="Books">
    <wsdl:port name="BooksSoap" binding="tns:Bookssoap"><soap:address location="http://localhost:1234/Books.asmx"/></wsdl:port>
    <wsdl:port name="BooksSoap12" binding="tns:Bookssoap12"><soap12:address location="http://localhost:1234/Books.asmx"/></wsdl:port>
    <wsdl:port name="BooksHttpGet" binding="tns:BooksHttp"><http:address location="http://localhost:1234/Books.asmx"/></wsdl:port>
  </wsdl:service>
</wsdl:definitions>`;

/** Style rpc, without types, under a default namespace. */
export const rpc = (
  use = 'literal',
) => `<definitions xmlns="http://schemas.xmlsoap.org/wsdl/" xmlns:y="urn:calc" xmlns:q="http://www.w3.org/2001/XMLSchema"
  xmlns:sb="http://schemas.xmlsoap.org/wsdl/soap/" targetNamespace="urn:calc" name="Calc">
  <message name="in"><part name="a" type="q:int"/><part name="b" type="q:decimal"/></message>
  <message name="out"><part name="sum" type="q:decimal"/></message>
  <portType name="P"><operation name="add"><input message="y:in"/><output message="y:out"/></operation></portType>
  <binding name="B" type="y:P"><sb:binding style="rpc" transport="http://schemas.xmlsoap.org/soap/http"/>
    <operation name="add"><sb:operation soapAction=""/>
      <input><sb:body use="${use}" namespace="urn:calc:ops"/></input>
      <output><sb:body use="${use}" namespace="urn:calc:ops"/></output>
    </operation>
  </binding>
  <service name="S"><port name="Port" binding="y:B"><sb:address location="REPLACE_WITH_ACTUAL_URL"/></port></service>
</definitions>`;

/** What a document that imports all of its parts says in each of its files. */
export const imported: Readonly<Record<string, string>> = {
  'service.wsdl': `<w:definitions xmlns:w="http://schemas.xmlsoap.org/wsdl/" xmlns:a="urn:abstract" xmlns:c="urn:concrete" xmlns:s="http://schemas.xmlsoap.org/wsdl/soap12/" targetNamespace="urn:concrete">
  <w:import namespace="urn:abstract" location="abstract.wsdl"/>
  <w:binding name="B" type="a:P"><s:binding transport="http://schemas.xmlsoap.org/soap/http"/>
    <w:operation name="ping"><s:operation soapAction="urn:ping"/><w:input><s:body use="literal"/></w:input><w:output><s:body use="literal"/></w:output></w:operation></w:binding>
  <w:service name="S"><w:port name="Port" binding="c:B"><s:address location="http://x/ping?v=1"/></w:port></w:service>
</w:definitions>`,
  'abstract.wsdl': `<definitions xmlns="http://schemas.xmlsoap.org/wsdl/" xmlns:x="http://www.w3.org/2001/XMLSchema" xmlns:t="urn:types" xmlns:o="urn:other" xmlns:a="urn:abstract" targetNamespace="urn:abstract">
  <types>
    <x:schema targetNamespace="urn:other"><x:import namespace="urn:types"/><x:element name="pong" type="t:Pong"/></x:schema>
    <x:schema><x:import namespace="urn:types" schemaLocation="types.xsd"/><x:import namespace="urn:other"/></x:schema>
  </types>
  <message name="in"><part name="p" element="t:ping"/></message><message name="out"><part name="p" element="o:pong"/></message>
  <portType name="P"><operation name="ping"><input message="a:in"/><output message="a:out"/></operation></portType>
</definitions>`,
  'types.xsd': `<schema xmlns="http://www.w3.org/2001/XMLSchema" xmlns:t="urn:types" targetNamespace="urn:types" elementFormDefault="unqualified">
  <include schemaLocation="chameleon.xsd"/>
  <element name="ping"><complexType><sequence><group ref="t:Common"/><element name="who" type="t:Who" maxOccurs="3"/></sequence><attributeGroup ref="t:Meta"/></complexType></element>
  <group name="Common"><sequence><element name="at" type="date"/><element name="mood" minOccurs="0"><simpleType><restriction base="string"><enumeration value="good"/><enumeration value="bad"/></restriction></simpleType></element></sequence></group>
  <attributeGroup name="Meta"><attribute name="version" type="unsignedByte" use="required"/></attributeGroup>
  <complexType name="Pong"><complexContent><extension base="t:Base"><sequence><element name="text" type="token"/></sequence></extension></complexContent></complexType>
  <complexType name="Base"><sequence><element name="id" type="long"/></sequence></complexType>
</schema>`,
  'chameleon.xsd': `<xs:schema xmlns:xs="http://www.w3.org/2001/XMLSchema"><xs:complexType name="Who"><xs:simpleContent><xs:extension base="Name"><xs:attribute name="age" type="xs:int"/></xs:extension></xs:simpleContent></xs:complexType>
  <xs:simpleType name="Name"><xs:restriction base="xs:string"><xs:minLength value="1"/><xs:pattern value="[A-Z][a-z]{0,10}"/></xs:restriction></xs:simpleType></xs:schema>`,
};
