import type { Json } from '@assay/contract';
import { describe, expect, it } from 'vitest';
import { answering, firstOf, judged, recorded } from '../kit/recordings-for-tests.ts';
import { check } from './charset.ts';

describe(check.id, () => {
  const passing = recorded(check, 'pass');
  const written = firstOf(passing.written);
  const created = (body: Json, type = 'application/json') => ({
    ...passing,
    written: [{ ...written, created: answering(written.created, 201, { body, headers: { 'content-type': type } }) }],
  });

  it('passes a backend that keeps text of any script', () => {
    expect(judged(check, passing)).toMatchObject({
      status: 'passed',
      reason: '1 resource written and read with text of four scripts',
    });
  });

  it('tells of a body that is decoded piece by piece', () => {
    expect(judged(check, recorded(check, 'fail')).findings).toEqual([
      {
        severity: 'medium',
        key: 'createTodo pieces',
        title: 'createTodo answered 400 when its body arrived in two pieces, and took the same body whole',
      },
    ]);
  });

  it('tells of a character that was broken between two pieces', () => {
    const split = { status: 201, body: { title: 'Grüße, \ufffd\ufffd字 🎉' } };
    expect(judged(check, { ...passing, written: [{ ...written, split }] }).findings).toMatchObject([
      { key: 'createTodo pieces /title' },
    ]);
  });

  it('tells of text that came back in another encoding', () => {
    expect(judged(check, created({ title: 'GrÃ¼Ã\u009fe' })).findings).toMatchObject([
      { key: 'createTodo text /title' },
    ]);
    expect(judged(check, created({ title: 'Gr??e, ?? ?' })).findings).toMatchObject([
      { key: 'createTodo text /title' },
    ]);
  });

  it('tells of a response that claims another encoding', () => {
    const claims = created({ title: 'Grüße, 漢字 🎉' }, 'application/json; charset=ISO-8859-1');
    expect(judged(check, claims).findings).toEqual([
      {
        severity: 'medium',
        key: 'createTodo claimed',
        title: 'POST /todos answered 201 and claims its JSON to be in ISO-8859-1',
      },
    ]);
  });

  it.each(['application/json; charset=UTF-8', 'application/json;charset="utf-8"', 'application/problem+json'])(
    'does not mind %s',
    (type) => {
      expect(judged(check, created({ title: 'Grüße, 漢字 🎉' }, type)).status).toBe('passed');
    },
  );

  it('does not mind decomposed or lower-case text, nor a place that does not come back', () => {
    expect(
      judged(check, created({ title: 'GRÜSSE, 漢字 🎉'.replace('SS', 'ß').toLowerCase().normalize('NFD') })).status,
    ).toBe('passed');
    expect(judged(check, created({ id: 1 })).status).toBe('passed');
    expect(judged(check, created([])).status).toBe('passed');
  });

  it('is undecided when nothing could be written', () => {
    expect(judged(check, { written: [], trouble: null })).toMatchObject({ status: 'undecided' });
  });
});
