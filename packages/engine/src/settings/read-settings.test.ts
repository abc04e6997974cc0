import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { Fault } from '@assay/contract';
import { testFolder } from '../detect/test-folder.ts';
import { readSettings } from './read-settings.ts';
import { noSettings } from './settings.ts';

function mistakesOf(source: string): string {
  try {
    readSettings(testFolder({ 'assay.yaml': source }));
  } catch (error) {
    if (error instanceof Fault && error.code === 'bad-settings') return error.message;
    throw error;
  }
  throw new Error('no fault was thrown');
}

describe('readSettings', () => {
  test('reads every key', () => {
    const folder = testFolder({
      'assay.yaml': `
contract: ./openapi.yaml
install: npm ci
build: [npm run compile, npm run assets]
start: node server.js
release: false
env: { LOG_LEVEL: info, WORKERS: 2, DEBUG: false }
database: none
port: 3000
identities:
  register: { operation: signUp, body: { email: $email } }
  login: { operation: login, body: { email: $email, password: $password }, token: $.token }
  users:
    - { email: root@example.com, password: secret, role: admin }
    - { username: anna, password: secret2 }
`,
    });
    expect(readSettings(folder)).toEqual({
      file: `${folder}/assay.yaml`,
      challenge: null,
      contract: './openapi.yaml',
      install: ['npm ci'],
      build: ['npm run compile', 'npm run assets'],
      start: 'node server.js',
      release: false,
      env: { LOG_LEVEL: 'info', WORKERS: '2', DEBUG: 'false' },
      database: 'none',
      port: 3000,
      identities: {
        register: { operation: 'signUp', body: { email: '$email' }, token: null },
        login: { operation: 'login', body: { email: '$email', password: '$password' }, token: '$.token' },
        users: [
          { login: 'root@example.com', password: 'secret', role: 'admin' },
          { login: 'anna', password: 'secret2', role: null },
        ],
      },
    });
  });

  test('says nothing where there is no file, and nothing more where it is empty', () => {
    expect(readSettings(testFolder())).toEqual(noSettings);
    expect(readSettings(testFolder({ 'assay.yaml': '# nothing yet\n' }))).toMatchObject({ start: null, env: {} });
    expect(readSettings(testFolder({ 'assay.yaml': 'start:\nenv:\n' }))).toMatchObject({ start: null, env: {} });
  });

  test.each([
    ['start: [', /^assay\.yaml:\d+:\d+: this is not valid YAML: /],
    ['start: a\nstart: b\n', /^assay\.yaml:2:1: this is not valid YAML: .*unique/],
    ['a: b: c\n', /^assay\.yaml:1:\d+: this is not valid YAML/],
    ['- start\n', 'assay.yaml:1:1: The file must be a mapping of keys to values; here stands a list.'],
    ['env: {}\nstrat: node x.js\n', 'assay.yaml:2:1: assay.yaml has no key `strat`. Did you mean `start`?'],
    ['colour: red\n', /^assay\.yaml:1:1: assay\.yaml has no key `colour`\. The keys are: challenge, contract, /],
    ['start: 7\n', 'assay.yaml:1:8: `start` must be a command; here stands the number 7.'],
    [
      'build:\n  - npm ci\n  - 3\n',
      'assay.yaml:2:3: `build` must be a command, a list of commands, or `false` for none; here stands a list.',
    ],
    ['database: mysql\n', 'assay.yaml:1:11: `database` must be `postgres` or `none`; here stands the text `mysql`.'],
    ['env: [A]\n', 'assay.yaml:1:6: `env` must be a mapping of keys to values; here stands a list.'],
    ['env:\n  MY-NAME: x\n', /^assay\.yaml:2:3: `MY-NAME` cannot name a variable/],
    ['env:\n  A: { b: 1 }\n', 'assay.yaml:2:6: `A` must be a text, a number, true or false; here stands a mapping.'],
    ['identities:\n  login: { token: $.t }\n', 'assay.yaml:2:10: `login` needs `operation`: the id of an operation.'],
    ['identities:\n  login: { operation: a, token: t }\n', /^assay\.yaml:2:33: `token` must be a JSONPath/],
    ['identities:\n  users: { a: 1 }\n', 'assay.yaml:2:10: `users` must be a list of people; here stands a mapping.'],
    ['identities:\n  users:\n    - { email: a@b.c }\n', 'assay.yaml:3:7: an entry of `users` needs a `password`.'],
    [
      'identities:\n  users:\n    - { password: x }\n',
      'assay.yaml:3:7: an entry of `users` needs one of `login`, `email` or `username`.',
    ],
    [
      'identities:\n  users:\n    - { email: 7, password: x }\n',
      'assay.yaml:3:16: `email` must be a text; here stands the number 7.',
    ],
    [
      'identities:\n  users:\n    - { emial: a, password: x }\n',
      /^assay\.yaml:3:9: An entry of `users` has no key `emial`\. Did you mean `email`\?/,
    ],
    ['challenge: todo\ncontract: x.yaml\n', /^assay\.yaml:2:11: give either `challenge` or `contract`/],
  ])('names the place of the mistake in %j', (source, message) => {
    if (typeof message === 'string') expect(mistakesOf(source)).toBe(message);
    else expect(mistakesOf(source)).toMatch(message);
  });

  test('names every mistake at once', () => {
    expect(mistakesOf('strat: x\ndatabase: 1\n').split('\n')).toHaveLength(2);
  });

  test('follows aliases and refuses bytes that are no text', () => {
    expect(readSettings(testFolder({ 'assay.yaml': 'start: &go node x.js\nrelease: *go\n' })).release).toBe(
      'node x.js',
    );
    const folder = testFolder();
    writeFileSync(join(folder, 'assay.yaml'), Buffer.from([0x61, 0x3a, 0x20, 0xff]));
    expect(() => readSettings(folder)).toThrow('assay.yaml:1:1: the file is not valid UTF-8.');
  });
});
