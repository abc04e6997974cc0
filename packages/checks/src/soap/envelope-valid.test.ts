import { describe, expect, it } from 'vitest';
import { judged, recorded } from '../kit/testing/recordings-for-tests.ts';
import { check } from './envelope-valid.ts';
import { longAnswers } from './service-for-tests.ts';
import { told } from './told-for-tests.ts';

describe(check.id, () => {
  it('judges what was recorded', () => {
    expect(judged(check, recorded(check, 'pass'))).toMatchObject({ status: 'passed', findings: [] });
    expect(judged(check, recorded(check, 'fail')).status).toBe('failed');
  });

  it('passes a service that keeps to its WSDL, in both versions and styles of SOAP', async () => {
    expect(await told(check)).toMatchObject({ status: 'passed', findings: [] });
    expect(await told(check, [], '1.2')).toMatchObject({ status: 'passed', findings: [] });
    expect(await told(check, [], '1.1', 'rpc')).toMatchObject({ status: 'passed', findings: [] });
  });

  it.each([
    ['elements-swapped', 'This element is not expected'],
    [
      'detail-invalid',
      "with a detail that is not as the WSDL has it: Element 'noSuchNote': Element content is not allowed",
    ],
    ['namespace-forgotten', 'its body holds addNoteResponse in the namespace (none)'],
  ] as const)('finds %s', async (flaw, words) => {
    const { status, findings } = await told(check, [flaw]);
    expect(status).toBe('failed');
    expect(findings[0]?.title).toContain(words);
  });

  it('says nothing of answers that were read only in part', async () => {
    const { status, reason } = await told(check, [], '1.1', 'document', longAnswers);
    expect({ status, reason }).toEqual({
      status: 'passed',
      reason: expect.stringMatching(/^\d+ answers held against the schema$/),
    });
  });

  it('is undecided when there was nothing to judge', () => {
    expect(judged(check, { looked: 0, invalid: [], trouble: [] }).status).toBe('undecided');
  });
});
