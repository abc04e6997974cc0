/**
 * How many SQL statements each request of the API makes, seen on the wire by Assay's own proxy between the server and its PostgreSQL. The stream of
 * events and the export are left out: they read page by page, for as long as there is something.
 *   scripts/with-node bench/server/statements.ts [--json] [--report-only]
 */
import { mkdtempSync, rmSync } from 'node:fs';
import { connect, createServer } from 'node:net';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { parseArgs } from 'node:util';
import { openHome, openStore } from '../../packages/engine/src/index.ts';
import { createWireProxy } from '../../packages/engine/src/wire/wire-proxy.ts';
import { atMost, promiseOptions, settle } from '../promises.ts';
import { fillReport } from './fill-report.ts';
import { fillRuns } from './fill-runs.ts';
import { startServer } from './server-process.ts';

const { values } = parseArgs({ options: { ...promiseOptions, json: { type: 'boolean', default: false } } });
const most = 5;
const home = mkdtempSync(path.join(tmpdir(), 'assay-bench-statements-'));
const store = await openStore(openHome({ ASSAY_HOME: home }));
const { host, port: upstream, user, password, database } = store.access;
const proxy = createWireProxy({
  connectUpstream: (onread) => connect({ path: path.join(host, `.s.PGSQL.${upstream}`), onread }),
  now: () => performance.now(),
});
const listener = createServer((socket) => proxy.accept(socket));
await new Promise<void>((resolve) => listener.listen(0, '127.0.0.1', resolve));
const address = listener.address();
const port = address !== null && typeof address !== 'string' ? address.port : 0;
const server = await startServer(
  mkdtempSync(path.join(home, 'server-')),
  `postgres://${user}:${password}@127.0.0.1:${port}/${database}`,
);
try {
  const [one = '', other = ''] = await fillRuns(home, 2000);
  const empty = mkdtempSync(path.join(home, 'empty-'));
  const large = await fillReport(home, 500, empty);
  const ask = async (method: string, target: string, body?: unknown): Promise<Response> =>
    fetch(new URL(target, server.address), {
      method,
      headers: {
        authorization: `Bearer ${server.token}`,
        ...(body === undefined ? {} : { 'content-type': 'application/json' }),
      },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    });
  const made = (await (await ask('POST', '/api/backends', { folder: home })).json()) as { readonly id?: string };
  const requests: readonly (readonly [method: string, target: string, body?: unknown])[] = [
    ['GET', '/api/runs?limit=100'],
    ['GET', '/api/runs?verdict=failed&challenge=todo&limit=100'],
    ['GET', `/api/runs/${one}`],
    ['GET', `/api/runs/${large}/report`],
    ['GET', `/api/runs/${large}/exchanges?limit=200`],
    ['GET', `/api/runs/${large}/exchanges?q=number+select&status=2xx&method=GET&limit=200`],
    ['GET', `/api/runs/${large}/exchanges/e-7`],
    ['GET', `/api/runs/${large}/plots`],
    ['GET', `/api/runs/${large}/page`],
    ['GET', `/api/runs/${large}/compare/${large}`],
    ['GET', `/api/runs/${one}/report`],
    ['GET', '/api/backends?limit=100'],
    ['GET', `/api/backends/${made.id ?? one}`],
    ['PATCH', `/api/backends/${made.id ?? one}`, { name: 'other' }],
    ['GET', '/api/challenges'],
    ['GET', '/api/challenges/todo'],
    ['GET', '/api/checks'],
    ['GET', '/api/skills'],
    ['GET', '/api/settings'],
    ['PATCH', '/api/settings', { theme: 'dark', budgetSeconds: 60 }],
    ['POST', '/api/runs', { folder: path.join(home, 'nothing') }],
    ['POST', `/api/runs/${one}/rerun`, { onlyFailed: true }],
    ['POST', '/api/runs', { folder: empty }],
    ['POST', `/api/runs/${large}/rerun`, { onlyFailed: true }],
    ['POST', `/api/runs/${one}/stop`],
    ['POST', `/api/runs/${large}/findings/f-1/replay`],
    ['DELETE', `/api/runs/${other}`],
    ['DELETE', `/api/backends/${made.id ?? one}`],
    ['GET', '/healthz'],
    ['DELETE', '/api/data', { confirm: 'delete' }],
  ];
  const counted: { readonly request: string; readonly status: number; readonly statements: number }[] = [];
  for (const [method, target, body] of requests) {
    await proxy.idle(150, new AbortController().signal);
    const mark = proxy.mark();
    const response = await ask(method, target, body);
    await response.arrayBuffer();
    // What a worker does with a new job is no part of the request that made it.
    counted.push({
      request: `${method} ${target}`,
      status: response.status,
      statements: proxy.since(mark).filter(isOfRequest).length,
    });
  }
  const over = counted.filter(({ statements }) => statements > most);
  process.stdout.write(
    values.json
      ? `${JSON.stringify(counted)}\n`
      : [
          ...counted.map(
            ({ request, status, statements }) =>
              `${String(statements).padStart(3)}  ${status}  ${request.slice(0, 110)}`,
          ),
          `${over.length} of ${counted.length} requests make more than ${most} statements`,
          '',
        ].join('\n'),
  );
  settle([
    atMost(
      'the most statements that a request of the API makes',
      counted.reduce((largest, { statements }) => Math.max(largest, statements), Number.NEGATIVE_INFINITY),
      most,
    ),
  ]);
} finally {
  await server.stop();
  await proxy.close();
  listener.close();
  await store.close();
  rmSync(home, { recursive: true, force: true });
}

/** Those of the worker and of its jobs name the worker's tables, or run after it took the job. */
function isOfRequest({ text }: { readonly text: string }): boolean {
  return !/assay_jobs\.(?!add_job)|_private_|LISTEN/i.test(text);
}
