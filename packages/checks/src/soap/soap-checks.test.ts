import type { Check } from '@assay/contract';
import { describe, expect, test } from 'vitest';
import { check as roundTrip } from '../data/round-trip.ts';
import { check as deletes } from '../data/delete-is-final.ts';
import { check as accepts } from '../contract/accepts-valid.ts';
import { check as noServerError } from '../contract/no-server-error.ts';
import { judged } from '../kit/recordings-for-tests.ts';
import { contextOf } from '../kit/scripted-for-tests.ts';
import { check as envelopeValid } from './envelope-valid.ts';
import { check as faults } from './faults.ts';
import { check as mustUnderstand } from './must-understand.ts';
import { type Flaw, notesService } from './service-for-tests.ts';
import { check as soapAction } from './soap-action.ts';
import { check as versionMismatch } from './version-mismatch.ts';
import { check as wsdlServed } from './wsdl-served.ts';

async function told<E>(check: Check<E>, flaws: readonly Flaw[], version: '1.1' | '1.2' = '1.1') {
  const { contract, instance } = await notesService(flaws, version);
  let words = 0;
  const base = contextOf(contract, instance);
  const random = { ...base.random, unique: (prefix: string) => `${prefix}${(words += 1)}` };
  const context = contextOf(contract, instance, { random });
  expect(check.applies(contract, context.shape, null)).toEqual({ applies: true });
  return judged(check, await check.probe(context), contract);
}

const checks: readonly Check[] = [
  wsdlServed,
  envelopeValid,
  faults,
  soapAction,
  mustUnderstand,
  versionMismatch,
  accepts,
  noServerError,
  roundTrip,
  deletes,
] as readonly Check[];

describe('a service that keeps to its WSDL passes', () => {
  test.each(checks.flatMap((check) => [[check.id, '1.1', check] as const, [check.id, '1.2', check] as const]))(
    '%s, SOAP %s',
    async (_, version, check) => {
      const { status, findings, reason } = await told(check, [], version);
      expect({ findings, reason }).toEqual({ findings: [], reason: expect.any(String) });
      expect(status).toBe('passed');
    },
  );
});

describe('a service that does not fails', () => {
  test.each([
    ['no-wsdl', wsdlServed, 'GET /notes?wsdl answered 404, where its WSDL belongs'],
    ['old-wsdl', wsdlServed, 'GET /notes?wsdl answered 200 with a WSDL that does not know deleteNote'],
    ['elements-swapped', envelopeValid, 'This element is not expected'],
    ['namespace-forgotten', envelopeValid, 'its body holds addNoteResponse in the namespace (none)'],
    ['not-validated', faults, 'answered 200 as if it were right although'],
    ['blames-itself', faults, 'soap:Client belongs there'],
    ['answers-pages', faults, 'its root is html'],
    ['faults-with-200', faults, 'a fault of SOAP 1.1 comes with 500'],
    ['goes-by-action', soapAction, 'ran'],
    ['header-unread', mustUnderstand, 'the fault MustUnderstand belongs there'],
    ['any-envelope', versionMismatch, 'the fault VersionMismatch belongs there'],
  ] as readonly (readonly [Flaw, Check, string])[])('%s', async (flaw, check, words) => {
    const flaws: readonly Flaw[] = flaw === 'goes-by-action' ? [flaw, 'not-validated'] : [flaw];
    const { status, findings } = await told(check, flaws);
    expect(status).toBe('failed');
    expect(findings[0]?.title).toContain(words);
  });
});
