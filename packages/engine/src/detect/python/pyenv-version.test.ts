import { chmodSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import { expect, onTestFinished, test, vi } from 'vitest';
import { noSettings } from '../../settings/settings.ts';
import { detect } from '../detect.ts';
import { viewFolder } from '../folder-view.ts';
import { testFolder } from '../test-folder.ts';
import { requirePyenvVersion } from './pyenv-version.ts';

const pyenv = (): string => {
  const files = ['versions/3.9.1/bin/python3', 'versions/3.12.1/bin/python3', 'shims/python3'];
  return testFolder(Object.fromEntries(files.map((file) => [file, ''])));
};

function refusal(wanted: string, root = pyenv(), python = 'shims/python3'): string | null {
  try {
    requirePyenvVersion(viewFolder(testFolder({ '.python-version': wanted })), join(root, python));
    return null;
  } catch (error) {
    return error instanceof Error ? error.message : String(error);
  }
}

test('a version that pyenv lacks is told before the build', () => {
  vi.stubEnv('PYENV_VERSION', undefined);
  onTestFinished(() => {
    vi.unstubAllEnvs();
  });
  expect(refusal('3.12.0\n')).toBe(
    '.python-version asks for Python 3.12.0, and the pyenv that is first on the PATH has only 3.9.1, 3.12.1.',
  );
  expect(refusal('3.1')).toContain('3.1, and');
});

test('detection tells it', async () => {
  const root = pyenv();
  chmodSync(join(root, 'shims/python3'), 0o755);
  vi.stubEnv('PATH', [join(root, 'shims'), process.env['PATH']].join(delimiter));
  vi.stubEnv('PYENV_VERSION', undefined);
  onTestFinished(() => {
    vi.unstubAllEnvs();
  });
  const folder = testFolder({
    'app.py': 'app = Flask(__name__)\n',
    'requirements.txt': 'flask\n',
    '.python-version': '3.8',
  });
  await expect(detect(folder, noSettings)).rejects.toMatchObject({ code: 'toolchain-missing' });
});

test.each([['3.12.1'], ['3.12'], ['# ours\n3.11.4\n3.9.1\n'], ['shop-environment'], ['system'], ['']])(
  'one that it has, or may have, is no trouble: %j',
  (wanted) => {
    expect(refusal(wanted)).toBeNull();
  },
);

test('a python3 that pyenv does not choose reads no such file', () => {
  expect(refusal('3.12.0', pyenv(), 'versions/3.12.1/bin/python3')).toBeNull();
  vi.stubEnv('PYENV_VERSION', '3.12.1');
  onTestFinished(() => {
    vi.unstubAllEnvs();
  });
  expect(refusal('3.12.0')).toBeNull();
});
