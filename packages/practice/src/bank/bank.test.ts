import { readFileSync } from 'node:fs';
import path from 'node:path';
import { expect, test } from 'vitest';
import { evidenceOf } from '../evidence/generators.ts';
import { readSampleRun } from '../evidence/sample-run.ts';
import { requestLine, requestsOf } from '../evidence/requests.ts';
import { areaIds, areas } from '../question/areas.ts';
import { kinds, runKinds } from '../question/question.ts';
import { fresh, loadBank, readQuestion } from './load.ts';

const root = path.resolve(import.meta.dirname, '../../../..');
const bank = loadBank([path.join(root, 'questions')]);

test('the bank is whole: 240 questions, 100 marked by running, twelve of each area, every kind', () => {
  expect(bank.problems).toEqual([]);
  expect(bank.questions.length).toBeGreaterThanOrEqual(240);
  expect(bank.questions.filter(({ kind }) => runKinds.includes(kind)).length).toBeGreaterThanOrEqual(100);
  for (const area of areaIds)
    expect(bank.questions.filter((each) => each.area === area).length, area).toBeGreaterThanOrEqual(12);
  const subjects = ['python', 'php', 'java', 'javascript typescript', 'nodejs', 'express', 'django', 'spring'];
  for (const subject of [...subjects, 'rest', 'json', 'gson', 'soap']) {
    const of = bank.questions.filter(
      ({ area, topic }) => areas[area].topics !== null && subject.split(' ').includes(topic),
    );
    expect(of.length, subject).toBeGreaterThanOrEqual(12);
  }
  for (const kind of kinds)
    expect(
      bank.questions.some((each) => each.kind === kind),
      kind,
    ).toBe(true);
});

test('a seed decides everything, and another seed makes another instance', () => {
  const varying = bank.questions.filter(({ varies }) => varies);
  expect(varying.length).toBeGreaterThan(20);
  for (const question of varying) {
    expect(fresh(question, 5)).toEqual(fresh(question, 5));
    const instances = new Set(Array.from({ length: 40 }, (_, seed) => JSON.stringify(fresh(question, seed))));
    expect(instances.size, question.id).toBeGreaterThan(1);
  }
});

const example = readFileSync(path.join(root, 'questions/databases/what-an-index-costs.yaml'), 'utf8');
const at = (text: string, file = 'questions/databases/x.yaml') => {
  const read = readQuestion(file, text);
  return 'problems' in read ? read.problems : [];
};

test('every whole example of the authors’ page is a question', () => {
  const page = readFileSync(path.join(root, 'docs/questions.md'), 'utf8');
  const examples = [...page.matchAll(/```yaml\n(title: [\s\S]*?)```/g)].map(([, text = '']) => text);
  const whole = examples.filter((text) => /^wrongAnswers:|^choice:/m.test(text) && !text.includes('…'));
  expect(whole.length).toBeGreaterThanOrEqual(9);
  for (const text of whole) {
    const topic = /^topic: (.*)$/m.exec(text)?.[1];
    expect(at(text, `questions/${topic === 'python' ? 'languages' : 'http'}/example.yaml`)).toEqual([]);
  }
});

test('a mistake is told with its line and column', () => {
  const file = 'questions/databases/x.yaml';
  expect(at(example.replace('level: 2', 'level: 9'))).toEqual([
    `${file}:4:8: "level" must be a whole number from 1 to 5; here stands the number 9.`,
  ]);
  expect(at(example.replace('kind: recall', 'kind: recal'))).toEqual([
    `${file}:2:7: "kind": there is no "recal". Did you mean recall?`,
  ]);
  expect(at(example.replace('prompt:', 'promt:'))[0]).toBe(
    `${file}:7:1: There is no key "promt" here. Did you mean prompt?`,
  );
  expect(at(example.replace('need: 3', 'need: 9'))[0]).toMatch(/: It needs 9 key points, and there are only 4\.$/);
  expect(at('a: [')[0]).toMatch(/^questions\/databases\/x\.yaml:1:\d+: /);
  expect(at(example, 'questions/database/x.yaml')[0]).toMatch(/Did you mean databases\?$/);
  expect(at(`vary: { n: { integer: [9, 1] } }\n${example}`)[0]).toMatch(
    /^questions\/databases\/x\.yaml:1:12: The least/,
  );
  const stray = example.replace('prompt: A', "prompt: 'See {{ n } and' # A");
  expect(at(`vary: { n: { integer: [1, 9] } }\n${stray}`)[0]).toMatch(/:8:9: Here \{\{ begins no expression/);
  const unknown = example.replace('prompt: A', 'prompt: "{{m}}" # A');
  expect(at(`vary: { n: { integer: [1, 9] } }\n${unknown}`)[0]).toMatch(/:8:9: \{\{m\}\}: There is no variable "m"/);
});

test('a run of a flawed ledger gives five different questions and more, with keys that its recording holds', () => {
  const run = readSampleRun();
  const made = evidenceOf(run, 5);
  expect(Object.keys(made).length).toBeGreaterThanOrEqual(5);
  const requests = requestsOf(run.recording);
  const busiest = requests.toSorted((a, b) => b.statements.length - a.statements.length)[0];
  const most = made['most-statements'];
  expect(most?.exchanges).toEqual([busiest?.exchange.id]);
  expect(most?.prompt).toContain(`${busiest?.statements.length} statements`);
  expect(most?.options?.[(most.key ?? 0) - 1]).toBe(busiest && requestLine(busiest.exchange));
  const slowest = Math.max(...run.recording.exchanges.map(({ durationMs }) => durationMs));
  const [named] = made['slowest-request']?.exchanges ?? [];
  expect(run.recording.exchanges.find(({ id }) => id === named)?.durationMs).toBe(slowest);
  const counted = made['status-counts'];
  expect(counted?.exchanges).toHaveLength(counted?.key ?? -1);
  expect(made['scanned-table']?.options?.[(made['scanned-table']?.key ?? 0) - 1]).toBe('entries');
});

test('a quoted text in an expression may hold braces', () => {
  const text = `vary: { n: { integer: [3, 3] } }\n${example.replace('prompt: A', `prompt: "{{'{' + n + '}'}}" # A`)}`;
  const read = readQuestion('questions/databases/x.yaml', text);
  expect('id' in read && fresh(read, 1).prompt).toBe('{3}');
});
