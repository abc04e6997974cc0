import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, expect, test } from 'vitest';
import { readQuestion } from '../bank/load.ts';
import { Workbench } from '../mark/workbench.ts';
import { lintQuestion } from './lint.ts';

const folder = path.join(mkdtempSync(path.join(tmpdir(), 'assay-lint-')), 'http');
mkdirSync(folder);
afterAll(() => rmSync(path.dirname(folder), { recursive: true, force: true }));

const nothing = (): never => {
  throw new Error('Nothing of the machine is needed here.');
};
const bench = new Workbench({ database: nothing, judgeBackend: nothing, lastRun: () => null, challenges: null });

async function problemsOf(text: string): Promise<readonly string[]> {
  const file = path.join(folder, 'own.yaml');
  writeFileSync(file, text);
  const read = readQuestion(file, text);
  return 'problems' in read ? read.problems : (await lintQuestion(read, bench)).problems;
}

const head = `title: t
topic: own
level: 1
skill: apis
source: { topic: s }
prompt: p
looksFor: l
keyPoints: [a, b]
followUps: [f]
`;
const predict = `${head}kind: predict
vary: { id: { integer: [1, 9] } }
predict: { run: http, ask: status, service: { collections: { books: { items: [{ id: "{{id}}" }] } } }, request: "GET /books/{{id}}\\n\\n" }
modelAnswer: "200: it is there."
wrongAnswers: [{ answer: "404", why: w }]
`;

test('the model answer must say what comes out, with every seed', async () => {
  expect(await problemsOf(predict)).toEqual([]);
  expect(await problemsOf(predict.replace('"200:', '"{{id > 0 ? 404 : 200}}:'))).toEqual([
    expect.stringMatching(/own\.yaml:13:14: The model answer does not say what comes out: 200 \(with seed \d+\)$/),
  ]);
});

test('a wrong line must be one that the file has', async () => {
  const spot = `${head}kind: spot
spot: { file: a.js, code: "a\\nb\\nc\\n", faults: [{ lines: [2], what: w }] }
modelAnswer: m
wrongAnswers: [{ answer: 1, why: w }]
`;
  expect(await problemsOf(spot)).toEqual([]);
  expect(await problemsOf(spot.replace('answer: 1', 'answer: 40'))).toEqual([
    expect.stringMatching(/own\.yaml:13:26: a\.js is shown from line 1 to 3\.$/),
  ]);
});

test('a part of a phrase is no alternative to the whole', async () => {
  const recall = `${head.replace('keyPoints: [a, b]', 'keyPoints: [{ point: a, says: [x, he wanted|she wanted] }, { point: b, says: [TTL|lifetime] }]')}kind: recall
modelAnswer: She wanted a lifetime.
wrongAnswers: [{ answer: No idea., why: w }]
`;
  expect(await problemsOf(recall)).toEqual([]);
  expect(await problemsOf(recall.replace('he wanted|', 'he|'))).toEqual([
    expect.stringMatching(/own\.yaml:8:\d+: `\|` parts whole phrases, so `he` alone is enough/),
  ]);
});
