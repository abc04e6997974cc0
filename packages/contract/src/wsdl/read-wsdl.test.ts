import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { encodeRequest } from '../generate/encode-request.ts';
import { invalidRequests } from '../generate/invalid-requests.ts';
import { validRequests } from '../generate/requests.ts';
import { readContract, readContractFile } from '../openapi/read-contract.ts';
import { inferShape } from '../shape/infer-shape.ts';
import { openMessageValidator } from '../soap/message-validator.ts';
import { withSoapValue } from '../soap/with-value.ts';
import { dotNet, imported, rpc, written } from './wsdl-for-tests.ts';

const read = (text: string) => readContract({ path: 'service.wsdl', text });

describe('documents of the wild', () => {
  test.each([
    ['of Microsoft', () => read(dotNet), ['AddBook', 'GetBook', 'GetBooks']],
    ['of style rpc without types', () => read(rpc()), ['add']],
    ['that import everything', () => readContractFile(written(imported)), ['ping']],
  ])('%s are read, and their messages are what the schema says', async (_, contractOf, ids) => {
    const contract = contractOf();
    expect(contract.operations.map(({ id }) => id)).toEqual(ids);
    using validator = await openMessageValidator(contract);
    for (const operation of contract.operations) {
      expect(validator.trouble(operation)).toBeNull();
      fc.assert(
        fc.property(validRequests(contract, operation), (request) => {
          expect(validator.violations(operation, String(encodeRequest(operation, request).body))).toEqual([]);
        }),
        { numRuns: 60, seed: 7 },
      );
    }
  });

  test('what violates the schema by its value mostly does so in XML', async () => {
    const contract = read(rpc());
    const [operation] = contract.operations;
    if (operation === undefined) throw new Error('no operation');
    using validator = await openMessageValidator(contract);
    const bad = fc.sample(invalidRequests(contract, operation), { numRuns: 60, seed: 3 });
    const refused = bad.filter(
      (request) => validator.violations(operation, String(encodeRequest(operation, request).body)).length > 0,
    );
    expect(refused.length).toBeGreaterThan(30);
  });

  test('of several ports with the same operations one is judged, and the others are told', () => {
    expect(read(dotNet).problems.map(({ message }) => message)).toEqual([
      'the port BooksSoap12 is left out: BooksSoap offers the same operations over SOAP 1.1',
      'the port BooksHttpGet is left out: its binding is not SOAP over HTTP',
    ]);
  });

  test('names and types tell what creates, reads and lists', () => {
    const { resources, bindings } = inferShape(read(dotNet));
    expect(resources).toMatchObject([
      {
        create: 'AddBook',
        read: 'GetBook',
        idParameter: 'bookId',
        idPointer: '/BookId',
        lists: [{ operation: 'GetBooks', items: '/Book' }],
      },
    ]);
    expect(bindings['GetBook']).toEqual([{ target: 'path:bookId', resource: 'book' }]);
  });

  test('an answer is read as a value, and a fault as a fault', () => {
    const contract = read(dotNet);
    const answered = (body: string, status = 200) =>
      withSoapValue(contract, {
        id: 'e-1',
        operation: 'GetBook',
        check: 'c',
        instance: 'i-1',
        request: { method: 'POST', target: '/Books.asmx', headers: [] },
        response: {
          status,
          reason: '',
          headers: [],
          body: {
            text: `<e:Envelope xmlns:e="http://schemas.xmlsoap.org/soap/envelope/"><e:Body>${body}</e:Body></e:Envelope>`,
          },
        },
        startedAt: 0,
        durationMs: 1,
      }).response;
    const book =
      '<GetBookResponse xmlns="http://tempuri.org/"><GetBookResult lang="de"><BookId>7</BookId><Title>a &amp; b</Title></GetBookResult></GetBookResponse>';
    expect(answered(book)?.body).toMatchObject({ value: { BookId: 7, Title: 'a & b', lang: 'de' } });
    expect(
      answered('<e:Fault><faultcode>e:Client.NotFound</faultcode><faultstring>no</faultstring></e:Fault>', 500)?.fault,
    ).toMatchObject({
      blames: 'client',
      code: 'e:Client.NotFound',
      reason: 'no',
      declared: false,
    });
    const wcf = 'http://schemas.microsoft.com/net/2005/12/windowscommunicationfoundation/dispatcher';
    const blames = (code: string, namespace = 'urn:own') =>
      answered(`<e:Fault><faultcode xmlns:a="${namespace}">${code}</faultcode><faultstring/></e:Fault>`, 500)?.fault
        ?.blames;
    expect(blames('a:InternalServiceFault', wcf)).toBe('server');
    expect(blames('a:DeserializationFailed', wcf)).toBe('client');
    expect(blames('a:ActionNotSupported', 'http://schemas.microsoft.com/ws/2005/05/addressing/none')).toBe('client');
    expect(['a:InternalServiceFault', 'a:NotFound', 'NotFound', 'Client'].map((code) => blames(code))).toEqual(
      Array(4).fill('other'),
    );
    expect([blames('Server'), blames('e:Server.Busy')]).toEqual(['server', 'server']);
  });
});

describe('what cannot be read is refused with its line', () => {
  test.each([
    ['SOAP encoding', rpc('encoded'), 'service.wsdl:8:14: the operation add is left out: use="encoded" is not read'],
    [
      'a part of a type that is not there',
      rpc().replace('q:decimal"/></message>\n  <message', 'y:Money"/></message>\n  <message'),
      'service.wsdl:3:51: the operation add is left out: there is no type `Money` in the namespace urn:calc',
    ],
    [
      'a prefix that is not declared',
      rpc().replace('binding="y:B"', 'binding="z:B"'),
      'service.wsdl:12:21: the prefix of `z:B` is not declared',
    ],
    [
      'an import from the network',
      imported['service.wsdl']?.replace('abstract.wsdl', 'http://example.com/a.wsdl') ?? '',
      'service.wsdl:2:3: the imported document http://example.com/a.wsdl cannot be read: it is not a local file',
    ],
    ['broken XML', '<definitions xmlns="http://schemas.xmlsoap.org/wsdl/">\n<types></definitions>', 'service.wsdl:2:'],
    [
      'WSDL 2.0',
      '<description xmlns="http://www.w3.org/ns/wsdl"/>',
      'service.wsdl:1:1: this is neither an OpenAPI 3 document nor a WSDL 1.1: it is a WSDL 2.0',
    ],
  ])('%s', (_, text, message) => {
    expect(() => read(text)).toThrow(message);
  });
});
