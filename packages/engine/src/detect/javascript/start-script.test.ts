import { describe, expect, test } from 'vitest';
import { recognised } from '../recognised.ts';

function started(script: string, dependencies: object = {}, files: Readonly<Record<string, string>> = {}): unknown {
  const manifest = { dependencies: { express: '5', ...dependencies }, scripts: { start: script } };
  const [found] = recognised({ 'package.json': manifest, 'index.js': 'app.listen(1)', ...files });
  return found?.start;
}

describe('what is behind the start script', () => {
  test.each([
    ['node --watch server.js', 'node server.js'],
    ['fastify start --watch app.js', 'FASTIFY_ADDRESS=$HOST fastify start app.js'],
    [
      "nodemon --watch 'src/**/*.ts' --exec 'ts-node' src/index.ts",
      "nodemon --watch 'src/**/*.ts' --exec 'ts-node' src/index.ts",
    ],
  ])('a watcher is left out, and what another one watches is kept: %s', (script, command) => {
    expect(started(script)).toEqual({ command });
  });

  test('what nodemon runs as TypeScript keeps its loader', () => {
    expect(started('nodemon src/index.ts', { 'ts-node': '10' })).toEqual({
      command: 'ts-node --transpile-only src/index.ts',
    });
    expect(started('npx nodemon src/index.ts', { tsx: '4' })).toEqual({ command: 'node --import tsx src/index.ts' });
    expect(started('nodemon src/index.js', { tsx: '4' })).toEqual({ command: 'node src/index.js' });
  });

  test('a file of variables that is not there stops nothing', () => {
    expect(started('node --env-file=.env index.js')).toEqual({ command: 'node --env-file-if-exists=.env index.js' });
    expect(started('node --env-file ./.env index.js')).toEqual({
      command: 'node --env-file-if-exists ./.env index.js',
    });
    expect(started('node --env-file=.env index.js', {}, { '.env': 'A=b' })).toEqual({
      command: 'node --env-file=.env index.js',
    });
  });
});

describe('a start script that compiles first', () => {
  const of = (scripts: Readonly<Record<string, string>>) => {
    const manifest = { dependencies: { express: '5' }, scripts };
    const [found] = recognised({ 'package.json': manifest, 'index.js': 'app.listen(1)' });
    return { start: found?.start, compile: found?.compile };
  };

  test.each([
    [{ 'build:ts': 'tsc', start: 'npm run build:ts && node dist/server.js' }, ['npm run build:ts']],
    [{ build: 'tsc', start: 'npm run build && node dist/server.js' }, ['npm run build']],
    [
      { clean: 'rm -r dist', ts: 'tsc', build: 'npm run clean && tsc', start: 'npm run ts && node dist/server.js' },
      ['npm run build', 'npm run ts'],
    ],
  ])('compiles in the build alone: %j', (scripts, compile) => {
    expect(of(scripts)).toEqual({ start: { command: 'node dist/server.js' }, compile });
  });

  test.each([
    [{ migrate: 'knex migrate:latest', start: 'npm run migrate && node server.js' }],
    [{ build: 'tsc && knex migrate:latest', start: 'npm run build && node server.js' }],
    [{ build: 'tsc', prestart: 'x', start: 'npm run build && node server.js' }],
    [{ build: 'tsc', start: 'npm run build && npm run serve' }],
  ])('and does more is left as it is: %j', (scripts) => {
    expect(of(scripts).start).toEqual({ command: 'npm run start' });
  });
});
