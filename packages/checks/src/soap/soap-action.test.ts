import type { Instance } from '@assay/contract';
import { describe, expect, it } from 'vitest';
import { judged, recorded } from '../kit/testing/recordings-for-tests.ts';
import { withFields } from '../kit/soap/envelope-edits.ts';
import { check } from './soap-action.ts';
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

  it.each([['goes-by-action', 'with addNoteResponse: the body asks for getNote']] as const)(
    'finds %s',
    async (flaw, words) => {
      const { status, findings } = await told(check, [flaw, 'not-validated']);
      expect(status).toBe('failed');
      expect(findings[0]?.title).toContain(words);
    },
  );

  describe('when an answer is named after the body, and holds what the action names', () => {
    const flaws = ['goes-by-action', 'named-by-body', 'not-validated', 'refuses-what-is-gone'] as const;

    it('finds a list under the name of one', async () => {
      const { findings } = await told(check, flaws);
      expect(findings.map(({ title }) => title)).toEqual([
        'POST /notes (getNote) answered 200 with getNoteResponse, and in it what listNotes answers: the body asks for getNote, and the SOAPAction of listNotes ran listNotes',
      ]);
    });

    it('finds nothing left by an action that deletes', async () => {
      const unlisted = (instance: Instance): Instance => ({
        ...instance,
        send: (spec, options) =>
          instance.send(
            JSON.stringify(spec.headers).includes('#listNotes') ? withFields(spec, { soapaction: '""' }) : spec,
            options,
          ),
      });
      const { findings } = await told(check, flaws, '1.1', 'document', unlisted);
      expect(findings[0]?.title).toContain('and in it what deleteNote answers');
    });

    it('does not take an empty answer for one while what was asked for is there', async () => {
      const kept = flaws.filter((flaw) => flaw !== 'goes-by-action');
      expect(await told(check, [...kept, 'any-action', 'empty-when-crossed'])).toMatchObject({ findings: [] });
    });
  });

  it('passes a service that goes by the body and does not look at the action', async () => {
    expect(await told(check, ['any-action'])).toMatchObject({ status: 'passed', findings: [] });
  });

  it('finds an action that is taken only without its quotes', async () => {
    const { status, findings } = await told(check, ['action-without-quotes']);
    expect(status).toBe('failed');
    expect(findings[0]?.title).toContain('with its SOAPAction in quotes, and answers it without them');
  });

  it('is undecided when there was nothing to judge', () => {
    expect(judged(check, { asked: [], trouble: 'nothing was accepted', alike: 0 }).status).toBe('undecided');
  });
});
