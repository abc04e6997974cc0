import type { ServerResponse } from 'node:http';
import {
  type Contract,
  envelopeOf,
  type Instance,
  openMessageValidator,
  readContract,
  readEnvelope,
  withSoapValue,
} from '@assay/contract';
import { type Asked, served } from '../kit/testing/served-for-tests.ts';

const operations = ['addNote', 'getNote', 'listNotes', 'deleteNote'] as const;
const one = '<x:complexType><x:sequence><x:element name="id" type="x:int"/></x:sequence></x:complexType>';
const note =
  '<x:complexType><x:sequence><x:element name="id" type="x:int"/><x:element name="text" type="x:string"/><x:element name="priority" type="x:int"/></x:sequence></x:complexType>';

export type Style = 'document' | 'rpc';

const text =
  '<x:simpleType name="Text"><x:restriction base="x:string"><x:minLength value="1"/><x:maxLength value="50"/></x:restriction></x:simpleType>';

/** By style: the types, and the parts of each message. */
const styles: Readonly<Record<Style, { readonly types: string; readonly parts: (message: string) => string }>> = {
  document: {
    types: `<x:schema targetNamespace="urn:notes" elementFormDefault="qualified">${text}
<x:element name="addNote"><x:complexType><x:sequence><x:element name="text" type="t:Text"/><x:element name="priority" type="x:int"/></x:sequence></x:complexType></x:element>
<x:element name="addNoteResponse">${note}</x:element>
<x:element name="getNote">${one}</x:element><x:element name="getNoteResponse">${note}</x:element>
<x:element name="listNotes"><x:complexType/></x:element>
<x:element name="listNotesResponse"><x:complexType><x:sequence><x:element name="note" minOccurs="0" maxOccurs="unbounded">${note}</x:element></x:sequence></x:complexType></x:element>
<x:element name="deleteNote">${one}</x:element><x:element name="deleteNoteResponse"><x:complexType/></x:element>
<x:element name="noSuchNote"><x:complexType/></x:element></x:schema>`,
    parts: (message) => `<w:part name="p" element="t:${message}"/>`,
  },
  rpc: {
    types: `<x:schema targetNamespace="urn:notes">${text}
<x:complexType name="Notes"><x:sequence><x:element name="note" minOccurs="0" maxOccurs="unbounded">${note}</x:element></x:sequence></x:complexType>
<x:element name="noSuchNote"><x:complexType/></x:element></x:schema>`,
    parts: (message) => {
      const id = '<w:part name="id" type="x:int"/>';
      const content = '<w:part name="text" type="t:Text"/><w:part name="priority" type="x:int"/>';
      if (message === 'addNote') return content;
      if (message === 'getNote' || message === 'deleteNote') return id;
      if (message === 'addNoteResponse' || message === 'getNoteResponse') return `${id}${content}`;
      return message === 'listNotesResponse' ? '<w:part name="notes" type="t:Notes"/>' : '';
    },
  },
};

/** A service for notes over SOAP 1.1 or 1.2. */
export function wsdlOf(version: '1.1' | '1.2' = '1.1', style: Style = 'document'): string {
  const soap = version === '1.1' ? 'http://schemas.xmlsoap.org/wsdl/soap/' : 'http://schemas.xmlsoap.org/wsdl/soap12/';
  const { types, parts } = styles[style];
  const body = '<s:body use="literal" namespace="urn:notes"/>';
  return `<w:definitions xmlns:w="http://schemas.xmlsoap.org/wsdl/" xmlns:x="http://www.w3.org/2001/XMLSchema" xmlns:s="${soap}" xmlns:t="urn:notes" targetNamespace="urn:notes" name="Notes">
<w:types>${types}</w:types>
${operations.map((name) => `<w:message name="${name}">${parts(name)}</w:message><w:message name="${name}Response">${parts(`${name}Response`)}</w:message>`).join('')}
<w:message name="noSuchNote"><w:part name="p" element="t:noSuchNote"/></w:message>
<w:portType name="P">${operations.map((name) => `<w:operation name="${name}"><w:input message="t:${name}"/><w:output message="t:${name}Response"/><w:fault name="noSuchNote" message="t:noSuchNote"/></w:operation>`).join('')}</w:portType>
<w:binding name="B" type="t:P"><s:binding style="${style}" transport="http://schemas.xmlsoap.org/soap/http"/>${operations.map((name) => `<w:operation name="${name}"><s:operation soapAction="urn:notes#${name}"/><w:input>${body}</w:input><w:output>${body}</w:output></w:operation>`).join('')}</w:binding>
<w:service name="Notes"><w:port name="NotesPort" binding="t:B"><s:address location="http://localhost/notes"/></w:port></w:service>
</w:definitions>`;
}

/** What is wrong with the service; nothing when left out. */
export type Flaw =
  | 'no-wsdl'
  | 'wsdl-in-a-file'
  | 'old-wsdl'
  | 'elements-swapped'
  | 'namespace-forgotten'
  | 'not-validated'
  | 'blames-itself'
  | 'answers-pages'
  | 'faults-with-200'
  | 'breaks-on-broken-xml'
  | 'detail-invalid'
  | 'goes-by-action'
  | 'named-by-body'
  | 'empty-when-crossed'
  | 'refuses-what-is-gone'
  | 'any-action'
  | 'action-without-quotes'
  | 'header-unread'
  | 'full-at-hundred'
  | 'always-full'
  | 'any-envelope';

/** The service as if all that answers is longer than what is read of it, and comes with its head alone. */
export function longAnswers(instance: Instance): Instance {
  return {
    ...instance,
    send: async (spec, options) => {
      const exchange = await instance.send(spec, options);
      const { response } = exchange;
      if (response === undefined || response.status !== 200 || !('text' in response.body)) return exchange;
      const { text } = response.body;
      const body = { ...response.body, text: text.slice(0, 300), truncatedFrom: text.length };
      return { ...exchange, response: { ...response, body } };
    },
  };
}

export interface NotesService {
  readonly contract: Contract;
  readonly instance: Instance;
}

/** The service over a real HTTP server, with flaws or without. It holds messages against its own schema. */
export async function notesService(
  flaws: readonly Flaw[] = [],
  version: '1.1' | '1.2' = '1.1',
  style: Style = 'document',
): Promise<NotesService> {
  const has = (flaw: Flaw) => flaws.includes(flaw);
  const contract = readContract({ path: 'notes.wsdl', text: wsdlOf(version, style) });
  const validator = await openMessageValidator(contract);
  const notes = new Map<number, { readonly text: string; readonly priority: string }>();
  let last = 0;
  const mediaType = version === '1.1' ? 'text/xml' : 'application/soap+xml';

  const send = (response: ServerResponse, status: number, body: string): void => {
    response.writeHead(status, { 'content-type': `${mediaType}; charset=utf-8` }).end(envelopeOf(version, body));
  };
  const refuse = (response: ServerResponse, code: string, reason: string, detail = ''): void => {
    if (has('answers-pages'))
      return void response.writeHead(400, { 'content-type': 'text/html' }).end(`<html><body>${reason}</body></html>`);
    const fault =
      version === '1.1'
        ? `<faultcode>soap:${code}</faultcode><faultstring>${reason}</faultstring>${detail === '' ? '' : `<detail>${detail}</detail>`}`
        : `<soap:Code><soap:Value>soap:${{ Client: 'Sender', Server: 'Receiver' }[code] ?? code}</soap:Value></soap:Code><soap:Reason><soap:Text xml:lang="en">${reason}</soap:Text></soap:Reason>${detail === '' ? '' : `<soap:Detail>${detail}</soap:Detail>`}`;
    send(response, has('faults-with-200') ? 200 : 500, `<soap:Fault>${fault}</soap:Fault>`);
  };
  const inside = (id: number): string => {
    const { text = '', priority = '0' } = notes.get(id) ?? {};
    const escaped = text
      .replaceAll('&', '&amp;')
      .replaceAll('<', '&lt;')
      .replaceAll('>', '&gt;')
      .replaceAll('\r', '&#13;');
    const parts = [`<id>${id}</id>`, `<text>${escaped}</text>`, `<priority>${priority}</priority>`];
    return (has('elements-swapped') ? parts.toReversed() : parts).join('');
  };

  const answer = ({ method, path, query, body, request }: Asked, response: ServerResponse): void => {
    if (method === 'GET') {
      const isAsked = has('wsdl-in-a-file') ? path === '/notes/notes.wsdl' : query.has('wsdl');
      if (has('no-wsdl') || !isAsked) return void response.writeHead(404).end();
      return void response
        .writeHead(200, { 'content-type': 'text/xml' })
        .end(
          has('old-wsdl')
            ? wsdlOf(version, style).replace(/<w:operation name="deleteNote">.*?<\/w:operation>/gs, '')
            : wsdlOf(version, style),
        );
    }
    const text = has('any-envelope')
      ? body.replace('http://www.w3.org/2099/soap-envelope', 'http://schemas.xmlsoap.org/soap/envelope/')
      : body;
    const envelope = readEnvelope(text);
    if (envelope.kind === 'none' && has('breaks-on-broken-xml') && /not well-formed/.test(envelope.reason))
      return void response.writeHead(500, { 'content-type': 'text/html' }).end('<h1>Internal error</h1>');
    if (envelope.kind === 'none' && /2099/.test(body)) return refuse(response, 'VersionMismatch', 'unknown version');
    if (envelope.kind !== 'answer') return refuse(response, 'Client', 'no message');
    if (!has('header-unread') && /mustUnderstand="(?:1|true)"/.test(body))
      return refuse(response, 'MustUnderstand', 'not understood');
    if (has('action-without-quotes') && request.headers.soapaction?.includes('"') === true)
      return refuse(response, 'Client', 'unknown action');
    const action = /#(\w+)"/.exec(request.headers.soapaction?.toString() ?? request.headers['content-type'] ?? '')?.[1];
    const name = has('goes-by-action') ? (action ?? '') : envelope.element.name;
    if (!has('goes-by-action') && !has('any-action') && action !== undefined && action !== name)
      return refuse(response, 'Client', 'the action is another');
    const operation = contract.operations.find(({ id }) => id === name);
    const violations = operation === undefined ? [{ message: 'unknown' }] : validator.violations(operation, text);
    if (!has('not-validated') && violations.length > 0)
      return refuse(response, has('blames-itself') ? 'Server' : 'Client', 'not valid');
    const field = (local: string): string => {
      const found = envelope.element.children.find((child) => typeof child !== 'string' && child.name === local);
      return found === undefined || typeof found === 'string'
        ? ''
        : found.children.filter((child) => typeof child === 'string').join('');
    };
    const id = Number(field('id'));
    const namespace = has('namespace-forgotten') ? '' : 'urn:notes';
    const called = has('named-by-body') ? envelope.element.name : name;
    const reply = (content: string): void =>
      send(
        response,
        200,
        style === 'document'
          ? `<${called}Response xmlns="${namespace}">${content}</${called}Response>`
          : `<n:${called}Response xmlns:n="${namespace || 'urn:forgotten'}">${name === 'listNotes' ? `<notes>${content}</notes>` : content}</n:${called}Response>`,
      );
    if (name === 'addNote' && (has('always-full') || (has('full-at-hundred') && Number(field('priority')) > 100)))
      return refuse(response, 'Client', 'there is no room for it');
    if (name === 'addNote') {
      notes.set((last += 1), { text: field('text'), priority: field('priority') || '0' });
      return reply(inside(last));
    }
    if (name === 'listNotes') return reply([...notes.keys()].map((each) => `<note>${inside(each)}</note>`).join(''));
    if (has('empty-when-crossed') && action !== undefined && action !== name) return reply('');
    if (!notes.has(id) && (!has('goes-by-action') || has('refuses-what-is-gone')))
      return refuse(
        response,
        'Client',
        'no such note',
        has('detail-invalid')
          ? '<n:noSuchNote xmlns:n="urn:notes"><n:id>1</n:id></n:noSuchNote>'
          : '<n:noSuchNote xmlns:n="urn:notes"/>',
      );
    if (name === 'deleteNote') notes.delete(id);
    reply(name === 'getNote' ? inside(id) : '');
  };
  const instance = await served(answer);
  return {
    contract,
    instance: {
      ...instance,
      send: async (spec, options) => withSoapValue(contract, await instance.send(spec, options)),
    },
  };
}
