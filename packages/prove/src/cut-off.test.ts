import { Fault } from '@assay/contract';
import { describe, expect, it } from 'vitest';
import { faultOf, whyCutOff } from './cut-off.ts';

const running = new AbortController().signal;
const stopped = AbortSignal.abort(new Fault('interrupted', 'Interrupted by SIGINT.'));

describe('whyCutOff', () => {
  it('says when it was interrupted, whatever the abort made fail', () => {
    expect(whyCutOff(new Error('socket hang up'), 'launch', stopped)).toBe(
      'The run was interrupted while the backend was started.',
    );
  });

  it('tells trouble with the surroundings, and what to do', () => {
    expect(whyCutOff(new Fault('postgres-unavailable', 'It is not here.', 'Install it.'), 'database', running)).toBe(
      'It is not here. Install it.',
    );
    expect(whyCutOff(new Fault('postgres-unavailable', 'It says:\nshut down', 'Wait.'), 'database', running)).toBe(
      'It says:\nshut down.\nWait.',
    );
  });

  it('leaves bad usage and defects to be thrown', () => {
    expect(whyCutOff(new Fault('bad-contract', 'It is odd.'), 'checks', running)).toBeNull();
    expect(whyCutOff(new Fault('internal', 'It is ours.'), 'checks', running)).toBeNull();
    expect(whyCutOff(new TypeError('undefined'), 'checks', running)).toBeNull();
  });
});

describe('faultOf', () => {
  it('is the interruption when there was one', () => {
    const error = new TypeError('undefined');
    expect(faultOf(error, running)).toBe(error);
    expect(faultOf(error, stopped)).toBe(stopped.reason);
    expect(faultOf(error, AbortSignal.abort())).toMatchObject({ code: 'interrupted' });
  });
});
