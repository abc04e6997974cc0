import { readdirSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { recognised } from '../recognised.ts';
import { stackRules } from './registry.ts';

describe('stack rules', () => {
  test('are all in the registry, under the names of their files', () => {
    const files = readdirSync(import.meta.dirname).flatMap((name) =>
      /^registry|\.test\.ts$/.test(name) ? [] : [name.replace('.ts', '')],
    );
    expect(stackRules.map((rule) => rule.name).sort()).toEqual(files.sort());
  });

  test.each([
    [
      'a front end',
      {
        'package.json': { dependencies: { react: '19' }, scripts: { start: 'vite', build: 'vite build' } },
        'src/main.ts': '',
      },
    ],
    ['nothing but a README', { 'README.md': '' }],
    ['a Python library', { 'pyproject.toml': '[project]\nname="x"\ndependencies=[]\n', 'x/__init__.py': '' }],
  ])('do not take %s for a backend', (_, files) => {
    expect(recognised(files)).toEqual([]);
  });
});
