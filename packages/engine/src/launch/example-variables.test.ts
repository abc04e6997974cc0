import { execFileSync } from 'node:child_process';
import { symlinkSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { testFolder } from '../detect/test-folder.ts';
import { ungivenVariables } from './example-variables.ts';

test('names of an example that are not given are told, each once', () => {
  const folder = testFolder({ '.env.template': 'PORT=1\n# OFF=x\nexport A_KEY="x=y"\n\nB_KEY=\nA_KEY=z\n' });
  expect(ungivenVariables(folder, { PORT: '2' })).toEqual({ file: '.env.template', names: ['A_KEY', 'B_KEY'] });
  expect(ungivenVariables(folder, { PORT: '2', A_KEY: '', B_KEY: '' })).toBeNull();
  expect(ungivenVariables(testFolder(), {})).toBeNull();
});

test('an example that is no file of the folder is not read', () => {
  const other = testFolder({ secrets: 'A_KEY=1\n' });
  const folder = testFolder({ 'env.example': 'B_KEY=1\n' });
  symlinkSync('/dev/zero', join(folder, '.env.example'));
  symlinkSync(join(other, 'secrets'), join(folder, '.env.template'));
  execFileSync('mkfifo', [join(folder, '.env.sample')]);
  expect(ungivenVariables(folder, {})).toEqual({ file: 'env.example', names: ['B_KEY'] });
});
