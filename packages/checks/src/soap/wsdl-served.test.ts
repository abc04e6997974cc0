import { describe, expect, it } from 'vitest';
import { judged, recorded } from '../kit/testing/recordings-for-tests.ts';
import { longAnswers } from './service-for-tests.ts';
import { told } from './told-for-tests.ts';
import { check } from './wsdl-served.ts';

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

  it('takes it from a file of the address as well, as Spring-WS gives it', async () => {
    expect(await told(check, ['wsdl-in-a-file'])).toMatchObject({ status: 'passed', findings: [] });
    expect((await told(check, ['wsdl-in-a-file', 'old-wsdl'])).findings).toMatchObject([
      { title: 'GET /notes/notes.wsdl answered 200 with a WSDL that does not know deleteNote' },
    ]);
  });

  it('does not mind a WSDL that is too long to be read whole', async () => {
    expect(await told(check, [], '1.1', 'document', longAnswers)).toMatchObject({ status: 'passed', findings: [] });
  });

  it.each([
    ['no-wsdl', 'GET /notes?wsdl answered 404, where its WSDL belongs'],
    ['old-wsdl', 'GET /notes?wsdl answered 200 with a WSDL that does not know deleteNote'],
  ] as const)('finds %s', async (flaw, words) => {
    const { status, findings } = await told(check, [flaw]);
    expect(status).toBe('failed');
    expect(findings[0]?.title).toContain(words);
  });

  it('is undecided when there was nothing to judge', () => {
    expect(judged(check, { served: [] }).status).toBe('undecided');
  });
});
