import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { listChallenges } from '@assay/prove';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { leftoversOf, nothing, removeHome } from './leftovers.ts';
import { assay, testHome } from './run-assay.ts';
import { server, smallBackend } from './small-backend.ts';

/** What is wrong with the command, the settings or the contract: exit status 2, one sentence with the place, and what to do. */

const home = testHome();
const scratch = mkdtempSync(path.join(tmpdir(), 'assay-bad-'));
const at = (name: string): string => path.join(scratch, name);

beforeAll(() => {
  smallBackend(at('good'), server());
  writeFileSync(at('file'), 'hello');
  mkdirSync(at('empty'));
  mkdirSync(at('two'));
  writeFileSync(at('two/package.json'), '{"name":"a","dependencies":{"express":"5"},"scripts":{"start":"node a.js"}}');
  writeFileSync(at('two/app.py'), 'from flask import Flask\napp = Flask(__name__)\n');
  writeFileSync(at('two/requirements.txt'), 'flask==3.1.0\n');
  smallBackend(at('syntax'), server(), { 'assay.yaml': 'start: node server.js\nenv: [oops\n' });
  smallBackend(at('key'), server(), { 'assay.yaml': 'strat: node server.js\n' });
  smallBackend(at('type'), server(), { 'assay.yaml': 'start: [node, server.js]\n' });
  smallBackend(at('named'), server(), { 'assay.yaml': 'start: node server.js\ncontract: ./nowhere.yaml\n' });
  writeFileSync(at('list.json'), '[]');
  const contracts: Readonly<Record<string, string>> = {
    'broken.yaml': "openapi: 3.1.0\ninfo: { title: x, version: '1'\npaths: {}\n",
    'broken.json': '{ "openapi": "3.1.0",\n  "info": {,} }',
    'empty.yaml': '',
    'other.yaml': 'hello: world\n',
    'version.yaml': 'openapi: 9.9.9\ninfo: { title: x, version: "1" }\npaths: {}\n',
    'nothing.yaml': 'openapi: 3.1.0\ninfo: { title: x, version: "1" }\npaths: {}\n',
    'dangling.yaml': `openapi: 3.1.0
info: { title: x, version: '1' }
paths:
  /things:
    get:
      responses:
        '200':
          description: ok
          content:
            application/json:
              schema: { $ref: '#/components/schemas/Thing' }
`,
    'service.wsdl': '<definitions xmlns="http://schemas.xmlsoap.org/wsdl/"/>\n',
  };
  for (const [name, text] of Object.entries(contracts)) writeFileSync(at(name), text);
});
afterAll(() => {
  removeHome(home);
  rmSync(scratch, { recursive: true, force: true });
});

/** The words of the command, and what a person then reads; SCRATCH stands for the folder of these tests. */
const cases: readonly (readonly [title: string, words: readonly string[], told: string])[] = [
  [
    'no such folder',
    ['check', 'nowhere'],
    'assay: There is no folder SCRATCH/nowhere.\n  Give the path of a folder that holds a backend.\n',
  ],
  [
    'a file for a folder',
    ['check', 'file'],
    'assay: SCRATCH/file is a file, not a folder.\n  Give the path of a folder that holds a backend.\n',
  ],
  [
    'nothing recognisable',
    ['check', 'empty'],
    'assay: No backend was recognised in SCRATCH/empty. The folder is empty. Looked for: package.json with a server framework or a start script, manage.py, requirements.txt/pyproject.toml/Pipfile with Flask, FastAPI, Litestar or Starlette, composer.json or index.php, pom.xml, build.gradle, go.mod, Procfile, assay.yaml.\n  Add an assay.yaml with a `start:` command, or a Procfile.\n',
  ],
  [
    'two possible stacks',
    ['check', 'two'],
    'assay: SCRATCH/two could be started as more than one backend: Express in package.json (express); Flask in requirements.txt (flask).\n  Say which with `start:` (and `build:`) in assay.yaml, or give the folder of one of them.\n',
  ],
  [
    'an unknown challenge',
    ['check', 'good', '--challenge', 'tood'],
    `assay: There is no challenge tood. There are: ${listChallenges().join(', ')}. Did you mean todo?\n  See \`assay list\` for the challenges there are.\n`,
  ],
  [
    'an unknown check',
    ['check', 'good', '--only', 'http/charst'],
    'assay: There is no check or area http/charst. Did you mean http/charset?\n  See `assay list --checks` for the checks there are.\n',
  ],
  [
    'a folder behind --only',
    ['check', '--only', 'http', './good'],
    'assay: --only takes every word that follows for a check, and ./good is a folder.\n  Write the folder first: `assay check ./good --only …`.\n',
  ],
  [
    'an unknown format',
    ['check', 'good', '--format', 'jsn'],
    'assay: There is no format jsn. Did you mean json?\n  Use pretty, json, ndjson, junit or sarif.\n',
  ],
  [
    'an unknown option',
    ['check', 'good', '--sed', '3'],
    "error: unknown option '--sed'\n(Did you mean --seed?)\nRun with --help for the options and examples.\n",
  ],
  [
    'an unknown command',
    ['chek'],
    "error: unknown command 'chek'\n(Did you mean check?)\nRun with --help for the options and examples.\n",
  ],
  [
    'a seed that is no number',
    ['check', 'good', '--seed', 'x'],
    'assay: --seed takes a whole number, not x.\n  See `assay --help`.\n',
  ],
  [
    'a seed that is too long',
    ['check', 'good', '--seed', '12345678901'],
    'assay: --seed takes a number of at most ten digits.\n  See `assay --help`.\n',
  ],
  ['no run for a finding', ['replay', 'f-1'], 'assay: There is no run yet.\n  Run `assay check` first.\n'],
  [
    'an unknown run',
    ['show', 'x-1'],
    'assay: There is no run x-1.\n  See `assay list --runs` for the runs that are kept.\n',
  ],
  [
    'an unknown stack',
    ['init', 'todo', '--stack', 'djago'],
    'assay: todo has no starter for djago; there are django, express, java, node, php. Did you mean django?\n  See `assay list` for the stacks of a challenge.\n',
  ],
  [
    'a mutant that does not exist',
    ['verify', 'todo', '--stack', 'node', '--mutant', 'nothing-like-it'],
    'assay: todo has no mutant nothing-like-it in node.\n  See mutants.yaml in the folder of the challenge for the mutants there are.\n',
  ],
  ['nothing to verify', ['verify'], 'assay: No challenge was named.\n  Name one (see `assay list`), or give --all.\n'],
  [
    'a page for a folder that does not exist',
    ['check', 'good', '--report', 'nowhere/run.html'],
    'assay: --report: there is no folder SCRATCH/nowhere.\n  Create it first.\n',
  ],
  [
    'a challenge and a contract',
    ['check', 'good', '--challenge', 'todo', '--contract', 'broken.yaml'],
    'assay: A challenge brings its contract: --challenge and --contract cannot both be given.\n  Give one of the two.\n',
  ],
  [
    'a baseline that is no report',
    ['check', 'good', '--baseline', 'list.json'],
    'assay: list.json is not a report: it has no checks.\n  Give a report that `--format json` wrote.\n',
  ],
  [
    'settings that are not YAML',
    ['check', 'syntax'],
    'assay: assay.yaml:3:1: this is not valid YAML: Flow sequence in block collection must be sufficiently indented and end with a ]\n  See docs/own-backend.md for every key of assay.yaml.\n',
  ],
  [
    'a setting that does not exist',
    ['check', 'key'],
    'assay: assay.yaml:1:1: assay.yaml has no key `strat`. Did you mean `start`?\n  See docs/own-backend.md for every key of assay.yaml.\n',
  ],
  [
    'a setting of the wrong kind',
    ['check', 'type'],
    'assay: assay.yaml:1:8: `start` must be a command; here stands a list.\n  See docs/own-backend.md for every key of assay.yaml.\n',
  ],
  [
    'a contract that does not exist',
    ['check', 'good', '--contract', 'nowhere.yaml'],
    'assay: There is no contract at SCRATCH/nowhere.yaml.\n  Give --contract FILE, --challenge NAME, or put an openapi.yaml into the folder.\n',
  ],
  [
    'a contract in the settings that does not exist',
    ['check', 'named'],
    'assay: There is no contract at SCRATCH/named/nowhere.yaml.\n  Give --contract FILE, --challenge NAME, or put an openapi.yaml into the folder.\n',
  ],
  [
    'a contract that is not YAML',
    ['check', 'good', '--contract', 'broken.yaml'],
    'assay: SCRATCH/broken.yaml:3:1: flow map in block collection must be sufficiently indented and end with a }\n  3 | paths: {}\n    | ^\n  Correct the document at the line named.\n',
  ],
  [
    'a contract that is not JSON',
    ['check', 'good', '--contract', 'broken.json'],
    'assay: SCRATCH/broken.json:2:12: expected a key in double quotes, found `,`\n  2 |   "info": {,} }\n    |            ^\n  Correct the document at the line named.\n',
  ],
  [
    'a contract that is empty',
    ['check', 'good', '--contract', 'empty.yaml'],
    'assay: SCRATCH/empty.yaml:1:1: the document is empty\n  1 | \n    | ^\n  Correct the document at the line named.\n',
  ],
  [
    'a contract that is not OpenAPI',
    ['check', 'good', '--contract', 'other.yaml'],
    'assay: SCRATCH/other.yaml:1:1: this is not an OpenAPI 3 document: it has no `openapi` with the version\n  1 | hello: world\n    | ^\n  Correct the document at the line named.\n',
  ],
  [
    'a contract of an unknown version',
    ['check', 'good', '--contract', 'version.yaml'],
    'assay: SCRATCH/version.yaml:1:1: `openapi` must be a version that is understood, such as 3.0.3 or 3.1.0; it is "9.9.9"\n  1 | openapi: 9.9.9\n    | ^\n  Correct the document at the line named.\n',
  ],
  [
    'a contract without operations',
    ['check', 'good', '--contract', 'nothing.yaml'],
    'assay: SCRATCH/nothing.yaml:3:1: the document has no operation under `paths`, so there is nothing to judge\n  3 | paths: {}\n    | ^\n  Correct the document at the line named.\n',
  ],
  [
    'a contract with a dangling $ref',
    ['check', 'good', '--contract', 'dangling.yaml'],
    "assay: SCRATCH/dangling.yaml:11:25: `#/components/schemas/Thing` does not exist\n  11 |               schema: { $ref: '#/components/schemas/Thing' }\n     |                         ^\n  Correct the document at the line named.\n",
  ],
  [
    'a WSDL without operations for a contract',
    ['check', 'good', '--contract', 'service.wsdl'],
    'assay: SCRATCH/service.wsdl:1:1: the document has no operation over SOAP, so there is nothing to judge\n  1 | <definitions xmlns="http://schemas.xmlsoap.org/wsdl/"/>\n    | ^\n  Correct the document at the line named.\n',
  ],
];

describe('bad usage', () => {
  it.each(cases)('%s: exit status 2', async (_title, words, told) => {
    const { status, stdout, stderr } = await assay(words, { home, cwd: scratch });
    expect(stderr.replaceAll(scratch, 'SCRATCH')).toBe(told);
    expect(stdout).toBe('');
    expect(status).toBe(2);
  });

  it('leaves nothing behind', () => {
    expect(leftoversOf(home)).toEqual(nothing);
  });
});
