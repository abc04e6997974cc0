import { type Exchange, type Operation, readContract, type SoapFault } from '@assay/contract';
import { describe, expect, it } from 'vitest';
import { wsdlOf } from '../../soap/service-for-tests.ts';
import type { Probe } from '../exploration/explore.ts';
import { exchangeOf, faulting } from '../testing/recordings-for-tests.ts';
import { isOneWay } from './messages.ts';
import { isAboutHeaders, lacksHeaders, saysNothing } from './refusals.ts';

const [operation] = readContract({ path: 'notes.wsdl', text: wsdlOf() }).operations;
if (operation?.soap === null || operation === undefined) throw new Error('no operation over SOAP');
const asking: Operation = { ...operation, soap: { ...operation.soap, headers: ['Auth'] } };

const answer = exchangeOf('POST /notes', 200);
const refusal = (code: string): Exchange => faulting(answer, { code });
const fault = (code: string): SoapFault => {
  const found = refusal(code).response?.fault;
  if (found === undefined) throw new Error('no fault');
  return found;
};
const probe = (kind: 'valid' | 'unknown-id', exchange: Exchange): Probe => ({
  operation: asking.id,
  intent: { kind },
  exchange,
  unbound: false,
  repeats: false,
  ended: false,
});

describe('an operation says nothing of how it refuses', () => {
  it('where it refuses all and asks for a header that is not sent', () => {
    const refused = [probe('valid', refusal('soap:Server')), probe('unknown-id', refusal('soap:Client'))];
    expect(lacksHeaders(asking, refused)).toBe(true);
    expect(saysNothing(asking, refused)).toContain('it asks for the header Auth');
    expect(saysNothing(operation, refused)).toBeNull();
    expect(lacksHeaders(asking, [...refused, probe('valid', answer)])).toBe(false);
    expect(lacksHeaders(asking, [...refused, { ...probe('valid', answer), operation: 'another' }])).toBe(true);
  });

  it('where it refuses what is valid with the same code', () => {
    const refused = [probe('valid', refusal('Closed')), probe('unknown-id', refusal('Closed'))];
    expect(saysNothing(operation, refused)).toContain('the valid ones too');
    expect(saysNothing(operation, [...refused, probe('valid', answer)])).toBeNull();
  });

  it('where nothing is served', () => {
    const missing = probe('valid', exchangeOf('POST /notes', 404));
    expect(saysNothing(operation, [missing])).toBe('nothing is served at /notes');
    expect(saysNothing(operation, [missing, probe('valid', answer)])).toBeNull();
  });
});

it('knows the codes that speak of the header', () => {
  expect(
    ['wsse:InvalidSecurity', 'soap:Client.Authentication', 'soap:Client'].map((code) => isAboutHeaders(fault(code))),
  ).toEqual([true, true, false]);
});

it('knows what nothing comes back of', () => {
  const [response] = operation.responses;
  if (response === undefined || operation.soap === null) throw new Error('no response');
  const silent = { ...operation, soap: { ...operation.soap, output: null } };
  expect(isOneWay(silent)).toBe(false);
  expect(isOneWay({ ...silent, responses: [{ ...response, status: '202' }] })).toBe(true);
});
