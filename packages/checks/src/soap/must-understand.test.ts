import { describe, expect, it } from 'vitest';
import { answering, firstOf, judged, recorded } from '../kit/testing/recordings-for-tests.ts';
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

  it('blames no header where the message alone is refused the second time', () => {
    const one = firstOf(recorded(check, 'pass').asked);
    const refused = { ...one, optional: answering(one.optional, 500), mandatory: answering(one.optional, 500) };
    expect(judged(check, { asked: [refused], trouble: null }).findings).toHaveLength(2);
    expect(judged(check, { asked: [{ ...refused, isRepeatable: false }], trouble: null }).findings).toEqual([]);
  });

  it('is undecided when there was nothing to judge', () => {
    expect(judged(check, { asked: [], trouble: 'nothing was accepted' }).status).toBe('undecided');
  });
});
