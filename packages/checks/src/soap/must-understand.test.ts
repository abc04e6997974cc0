import { describe, expect, it } from 'vitest';
import { judged, recorded } from '../kit/testing/recordings-for-tests.ts';
import { check } from './must-understand.ts';
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

  it.each([['header-unread', 'the fault MustUnderstand belongs there']] as const)('finds %s', async (flaw, words) => {
    const { status, findings } = await told(check, [flaw]);
    expect(status).toBe('failed');
    expect(findings[0]?.title).toContain(words);
  });

  it('is undecided when there was nothing to judge', () => {
    expect(judged(check, { asked: [], trouble: 'nothing was accepted' }).status).toBe('undecided');
  });
});
