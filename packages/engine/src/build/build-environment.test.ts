import { expect, onTestFinished, test, vi } from 'vitest';
import { detect } from '../detect/detect.ts';
import { testFolder } from '../detect/test-folder.ts';
import { noSettings } from '../settings/settings.ts';
import { runEnvironment } from './build-environment.ts';

test('tells rustup where its compilers stand, as the home of a sandbox is another', async () => {
  const compilers = testFolder();
  vi.stubEnv('RUSTUP_HOME', compilers);
  onTestFinished(() => {
    vi.unstubAllEnvs();
  });
  const rust = await detect(testFolder({ 'main.rs': '' }), {
    ...noSettings,
    build: ['rustc main.rs'],
    start: './main',
  });
  expect(runEnvironment(rust, rust.folder, null)).toEqual({ RUSTUP_HOME: compilers });
  const other = await detect(testFolder({ 'main.c': '' }), { ...noSettings, build: ['cc main.c'], start: './a.out' });
  expect(runEnvironment(other, other.folder, null)).toEqual({});
});
