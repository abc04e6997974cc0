import { execFile } from 'node:child_process';
import { appendFileSync, existsSync, readFileSync, renameSync, rmSync, statSync, symlinkSync } from 'node:fs';
import path from 'node:path';
import { promisify } from 'node:util';
import { openProgress } from '@assay/practice';
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest';
import { type LiveServer, startServer, testHome, until } from './testing/live-server.ts';
import { validatorOf } from './testing/validator.ts';

vi.setConfig({ testTimeout: 300_000, hookTimeout: 300_000 });
let server: LiveServer;
let validate: ReturnType<typeof validatorOf>;

beforeAll(async () => {
  server = await startServer(testHome());
  validate = validatorOf((await server.ask('GET', '/openapi.json')).json);
});

afterAll(async () => {
  await server.end();
});

/** Asks, and holds the answer against the document. */
async function ask(method: string, template: string, id = '', body?: unknown) {
  const answer = await server.ask(method, template.replace('{id}', id), body);
  const [route = ''] = template.split('?');
  if (answer.status < 300) expect(validate(route, method.toLowerCase(), answer.status, answer.json)).toEqual([]);
  return answer;
}

async function open(question: string, seed = 7) {
  const { status, json } = await ask('POST', '/api/practice/attempts', '', { question, seed });
  expect([question, status]).toEqual([question, 201]);
  return json;
}

async function answer(id: string, given: unknown, seconds?: number) {
  return ask('POST', '/api/practice/attempts/{id}/answer', id, {
    answer: given,
    ...(seconds === undefined ? {} : { seconds }),
  });
}

function history() {
  return openProgress(path.join(server.home, 'practice'));
}

async function firstOf(kind: string): Promise<string> {
  const { json } = await ask('GET', `/api/practice/questions?topic=${kind}&limit=1`);
  return json.items[0].id;
}

describe('a question', () => {
  test('is opened, answered right, and written into the history that the terminal reads', async () => {
    const { id, shown, question } = await open('http/a-cookie-for-the-session');
    expect(question.kind).toBe('choice');
    const before = history().count;
    // All of the options in turn; each on a question of its own.
    const marks = [];
    for (const number of shown.options.keys()) {
      const fresh = number === 0 ? id : (await open('http/a-cookie-for-the-session')).id;
      marks.push((await answer(fresh, [number + 1])).json);
    }
    expect(marks.filter(({ mark }) => mark.passed)).toHaveLength(1);
    expect(marks.every(({ afterwards }) => afterwards.modelAnswer !== '')).toBe(true);
    expect(history().count).toBe(before + marks.length);
    expect((await answer(id, [1])).json.code).toBe('conflict');
    const { stdout } = await terminal('practice', 'progress', '--format', 'json');
    expect(JSON.parse(stdout)).toMatchObject({ reviews: before + marks.length, seen: 1 });
  });

  test.skipIf(!existsSync('/dev/full'))('whose answer cannot be kept is not answered, and takes it later', async () => {
    const { id } = await open('http/a-cookie-for-the-session');
    const log = path.join(server.home, 'practice/reviews.ndjson');
    const { count } = history();
    renameSync(log, `${log}.whole`);
    symlinkSync('/dev/full', log);
    expect((await answer(id, [1])).status).toBe(500);
    expect((await ask('GET', '/api/practice/attempts/{id}', id)).json.status).toBe('open');
    rmSync(log);
    renameSync(`${log}.whole`, log);
    expect((await answer(id, [1])).json.status).toBe('answered');
    expect(history().count).toBe(count + 1);
  });

  test('that was noted but not ended is not noted twice', async () => {
    const { id } = await open('http/a-cookie-for-the-session', 11);
    const { count } = history();
    // As when PostgreSQL goes away between the two.
    const noted = { id: 'http/a-cookie-for-the-session', at: Date.now() + 1000, rating: 2, passed: true, score: 1 };
    appendFileSync(
      path.join(server.home, 'practice/reviews.ndjson'),
      `${JSON.stringify({ ...noted, seconds: 9, hints: 0, seed: 11, proposed: false })}\n`,
    );
    expect((await answer(id, null)).json).toMatchObject({ status: 'answered', rating: 2 });
    expect(history().count).toBe(count + 1);
  });

  test('of SQL is run on a real PostgreSQL; what is hostile is refused in words and harms nothing', async () => {
    const question = await firstOf('sql');
    const { id, shown } = await open(question);
    expect(shown).toMatchObject({ form: 'statement', tables: [expect.anything(), ...shown.tables.slice(1)] });
    for (const [statement, said] of [
      ['SELECT pg_sleep(60)', /stopped after 2 seconds|does not|rows|column/i],
      ['DROP TABLE pg_class', /query|read|allowed/i],
      ["COPY (SELECT 1) TO '/tmp/x'", /query|allowed/i],
      ['SELECT 1; DROP SCHEMA public', /one statement/i],
      ['', /empty/],
      ['x'.repeat(500_000), /at most/],
    ] as const) {
      const opened = await open(question);
      const { status, json } = await answer(opened.id, statement);
      expect([statement.slice(0, 40), status, json.mark?.passed]).toEqual([statement.slice(0, 40), 200, false]);
      expect(json.mark.said).toMatch(said);
    }
    expect((await answer(id, JSON.stringify('x'.repeat(1_100_000)))).json.code).toBe('too-large');
    const entry = await server.ask('GET', `/api/practice/attempts/${id}`);
    expect(entry.json.status).toBe('open');
  });

  test('of a backend is marked by judging that backend, apart from the request', async () => {
    const { id, shown, hintsLeft } = await open('http/fix-location');
    const hinted = await ask('POST', '/api/practice/attempts/{id}/hint', id);
    expect([hinted.json.hints.length, hinted.json.hintsLeft]).toEqual([1, hintsLeft - 1]);
    expect((await answer(id, shown.files)).json.status).toBe('marking');
    const { json } = await until(
      () => server.ask('GET', `/api/practice/attempts/${id}`),
      ({ json: now }) => now.status !== 'marking',
    );
    expect(json).toMatchObject({ status: 'answered', rating: 1, mark: { passed: false } });
    expect(json.mark.said).toContain(shown.checks[0]);
  });

  test('in words proposes points, which the person confirms', async () => {
    const { id } = await open(await firstOf('recall'));
    const proposed = await answer(id, 'I do not know what to say of that.');
    expect(proposed.json).toMatchObject({ status: 'proposed', afterwards: null, rating: null });
    const all = proposed.json.mark.points.map((_: unknown, index: number) => index + 1);
    const confirmed = await ask('POST', '/api/practice/attempts/{id}/confirmation', id, { points: all });
    expect(confirmed.json).toMatchObject({ status: 'answered', mark: { passed: true, score: 1, proposed: true } });
    expect(history().reviews().at(-1)).toMatchObject({ passed: true, proposed: true });
  });

  test('that is left out, or whose answer is asked for, is told apart', async () => {
    const before = history().count;
    const left = await open(await firstOf('order'));
    expect((await ask('POST', '/api/practice/attempts/{id}/leave', left.id)).json.status).toBe('left');
    expect((await answer(left.id, [1])).status).toBe(409);
    expect(history().count).toBe(before);
    const shown = await open(await firstOf('order'));
    expect((await answer(shown.id, null)).json).toMatchObject({ rating: 1, mark: { passed: false } });
    expect(history().count).toBe(before + 1);
  });

  test.each(['http', 'predict', 'fix', 'spot', 'design', 'evidence', 'order'])(
    'of the kind %s opens and takes an answer',
    async (kind) => {
      const { id, shown, prompt } = await open(await firstOf(kind));
      expect(prompt.length).toBeGreaterThan(5);
      const given = { line: 'none', evidence: 1, order: [1, 2], files: {} }[String(shown.form)] ?? 'wrong';
      const { status, json } = await answer(id, given);
      expect([kind, status, ['answered', 'proposed', 'marking'].includes(json.status)]).toEqual([kind, 200, true]);
      const ended = await until(
        () => server.ask('GET', `/api/practice/attempts/${id}`),
        ({ json: now }) => now.status !== 'marking',
      );
      expect(ended.json.mark).not.toBeNull();
    },
  );
});

describe('a mock interview', () => {
  test('asks, follows up, survives a kill, and ends with a rubric and a transcript on the disk', async () => {
    const begun = await ask('POST', '/api/practice/interviews', '', { role: 'data', level: 2, minutes: 30, seed: 3 });
    expect([begun.status, begun.json.status]).toEqual([201, 'open']);
    const { id } = begun.json;
    const { attempt } = begun.json;
    expect((await ask('POST', '/api/practice/interviews/{id}/turns', id, { attempt })).status).toBe(409);
    await give(attempt);
    const sql = await open(await firstOf('sql'));
    await server.end('SIGKILL');
    server = await startServer(server.home);
    const kept = await ask('GET', '/api/practice/attempts/{id}', sql.id);
    expect(kept.json).toMatchObject({ status: 'open', shown: sql.shown });
    expect((await answer(sql.id, 'SELECT 1')).json.status).toBe('answered');
    const said = {
      attempt,
      followUps: [{ answer: 'It depends on the index.', rating: 3 }],
      notes: 'Read about B-trees.',
    };
    const second = await ask('POST', '/api/practice/interviews/{id}/turns', id, said);
    expect(second.json.turns).toMatchObject([{ notes: 'Read about B-trees.', followUps: [{ rating: 3 }] }]);
    expect(second.json.attempt).not.toBe(attempt);
    // The same sent again, or from another tab, ends no other question.
    for (const body of [said, { attempt, leaveOut: true }])
      expect((await ask('POST', '/api/practice/interviews/{id}/turns', id, body)).json).toEqual(second.json);
    const leave = { attempt: second.json.attempt, leaveOut: true };
    const left = await ask('POST', '/api/practice/interviews/{id}/turns', id, leave);
    expect(left.json.turns[1].mark.said).toBe('Left out.');
    await give(left.json.attempt);
    for (const [route, body] of [
      ['turns', { attempt: sql.id, notes: 'Of no question of this interview.' }],
      ['end', { attempt, notes: 'Of a question before.' }],
    ] as const)
      expect((await ask('POST', `/api/practice/interviews/{id}/${route}`, id, body)).status).toBe(409);
    const last = { attempt: left.json.attempt, notes: 'Ask about the load.' };
    const ended = await ask('POST', '/api/practice/interviews/{id}/end', id, last);
    expect(ended.json).toMatchObject({ status: 'ended', attempt: null, result: { rubric: expect.any(Array) } });
    // What was said about the last answer is kept, too.
    expect(ended.json.turns[2]).toMatchObject({ notes: 'Ask about the load.' });
    const { low, high } = ended.json.result.readiness;
    expect(high - low).toBeGreaterThan(0.1);
    const file = path.join(server.home, 'practice/mocks', `${id}.json`);
    expect(JSON.parse(readFileSync(file, 'utf8'))).toMatchObject({ turns: [{}, {}, {}], result: {} });
    expect(statSync(file).mode & 0o077).toBe(0);
    const list = await ask('GET', '/api/practice/interviews?limit=1');
    expect(list.json.items).toMatchObject([{ id, questions: 3 }]);
    expect((await ask('DELETE', '/api/practice/interviews/{id}', id)).status).toBe(204);
    expect((await ask('GET', '/api/practice/interviews/{id}', id)).status).toBe(404);
  });
});

test('figures, settings and decks are those of the terminal', async () => {
  const { json: today } = await ask('GET', '/api/practice/today?minutes=5');
  expect(today.session.length).toBeGreaterThan(0);
  expect(today.seconds).toBeLessThanOrEqual(300);
  expect((await ask('PATCH', '/api/practice/settings', '', { retention: 0.85 })).json.retention).toBe(0.85);
  expect((await ask('PATCH', '/api/practice/settings', '', { retention: 0.5 })).status).toBe(400);
  const figures = (await ask('GET', '/api/practice/progress')).json;
  expect(figures.retention).toBe(0.85);
  expect(figures.forecast.reduce((sum: number, each: number) => sum + each, 0)).toBeLessThanOrEqual(figures.seen);
  await terminal('practice', 'progress', '--retention', '0.9');
  expect((await ask('GET', '/api/practice/settings')).json.retention).toBe(0.9);

  const csv = (await server.ask('GET', '/api/practice/reviews')).text;
  const again = await ask('POST', '/api/practice/imports', '', { format: 'csv', content: base64(csv) });
  expect(again.json).toEqual({ added: 0, known: history().count, foreign: 0 });
  const deck = await fetch(`http://127.0.0.1:${server.port}/api/practice/deck?format=current`, {
    headers: { authorization: `Bearer ${server.token}` },
  });
  const content = Buffer.from(await deck.arrayBuffer()).toString('base64');
  expect((await ask('POST', '/api/practice/imports', '', { format: 'apkg', content })).json.added).toBe(0);
  const damaged = await ask('POST', '/api/practice/imports', '', { format: 'apkg', content: content.slice(0, 400) });
  expect([damaged.status, damaged.json.detail]).toEqual([409, expect.stringContaining('damaged')]);
  const future = csv.replace(/,\d{4}-/, ',2999-');
  expect((await ask('POST', '/api/practice/imports', '', { format: 'csv', content: base64(future) })).status).toBe(409);
});

test('the calendar feed is open to whoever knows its address, and to nobody else', async () => {
  const { calendar } = (await ask('GET', '/api/practice/settings')).json;
  const feed = await server.ask('GET', `${calendar}?hour=7`, undefined, { authorization: '' });
  expect([feed.status, feed.headers.get('content-type')]).toEqual([200, 'text/calendar; charset=utf-8']);
  expect(feed.text).toContain('T070000');
  expect((await server.ask('GET', '/calendar/guess', undefined, { authorization: '' })).status).toBe(404);
});

/** Answers whatever is asked, wrongly, and confirms nothing. */
async function give(attempt: string): Promise<void> {
  const { json } = await answer(attempt, null);
  if (json.status === 'proposed')
    await ask('POST', '/api/practice/attempts/{id}/confirmation', attempt, { points: [] });
}

function base64(text: string): string {
  return Buffer.from(text).toString('base64');
}

function terminal(...words: readonly string[]) {
  const main = path.resolve(import.meta.dirname, '../../cli/src/main.ts');
  return promisify(execFile)(process.execPath, [main, ...words], { env: { ...process.env, ASSAY_HOME: server.home } });
}
