import { expect, it } from 'vitest';
import { turn } from './turns-for-tests.ts';
import { wrongUnderLoad } from './wrong-answers.ts';

it('is one of a hundred that were looked at', () => {
  expect(wrongUnderLoad([turn({ answered: 1000, wrong: 10 }), turn()])).toBeNull();
  const few = { answered: 1000, wrong: 5, complaint: 'the body is no list' };
  expect(wrongUnderLoad([turn(few)])).toBeNull();
  expect(wrongUnderLoad([turn({ ...few, unseen: 950 })])).toBe('under load it answered wrongly: the body is no list');
});

it('is also what got no answer', () => {
  expect(wrongUnderLoad([turn({ answered: 100, failed: 1 })])).toBeNull();
  expect(wrongUnderLoad([turn({ answered: 100, failed: 3 })])).toBe('under load it answered wrongly: no answer came');
});
