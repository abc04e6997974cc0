import { skillNames as vocabulary } from '@assay/contract';
import { expect, it } from 'vitest';
import { skillNames } from './skill-names.ts';

it('calls the skills as the reports do', () => {
  expect(skillNames).toEqual(vocabulary);
});
