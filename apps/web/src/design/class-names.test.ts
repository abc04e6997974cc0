import { globSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { expect, it } from 'vitest';

const source = path.resolve(import.meta.dirname, '..');

it('styles each class in one file: all of them share one page', () => {
  const places = new Map<string, Set<string>>();
  for (const file of globSync('**/*.css', { cwd: source }))
    for (const [, name = ''] of readFileSync(path.join(source, file), 'utf8').matchAll(/^\.([a-z][\w-]*)(?= \{|,$)/gm))
      places.set(name, (places.get(name) ?? new Set()).add(file));
  const twice = [...places].filter(([, files]) => files.size > 1).map(([name, files]) => [name, ...files]);
  expect(places.size).toBeGreaterThan(100);
  expect(twice).toEqual([]);
});
