import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import path from 'node:path';
import type { RunEvent } from '@assay/contract';
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest';
import { readStream } from './testing/event-stream.ts';
import { type LiveServer, startServer, testHome, until } from './testing/live-server.ts';
import { smallBackend } from './testing/small-backend.ts';

const only = ['contract/response-schema', 'contract/response-status'];
// Backends are started, which takes as long as the machine lets it.
vi.setConfig({ testTimeout: 300_000, hookTimeout: 300_000 });
let server: LiveServer;

beforeAll(async () => {
  server = await startServer(testHome());
});

afterAll(async () => {
  await server.end();
});

const over = ['finished', 'interrupted', 'stopped', 'broken'];

async function judged(body: object) {
  const made = await server.ask('POST', '/api/runs', body);
  expect([made.status, made.json.status]).toEqual([201, 'queued']);
  return ended(made.json.id);
}

async function ended(id: string) {
  const { json } = await until(
    () => server.ask('GET', `/api/runs/${id}`),
    ({ json: run }) => over.includes(run.status),
  );
  return json;
}

describe('a run', () => {
  let id = '';

  test('is judged apart from the API, and its report is kept', async () => {
    const run = await judged({ folder: smallBackend('{"hello":1}'), only, seed: 4 });
    id = run.id;
    expect(run).toMatchObject({ status: 'finished', verdict: 'failed', seed: 4, stack: { language: 'JavaScript' } });
    const { json: report } = await server.ask('GET', `/api/runs/${id}/report`);
    expect(report.checks.find((check: { id: string }) => check.id === 'contract/response-schema').status).toBe(
      'failed',
    );
    expect(run.counts.failed).toBe(1);
  });

  test('tells its events in order, and goes on where a connection was lost', async () => {
    const all = await readStream(server, `/api/runs/${id}/events?all=1`);
    const events = all.filter(({ event }) => event !== 'end');
    expect(events.map((sent) => Number(sent.id))).toEqual(events.map((_, index) => index + 1));
    expect(all.at(-1)?.event).toBe('end');
    const half = Math.floor(events.length / 2);
    const rest = await readStream(server, `/api/runs/${id}/events?all=1`, { 'last-event-id': String(half) });
    expect(rest).toEqual(all.slice(half));
    // An EventSource that has read it to its end is told to stay away.
    const last = { 'last-event-id': String(events.length) };
    expect(await server.ask('GET', `/api/runs/${id}/events`, undefined, last)).toMatchObject({ status: 204, text: '' });
  });

  test('counts what there is too much of', async () => {
    const [all, few] = [
      await readStream(server, `/api/runs/${id}/events?all=1`),
      await readStream(server, `/api/runs/${id}/events`),
    ];
    const tallied = few.filter(({ event }) => event === 'tally').reduce((sum, { data }) => sum + exchangesIn(data), 0);
    expect(tallied).toBe(all.filter(({ event }) => event === 'exchange').length);
    expect(tallied).toBeGreaterThan(0);
    expect(few.some(({ event }) => event === 'exchange')).toBe(false);
  });

  test('has exchanges that can be searched, page by page', async () => {
    const first = await server.ask('GET', `/api/runs/${id}/exchanges?limit=1&method=GET&status=2xx&q=hello`);
    expect(first.json.items).toHaveLength(1);
    const [exchange] = first.json.items;
    const detail = await server.ask('GET', `/api/runs/${id}/exchanges/${exchange.id}`);
    expect(detail.json.exchange).toMatchObject({ id: exchange.id, request: { target: exchange.target } });
    expect((await server.ask('GET', `/api/runs/${id}/exchanges?q=100%25_nothing`)).json.items).toEqual([]);
    expect((await server.ask('GET', `/api/runs/${id}/exchanges/e-99999`)).status).toBe(404);
  });

  test('can be taken along as a page with all that it sent', async () => {
    const { status, text } = await server.ask('GET', `/api/runs/${id}/page`);
    expect(status).toBe(200);
    const data: unknown = JSON.parse(/ id="assay-run">([^<]*)</.exec(text)?.[1] ?? 'null');
    const all = await readStream(server, `/api/runs/${id}/events?all=1`);
    const sent = all.filter(({ event }) => event === 'exchange').map(() => expect.objectContaining({ statements: 0 }));
    expect(data).toMatchObject({ exchanges: sent });
  });

  test('shows a finding again; after it is mended, the finding is gone and the comparison says so', async () => {
    const { json: run } = await server.ask('GET', `/api/runs/${id}`);
    const replay = async () => {
      const { json } = await server.ask('POST', `/api/runs/${id}/findings/f-1/replay`);
      return (
        await until(
          () => server.ask('GET', `/api/replays/${json.replay}`),
          (seen) => seen.json.endedAt !== null,
        )
      ).json;
    };
    expect(await replay()).toMatchObject({ status: 'finished', outcome: 'still-there' });
    smallBackend('{"hello":"you"}', run.folder);
    expect(await replay()).toMatchObject({ status: 'finished', outcome: 'gone' });
    const made = await server.ask('POST', `/api/runs/${id}/rerun`, { onlyFailed: true });
    expect(made.json.only).toEqual(['contract/response-schema']);
    const again = await ended(made.json.id);
    expect(again).toMatchObject({ verdict: 'passed', previous: id });
    const { json: comparison } = await server.ask('GET', `/api/runs/${again.id}/compare/${id}`);
    expect(comparison).toMatchObject({ broken: [], better: [{ check: 'contract/response-schema' }] });
  });

  test('counts toward a skill when the backend is the person’s own, and not when Assay wrote it', async () => {
    const apis = async () =>
      (await server.ask('GET', '/api/skills')).json.items.find((skill: { id: string }) => skill.id === 'apis').checks;
    const before = await apis();
    // The backend of above holds to both checks by now.
    expect(before).toMatchObject({ open: 0 });
    expect(before.proven).toBeGreaterThanOrEqual(only.length);
    const bad = { folder: smallBackend('{"hello":1}'), only };
    expect(await judged(bad)).toMatchObject({ verdict: 'failed' });
    expect(await apis()).toEqual(before);
    const sample = smallBackend('{"hello":1}', path.join(server.home, 'samples/todo-1'));
    expect(await judged({ folder: sample, only: ['http/charset', ...only] })).toMatchObject({ verdict: 'failed' });
    expect(await apis()).toEqual(before);
  });

  test('of a folder that cannot be judged breaks, and says why and what to do', async () => {
    const run = await judged({ folder: path.dirname(smallBackend('{}', path.join(testHome(), 'inner'))) });
    expect(run).toMatchObject({
      status: 'broken',
      verdict: null,
      fault: { code: 'not-a-backend', fix: expect.any(String) },
    });
  });
});

test('a run that is stopped leaves nothing running', async () => {
  const { json } = await server.ask('POST', '/api/runs', { folder: smallBackend('{"hello":"you"}') });
  await until(
    () => server.ask('GET', `/api/runs/${json.id}`),
    (seen) => seen.json.status === 'running',
  );
  await server.ask('POST', `/api/runs/${json.id}/stop`);
  expect(await ended(json.id)).toMatchObject({ status: 'stopped' });
  expect((await server.ask('DELETE', `/api/runs/${json.id}`)).status).toBe(204);
});

test('a watched folder is judged again when it changes', async () => {
  const folder = smallBackend('{"hello":1}');
  const first = await judged({ folder, only, watch: true });
  const stream = readStream(server, `/api/runs/${first.id}/events`);
  smallBackend('{"hello":"you"}', folder);
  const next = (await stream).find(({ event }) => event === 'next');
  const { run } = JSON.parse(next?.data ?? '{}') as { run: string };
  // What is saved while it is judged has changed, too.
  await until(
    () => server.ask('GET', `/api/runs/${run}`),
    ({ json }) => json.status === 'running',
  );
  smallBackend('{"hello":2}', folder);
  expect(await ended(run)).toMatchObject({ previous: first.id, watch: true });
  const { json: again } = await until(
    () => server.ask('GET', `/api/runs/${run}`),
    ({ json }) => json.next !== null,
  );
  await server.ask('POST', `/api/runs/${again.next}/stop`);
  expect(await ended(again.next)).toMatchObject({ previous: run, watch: false });
});

test('a killed server marks its runs interrupted at the next start, and keeps all that was stored', async () => {
  const { json } = await server.ask('POST', '/api/runs', { folder: smallBackend('{"hello":"you"}') });
  const watched = readStream(server, `/api/runs/${json.id}/events`).catch(() => []);
  await until(
    () => server.ask('GET', `/api/runs/${json.id}/report`),
    ({ status }) => status === 200,
  );
  const before = await server.ask('GET', '/api/runs');
  await server.end('SIGKILL');
  await watched;
  server = await startServer(server.home);
  const { json: run } = await server.ask('GET', `/api/runs/${json.id}`);
  expect(run).toMatchObject({ status: 'interrupted', verdict: 'undecided' });
  const after = await server.ask('GET', '/api/runs');
  expect(after.json.items.map(({ id }: { id: string }) => id)).toEqual(
    before.json.items.map(({ id }: { id: string }) => id),
  );
  await until(
    () => Promise.resolve(spawnSync('pgrep', ['-f', 'runner/child.ts'], { encoding: 'utf8' }).stdout),
    (pids) => !pids.split('\n').some((pid) => pid !== '' && environmentOf(pid).includes(`ASSAY_HOME=${server.home}\0`)),
  );
});

test('PostgreSQL that is killed while a run goes on comes back, and nothing stored is lost', async () => {
  const before = await server.ask('GET', '/api/runs');
  const { json } = await server.ask('POST', '/api/runs', { folder: smallBackend('{"hello":"you"}'), only });
  await until(
    () => server.ask('GET', `/api/runs/${json.id}/report`),
    ({ status }) => status === 200,
  );
  const pid = storePid();
  process.kill(pid, 'SIGKILL');
  await until(
    () => server.ask('GET', `/api/runs/${json.id}`),
    ({ status, json: run }) => status === 200 && over.includes(run.status) && storePid() !== pid,
  );
  expect(await ended(json.id)).toMatchObject({ status: 'finished', verdict: 'passed' });
  const { json: after } = await server.ask('GET', '/api/runs');
  expect(after.items.map(({ id }: { id: string }) => id)).toEqual([
    json.id,
    ...before.json.items.map(({ id }: { id: string }) => id),
  ]);
  const events = await readStream(server, `/api/runs/${json.id}/events?all=1`);
  expect(events.slice(0, -1).map((sent) => Number(sent.id))).toEqual(events.slice(0, -1).map((_, index) => index + 1));
});

function storePid(): number {
  return (JSON.parse(readFileSync(path.join(server.home, 'store/server.json'), 'utf8')) as { readonly pid: number })
    .pid;
}

function exchangesIn(data: string): number {
  return (JSON.parse(data) as RunEvent & { readonly exchanges: number }).exchanges;
}

function environmentOf(pid: string): string {
  try {
    return readFileSync(`/proc/${pid}/environ`, 'utf8');
  } catch {
    return '';
  }
}
