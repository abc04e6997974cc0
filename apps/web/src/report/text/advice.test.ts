import { readFileSync } from 'node:fs';
import path from 'node:path';
import { expect, it } from 'vitest';
import { adviceFor } from './advice.ts';

const page = readFileSync(
  path.resolve(import.meta.dirname, '../../../../../docs/checks/queries/no-n-plus-one.md'),
  'utf8',
);

it('finds the example of the stack in a page of the handbook', () => {
  const java = adviceFor(page, { language: 'Java', framework: 'Spring Boot', runtime: 'OpenJDK 17' });
  expect(java?.title).toBe('Java');
  expect(java?.blocks).toHaveLength(2);
  expect(java?.blocks[0]).toMatchObject({ language: 'java', text: expect.stringMatching(/^\/\/ Fails/) as string });
  const node = adviceFor(page, { language: 'TypeScript', framework: 'Fastify', runtime: null });
  expect(node?.title).toBe('JavaScript, Express');
  expect(adviceFor(page, { language: 'Python', framework: 'Django', runtime: null })?.title).toBe('Python, Django');
  expect(adviceFor(page, { language: 'Go', framework: null, runtime: null })).toBeNull();
  expect(adviceFor('# nothing', { language: 'Go', framework: null, runtime: null })).toBeNull();
});
