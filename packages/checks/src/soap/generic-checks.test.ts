import type { Check } from '@assay/contract';
import { describe, expect, test } from 'vitest';
import { check as acceptsValid } from '../contract/accepts-valid.ts';
import { check as noServerError } from '../contract/no-server-error.ts';
import { check as deleteIsFinal } from '../data/delete-is-final.ts';
import { check as roundTrip } from '../data/round-trip.ts';
import { told } from './told-for-tests.ts';

const checks = [acceptsValid, noServerError, roundTrip, deleteIsFinal] as readonly Check[];

describe('checks that know nothing of SOAP work over it', () => {
  test.each(checks.map((check) => [check.id, check] as const))('%s', async (_, check) => {
    expect(await told(check)).toMatchObject({ status: 'passed', findings: [] });
    expect(await told(check, [], '1.2')).toMatchObject({ status: 'passed', findings: [] });
  });
});
