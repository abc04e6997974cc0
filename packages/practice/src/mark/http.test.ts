import { expect, test } from 'vitest';
import { readQuestion } from '../bank/load.ts';
import { openQuestion, type OpenQuestion } from './open.ts';
import { Workbench } from './workbench.ts';

const nothing = (): never => {
  throw new Error('Nothing of the machine is needed here.');
};
const bench = new Workbench({ database: nothing, judgeBackend: nothing, lastRun: () => null, challenges: null });

async function opened(): Promise<OpenQuestion> {
  const question = readQuestion(
    '/questions/http/own.yaml',
    `{ title: t, kind: http, topic: own, level: 1, skill: apis, source: { topic: s }, prompt: p, looksFor: l, keyPoints: [a, b], followUps: [f], modelAnswer: m,
  http: { service: { collections: { books: { items: [{ id: 1, name: { toString: 1 } }] }, "☃": { items: [] } }, strict: false }, goal: { status: 201, requests: 2 },
    key: "POST /books\\n\\n{}" }, wrongAnswers: [{ answer: GET /books, why: w }] }`,
  );
  if ('problems' in question) throw new Error(question.problems.join('\n'));
  return openQuestion(question, 1, bench);
}

test.each([
  ['a stray percent sign', 'GET /books/%ZZ', /answered 400/],
  ['an address that would begin a host', 'GET //', /answered 404/],
  ['an id that is no plain value', 'POST /books\n\n{"id":{"toString":1}}', /answered 422/],
  ['half a character as the id', 'POST /books\n\n{"id":"\\ud800"}', /answered 422/],
  ['a change of the id to no plain value', 'PUT /books/1\n\n{"id":{"toString":1}}', /answered 422/],
  ['a search over what is no plain value', 'GET /books?name=x', /answered 200/],
  ['an answer that cannot be written', 'POST /%E2%98%83\n\n{}', /answered 4\d\d/],
  ['arrays in arrays without end', `POST /books\n\n${'['.repeat(9_000)}${']'.repeat(9_000)}`, /answered 4\d\d/],
  [
    'copies of copies',
    `PATCH /books/1\nContent-Type: application/json-patch+json\n\n${JSON.stringify(Array.from({ length: 300 }, (_, n) => ({ op: 'copy', from: '', path: n % 2 ? '/a' : '/b' })))}`,
    /answered 409/,
  ],
  ['a method that nobody knows', 'NOSUCH /books', /answered 4\d\d/],
  ['a tunnel', 'CONNECT /books', /could not be sent/],
])('a mark comes back for %s', async (_, answer, said) => {
  const mark = await (await opened()).mark(answer);
  expect(mark).toMatchObject({ passed: false, said: expect.stringMatching(said) });
});

test('what was made is found at its Location, whatever its id', async () => {
  const question = await opened();
  expect(await question.mark('POST /books\n\n{"id":"☃ 1"}')).toMatchObject({ passed: true });
  expect((await question.mark('POST /books\n\n{"id":"☃ 1"}\n###\nGET /books/%E2%98%83%201')).said).toMatch(
    /answered 200/,
  );
});
