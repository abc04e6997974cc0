import type { Contract, Operation } from '@assay/contract';
import { expect, it } from 'vitest';
import { wsdlPlaces } from './wsdl-places.ts';

const contract = { source: '/contracts/countries.v2.wsdl', title: 'Countries' } as Contract;
const operations = [{ soap: { port: 'CountriesPortSoap11' } }] as unknown as readonly Operation[];

it('asks the address first, and then for a file of each name that the service goes by', () => {
  expect(wsdlPlaces(contract, '/ws', operations)).toEqual([
    '/ws?wsdl',
    '/ws.wsdl',
    '/ws/countries.v2.wsdl',
    '/ws/Countries.wsdl',
    '/ws/countries.wsdl',
    '/ws/CountriesPortSoap11.wsdl',
    '/ws/countriesPortSoap11.wsdl',
  ]);
  expect(wsdlPlaces({ ...contract, title: 'two words' }, '/', []).slice(0, 2)).toEqual([
    '/?wsdl',
    '/countries.v2.wsdl',
  ]);
  expect(wsdlPlaces(contract, '/soap.php?version=2', operations)).toEqual(['/soap.php?version=2&wsdl']);
});

it('asks the address above as well, where WCF has it for all endpoints of a service', () => {
  expect(wsdlPlaces(contract, '/Notes.svc/basic', []).slice(-2)).toEqual(['/Notes.svc?wsdl', '/Notes.svc/wsdl']);
});
