import { type Check, inferShape } from '@assay/contract';
import { describe, expect, test } from 'vitest';
import { check as acceptsValid } from '../contract/accepts-valid.ts';
import { check as noServerError } from '../contract/no-server-error.ts';
import { check as deleteIsFinal } from '../data/delete-is-final.ts';
import { check as roundTrip } from '../data/round-trip.ts';
import { check as indexed } from '../queries/indexed.ts';
import { check as malformedHttp } from '../resilience/malformed-http.ts';
import { check as recovers } from '../resilience/recovers-from-database-restart.ts';
import { check as slowClients } from '../resilience/slow-clients.ts';
import { told } from './told-for-tests.ts';
import { notesService } from './service-for-tests.ts';

const checks = [acceptsValid, noServerError, roundTrip, deleteIsFinal] as readonly Check[];
const readers = [indexed, malformedHttp, recovers, slowClients] as readonly Check[];

describe('checks that know nothing of SOAP work over it', () => {
  test.each(checks.map((check) => [check.id, check] as const))('%s', async (_, check) => {
    expect(await told(check)).toMatchObject({ status: 'passed', findings: [] });
    expect(await told(check, [], '1.2')).toMatchObject({ status: 'passed', findings: [] });
    expect(await told(check, [], '1.1', 'rpc')).toMatchObject({ status: 'passed', findings: [] });
  });

  test('a refusal for how things stand is none of the message, where other messages are taken', async () => {
    expect(await told(acceptsValid, ['full-at-hundred'])).toMatchObject({ status: 'passed', findings: [] });
    expect((await told(acceptsValid, ['always-full'])).findings).toMatchObject([{ key: 'addNote 500' }]);
  });

  // Over HTTP everything there is a POST: what reads is known by its name.
  test.each(readers.map((check) => [check.id, check] as const))('%s has something to read', async (_, check) => {
    const { contract } = await notesService();
    const shape = inferShape(contract);
    expect(check.applies(contract, shape, null)).toEqual({ applies: true });
    const writing = contract.operations.filter(({ soap }) => soap?.effect === 'create' || soap?.effect === 'remove');
    expect(check.applies({ ...contract, operations: writing }, shape, null)).toMatchObject({ applies: false });
  });
});
