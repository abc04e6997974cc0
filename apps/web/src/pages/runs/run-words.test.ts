import { expect, it } from 'vitest';
import { isOfToolchains } from './run-words.ts';

it('knows which fault the toolchains among the settings help with', () => {
  const fault = { message: 'not here', fix: '' };
  expect(isOfToolchains({ fault: { ...fault, code: 'toolchain-missing' } })).toBe(true);
  expect(isOfToolchains({ fault: { ...fault, code: 'data-folder-unusable' } })).toBe(false);
  expect(isOfToolchains({ fault: null })).toBe(false);
});
