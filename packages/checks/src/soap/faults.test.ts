import { describe, expect, it } from 'vitest';
import { faulting, judged, recorded, todo } from '../kit/testing/recordings-for-tests.ts';
import { check } from './faults.ts';
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
    ['not-validated', 'answered 200 as if it were right although'],
    ['blames-itself', 'soap:Client belongs there'],
    ['answers-pages', 'its root is html'],
    ['breaks-on-broken-xml', 'although the message ends in its middle'],
    ['faults-with-200', 'a fault of SOAP 1.1 comes with 500'],
  ] as const)('finds %s', async (flaw, words) => {
    const { status, findings } = await told(check, [flaw]);
    expect(status).toBe('failed');
    expect(findings[0]?.title).toContain(words);
  });

  it('finds a service of style rpc that does not hold messages against its WSDL', async () => {
    expect((await told(check, ['not-validated'], '1.1', 'rpc')).status).toBe('failed');
  });

  it('tells a code that SOAP does not know from one that says that the server failed', () => {
    const [suspect] = recorded(check, 'fail').suspects;
    if (suspect === undefined) throw new Error('the recording holds none');
    const detail = (blames: 'server' | 'other') => {
      const exchange = faulting(suspect.exchange, { blames, code: 'a:Code' });
      return check.judge({ looked: 1, suspects: [{ ...suspect, exchange }] }, todo).findings[0]?.detail;
    };
    expect(detail('server')).toContain('a failure of the server');
    expect(detail('other')).toContain('one that SOAP does not know');
  });

  it('is undecided when there was nothing to judge', () => {
    expect(judged(check, { looked: 0, suspects: [] }).status).toBe('undecided');
  });
});
