import { describe, expect, it } from 'vitest';
import { unexplained } from './trial.ts';
import { trialOf } from './trials-for-tests.ts';

describe('unexplained', () => {
  it('accepts what one of the two orders leaves', () => {
    expect(unexplained(trialOf({ a: 'A', b: 'B' }))).toBeNull();
    expect(
      unexplained(trialOf({ a: 'A', b: 'B' }, { serial: [{ a: 'A' }, { a: 'A' }, { a: 'B' }], facts: { a: 'B' } })),
    ).toBeNull();
  });

  it('names what is as in neither order', () => {
    expect(unexplained(trialOf({ a: 'A', b: 'B' }, { facts: { a: 'A', b: 'old' } }))).toEqual({
      kind: 'lost',
      names: ['b'],
    });
  });

  it('leaves out what the two requests alone do not decide', () => {
    const serial = [
      { a: '1', at: '5' },
      { a: '1', at: '6' },
      { a: '1', at: '7' },
    ] as const;
    expect(unexplained(trialOf({}, { serial, facts: { a: '1', at: '8' } }))).toBeNull();
  });

  it('loses nothing of what never moved in turn', () => {
    const serial = [
      { sum: '10', seconds: '0' },
      { sum: '10', seconds: '0' },
      { sum: '10', seconds: '0' },
    ] as const;
    expect(unexplained(trialOf({}, { serial, facts: { sum: '10', seconds: '1' } }), 'movements')).toBeNull();
    expect(unexplained(trialOf({}, { serial, facts: { sum: '5', seconds: '1' } }), 'movements')).toEqual({
      kind: 'lost',
      names: ['sum'],
    });
    // As what a thing holds, nothing is something.
    expect(unexplained(trialOf({ count: '0' }, { facts: { count: '1' } }))).toMatchObject({ kind: 'lost' });
  });

  it('says nothing when one of them was refused', () => {
    expect(unexplained(trialOf({ a: 'A' }, { facts: { a: 'old' }, statuses: [200, 409] }))).toBeNull();
  });

  it('knows two that were accepted where in turn one is refused', () => {
    expect(unexplained(trialOf({}, { serialStatuses: [200, 412] }))).toEqual({ kind: 'both-accepted' });
    // 202 says that whoever does it will decide.
    expect(unexplained(trialOf({}, { serialStatuses: [202, 409], statuses: [202, 202] }))).toBeNull();
  });
});
