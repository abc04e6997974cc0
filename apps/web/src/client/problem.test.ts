import { expect, it } from 'vitest';
import { ApiProblem } from './problem.ts';

it('says what the server said', () => {
  const problem = new ApiProblem(422, {
    title: 'Cannot be done',
    detail: 'The folder /x holds no backend.',
    code: 'not-a-backend',
    fix: 'Add an assay.yaml.',
    errors: [{ pointer: '/folder', message: 'is not there' }, { pointer: 7 }],
  });
  expect(problem.message).toBe('The folder /x holds no backend.');
  expect(problem).toMatchObject({ status: 422, code: 'not-a-backend', fix: 'Add an assay.yaml.' });
  expect(problem.fields).toEqual([{ pointer: '/folder', message: 'is not there' }]);
});

it.each([[null], ['<html>'], [{ detail: 3 }], [{ errors: 'none' }]])('makes do with %j', (body) => {
  expect(new ApiProblem(502, body)).toMatchObject({ message: 'The server answered 502.', fix: '', fields: [] });
});
