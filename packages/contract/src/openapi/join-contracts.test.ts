import { describe, expect, test } from 'vitest';
import { inferShape } from '../shape/infer-shape.ts';
import type { Contract } from '../vocabulary/operation.ts';
import { Fault } from '../vocabulary/fault.ts';
import { joinContracts } from './join-contracts.ts';
import { readContract } from './read-contract.ts';

const wsdl = `<w:definitions xmlns:w="http://schemas.xmlsoap.org/wsdl/" xmlns:x="http://www.w3.org/2001/XMLSchema" xmlns:s="http://schemas.xmlsoap.org/wsdl/soap/" xmlns:t="urn:notes" targetNamespace="urn:notes" name="Notes">
<w:types><x:schema targetNamespace="urn:notes" elementFormDefault="qualified"><x:complexType name="Note"><x:sequence><x:element name="id" type="x:int"/><x:element name="text" type="x:string"/></x:sequence></x:complexType>
<x:element name="addNote"><x:complexType><x:sequence><x:element name="text" type="x:string"/></x:sequence></x:complexType></x:element><x:element name="addNoteResponse" type="t:Note"/>
<x:element name="getNote"><x:complexType><x:sequence><x:element name="id" type="x:int"/></x:sequence></x:complexType></x:element><x:element name="getNoteResponse" type="t:Note"/></x:schema></w:types>
${['addNote', 'getNote'].map((name) => `<w:message name="${name}"><w:part name="p" element="t:${name}"/></w:message><w:message name="${name}Response"><w:part name="p" element="t:${name}Response"/></w:message>`).join('')}
<w:portType name="P">${['addNote', 'getNote'].map((name) => `<w:operation name="${name}"><w:input message="t:${name}"/><w:output message="t:${name}Response"/></w:operation>`).join('')}</w:portType>
<w:binding name="B" type="t:P"><s:binding transport="http://schemas.xmlsoap.org/soap/http"/>${['addNote', 'getNote'].map((name) => `<w:operation name="${name}"><s:operation soapAction="${name}"/><w:input><s:body use="literal"/></w:input><w:output><s:body use="literal"/></w:output></w:operation>`).join('')}</w:binding>
<w:service name="Notes"><w:port name="NotesPort" binding="t:B"><s:address location="http://localhost/soap"/></w:port></w:service></w:definitions>`;

const rest = (note: object = { type: 'string' }): string =>
  JSON.stringify({
    openapi: '3.1.0',
    info: { title: 'Notes', version: '1' },
    paths: {
      '/notes': {
        post: {
          operationId: 'addNote',
          requestBody: {
            content: { 'application/json': { schema: { type: 'object', properties: { text: { type: 'string' } } } } },
          },
          responses: {
            201: {
              description: '',
              content: { 'application/json': { schema: { $ref: '#/components/schemas/Note' } } },
              links: { get: { operationId: 'getNote', parameters: { id: '$response.body#/id' } } },
            },
          },
        },
      },
      '/notes/{id}': {
        get: {
          operationId: 'getNote',
          parameters: [{ name: 'id', in: 'path', required: true, schema: { type: 'integer' } }],
          responses: { 200: { description: '' } },
        },
      },
    },
    components: { schemas: { Note: { type: 'object', properties: { id: { type: 'integer' }, text: note } } } },
  });

const soapFace = (): Contract => readContract({ path: 'notes.wsdl', text: wsdl });
const restFace = (note?: object): Contract => readContract({ path: 'openapi.json', text: rest(note) });
const idsOf = ({ operations }: Contract): readonly string[] => operations.map(({ id }) => id);

describe('contracts of one backend', () => {
  test('are one list of operations, each under a name of its own', () => {
    const joined = joinContracts([restFace(), soapFace()]);
    expect(idsOf(joined)).toEqual(['addNote', 'getNote', 'NotesPort.addNote', 'NotesPort.getNote']);
    expect(joined).toMatchObject({ source: 'openapi.json', format: 'openapi', title: 'Notes' });
  });

  test('keep their schemas apart', () => {
    const { definitions } = joinContracts([restFace(), soapFace()]);
    expect(Object.keys(definitions)).toEqual(
      expect.arrayContaining([...Object.keys(restFace().definitions), ...Object.keys(soapFace().definitions)]),
    );
  });

  test('have links that still lead to the operations of their own face when these are renamed', () => {
    const joined = joinContracts([soapFace(), restFace()]);
    expect(idsOf(joined)).toEqual(['addNote', 'getNote', 'Notes.addNote', 'Notes.getNote']);
    const [created] = joined.operations.find(({ id }) => id === 'Notes.addNote')?.responses ?? [];
    expect(created?.links.map(({ operation }) => operation)).toEqual(['Notes.getNote']);
  });

  test('have the resources of both faces, each made and read through its own', () => {
    for (const contracts of [
      [restFace(), soapFace()],
      [soapFace(), restFace()],
    ]) {
      const joined = joinContracts(contracts);
      const { resources, bindings } = inferShape(joined);
      expect(new Set(resources.map(({ name }) => name)).size).toBe(2);
      for (const { name, create, read } of resources) {
        const of = (id: string | null) => joined.operations.find((operation) => operation.id === id);
        expect(of(create)?.soap === null).toBe(of(read)?.soap === null);
        expect(bindings[read ?? '']).toEqual([{ target: 'path:id', resource: name }]);
      }
    }
  });

  test('are refused where one name means two things', () => {
    expect(idsOf(joinContracts([restFace(), restFace()]))).toEqual([
      'addNote',
      'getNote',
      'Notes.addNote',
      'Notes.getNote',
    ]);
    expect(() => joinContracts([restFace(), restFace({ type: 'integer' })])).toThrow(Fault);
    expect(() => joinContracts([restFace(), restFace({ type: 'integer' })])).toThrow(/both name Note/);
  });
});
