import { expect, test } from 'vitest';
import { testFolder } from '../detect/test-folder.ts';
import { ungivenVariables } from './example-variables.ts';

test('names of an example that are not given are told, each once', () => {
  const folder = testFolder({ '.env.template': 'PORT=1\n# OFF=x\nexport A_KEY="x=y"\n\nB_KEY=\nA_KEY=z\n' });
  expect(ungivenVariables(folder, { PORT: '2' })).toEqual({ file: '.env.template', names: ['A_KEY', 'B_KEY'] });
  expect(ungivenVariables(folder, { PORT: '2', A_KEY: '', B_KEY: '' })).toBeNull();
  expect(ungivenVariables(testFolder(), {})).toBeNull();
});
