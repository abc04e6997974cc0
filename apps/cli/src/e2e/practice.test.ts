import { spawn } from 'node:child_process';
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { assay, bin, root, testHome } from './run-assay.ts';

/*
 * Practice as a person does it: a session, a mock interview, a deck that goes out and comes back, a folder of one's own.
 */

const home = testHome();
let own = '';

const question = (kind: string, body: string): string => `title: A question of my own
kind: ${kind}
topic: own
level: 2
skill: databases
source: { topic: None }
looksFor: l
keyPoints: [{ point: Says index, says: [index] }, { point: Says write, says: [write] }]
followUps: [Why?]
modelAnswer: An index makes each write dearer.
hints: [Think of the index.]
${body}`;

beforeAll(() => {
  own = mkdtempSync(path.join(tmpdir(), 'assay-questions-'));
  mkdirSync(path.join(own, 'databases'));
  const files = {
    'own-sql': question(
      'sql',
      `prompt: The names of all people, sorted.
sql:
  schema: CREATE TABLE person (id int PRIMARY KEY, name text)
  data: INSERT INTO person SELECT n, person() FROM generate_series(1, {{rows}}) n
  key: SELECT name FROM person ORDER BY name
  order: [name]
wrongAnswers: [{ answer: SELECT name FROM person ORDER BY id, why: w }]
`,
    ),
    'own-words': question('recall', 'prompt: What does an index cost?\nwrongAnswers: [{ answer: Nothing., why: w }]\n'),
  };
  for (const [name, text] of Object.entries(files)) writeFileSync(path.join(own, 'databases', `${name}.yaml`), text);
});
afterAll(() => {
  for (const folder of [home, own]) rmSync(folder, { recursive: true, force: true });
});

/** Runs a session and answers each time it waits: `reply` is given what was written since the last answer. */
function converse(args: readonly string[], reply: (since: string) => string): Promise<string> {
  return new Promise((resolve, reject) => {
    const child = spawn(bin, ['practice', ...args], {
      cwd: root,
      env: { ...process.env, ASSAY_HOME: home, NO_COLOR: '1' },
    });
    let all = '';
    let since = '';
    child.stdout.setEncoding('utf8').on('data', (text: string) => {
      all += text;
      since += text;
      if (!/(^|\n)> $|[?:] $/.test(since)) return;
      const said = reply(since);
      since = '';
      child.stdin.write(`${said}\n`);
    });
    child.stderr.setEncoding('utf8').on('data', (text: string) => (all += text));
    child.on('error', reject);
    child.on('close', () => resolve(all));
  });
}

test('a session: SQL is run, words are proposed and confirmed, and the review is kept', async () => {
  const bank = ['--bank', own, '--topic', 'own', '--count', '2', '--seed', '3'];
  const told = await converse(bank, (since) => {
    if (since.includes('The names of all people')) return 'SELECT name FROM person\n  ORDER BY name;';
    if (since.includes('What does an index cost')) return ':hint';
    if (since.includes('Think of the index')) return 'An index takes space.\n.';
    return '1 2';
  });
  expect(told).toContain('Right on the data shown and on 3 hidden data sets.');
  expect(told).toContain('✓ 1  Says index');
  expect(told).toContain('2 of 2 points');
  expect(told).toContain('2 of 2 right.');
  const lines = readFileSync(path.join(home, 'practice', 'reviews.ndjson'), 'utf8')
    .trim()
    .split('\n');
  const reviews = lines.map((line) => JSON.parse(line) as Record<string, unknown>);
  expect(reviews.find(({ id }) => id === 'databases/own-words')).toMatchObject({
    passed: true,
    hints: 1,
    rating: 2,
    proposed: true,
  });
  expect(reviews.find(({ id }) => id === 'databases/own-sql')).toMatchObject({ passed: true, proposed: false });
});

test('a mock interview ends with a rubric, an interval and a transcript', async () => {
  let asked = 0;
  const told = await converse(['mock', '--role', 'data', '--level', '2', '--seed', '9'], (since) => {
    if (since.includes(':skip :quit')) {
      asked += 1;
      if (asked > 3) return ':quit';
      const how = /^(.*)\. (?::hint )?:skip :quit$/m.exec(since)?.[1] ?? '';
      if (how.startsWith('One statement')) return 'SELECT 1;';
      if (how.startsWith('What comes out')) return '1\n';
      return /letter|number/i.test(how) ? 'a' : 'An answer.\n.';
    }
    if (since.includes('How good was that')) return '3';
    if (since.includes('A note for yourself')) return 'look at this again';
    if (/^(All|The number of a line)/.test(since)) return ':skip';
    return since.includes('these points') ? '' : 'I would measure it.';
  });
  expect(told).toContain('The rubric');
  expect(told).toMatch(/Correctness +[1-4] of 4/);
  expect(told).toMatch(/between \d+ % and \d+ %/);
  const folder = path.join(home, 'practice', 'mocks');
  const transcript = JSON.parse(readFileSync(path.join(folder, readdirSync(folder)[0] ?? ''), 'utf8')) as {
    turns: { notes: string }[];
  };
  expect(transcript.turns.length).toBeGreaterThan(0);
});

test('a deck goes out and comes back, and a damaged one is told', async () => {
  const deck = path.join(own, 'deck.apkg');
  expect((await assay(['practice', 'export', deck], { home })).status).toBe(0);
  expect((await assay(['practice', 'import', deck], { home })).stdout).toMatch(/^0 reviews taken over/);
  writeFileSync(deck, readFileSync(deck).subarray(0, 500));
  const damaged = await assay(['practice', 'import', deck], { home });
  expect(damaged.status).toBe(2);
  expect(damaged.stderr).toContain('The deck is damaged');
});

test('a folder of one’s own is proven, and a mistake has its place', async () => {
  expect(await assay(['practice', 'lint', own], { home })).toMatchObject({ status: 0 });
  const file = path.join(own, 'databases', 'own-words.yaml');
  writeFileSync(file, readFileSync(file, 'utf8').replace('looksFor', 'looksfor'));
  const wrong = await assay(['practice', 'lint', file], { home });
  expect(wrong.status).toBe(1);
  expect(wrong.stdout).toContain(`${file}:7:1: There is no key "looksfor" here. Did you mean looksFor?`);
});
