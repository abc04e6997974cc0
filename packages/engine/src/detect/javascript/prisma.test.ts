import { expect, test } from 'vitest';
import { recognised } from '../recognised.ts';

const generate = 'DATABASE_URL=postgresql://127.0.0.1:5432/postgres npx prisma generate';
const inSources = 'generator client {\n  output = "../src/generated/prisma"\n}\n';

function backend(scripts: object, schema: string, files: Readonly<Record<string, string>> = {}) {
  const [found] = recognised({
    'package.json': { dependencies: { express: '5', '@prisma/client': '7', prisma: '7' }, scripts },
    'index.js': '',
    'prisma/schema.prisma': schema,
    ...files,
  });
  return found;
}

test.each([
  ['an install hook writes it beside the sources', { postinstall: 'prisma generate', build: 'tsc' }, inSources, true],
  ['an install hook writes it among the dependencies', { postinstall: 'prisma generate', build: 'tsc' }, '', false],
  ['only a script that nothing runs makes it', { 'prisma:generate': 'prisma generate', build: 'tsc' }, '', true],
  ['the build makes it', { build: 'prisma generate && tsc' }, inSources, false],
  ['what runs before the build makes it', { prebuild: 'prisma generate', build: 'tsc' }, inSources, false],
  ['the build makes it by another script', { gen: 'prisma generate', build: 'npm run gen && tsc' }, inSources, false],
  ['a build of the front end that is not run would make it', { build: 'vite build && prisma generate' }, '', true],
])('the client is made before the build where nothing else leaves it there: %s', (_, scripts, schema, made) => {
  expect(backend(scripts, schema)?.compile.includes(generate)).toBe(made);
});

test('settings that ask for an address outright find one in every command of the build', () => {
  const scripts = { build: 'prisma generate && tsc' };
  const config = "export default { datasource: { url: env('DATABASE_URL') } }";
  const schema = 'datasource db {\n  provider = "postgresql"\n}\n';
  expect(backend(scripts, schema, { 'prisma.config.ts': config })?.environment).toEqual({
    DATABASE_URL: 'postgresql://127.0.0.1:5432/postgres',
  });
  expect(backend(scripts, schema, { 'prisma.config.ts': 'export default {}' })?.environment).toEqual({});
  expect(backend(scripts, schema)?.environment).toEqual({});
  const other = schema.replace('postgresql', 'sqlite');
  expect(backend(scripts, other, { 'prisma.config.ts': config })?.environment).toEqual({});
});
