import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';

export interface Watching {
  /** That each watcher saw. */
  readonly events: number;
  readonly outOfOrder: number;
  /** The longest from when an event happened until a watcher had it. */
  readonly latestMs: number;
}

/** Judges a small backend while so many pages watch every event of it. */
export async function watchRun(address: URL, token: string, watchers: number): Promise<Watching> {
  const folder = mkdtempSync(path.join(tmpdir(), 'assay-bench-watched-'));
  writeFileSync(path.join(folder, 'assay.yaml'), 'start: node server.js\ndatabase: none\n');
  writeFileSync(
    path.join(folder, 'openapi.json'),
    JSON.stringify({
      openapi: '3.1.0',
      info: { title: 'x', version: '1' },
      paths: { '/x': { get: { operationId: 'x', responses: { 200: { description: 'ok' } } } } },
    }),
  );
  writeFileSync(
    path.join(folder, 'server.js'),
    `require('node:http').createServer((q, r) => r.end()).listen(process.env.PORT, '127.0.0.1')`,
  );
  const headers = { authorization: `Bearer ${token}`, 'content-type': 'application/json' };
  const made = await fetch(new URL('/api/runs', address), {
    method: 'POST',
    headers,
    body: JSON.stringify({ folder, only: ['contract'], seed: 1 }),
  });
  const { id } = (await made.json()) as { readonly id: string };
  const seen = await Promise.all(
    Array.from({ length: watchers }, () => readEvents(new URL(`/api/runs/${id}/events?all=1`, address), headers)),
  );
  rmSync(folder, { recursive: true, force: true });
  const counts = seen.map(({ sequences }) => sequences.length);
  return {
    events: Math.min(...counts),
    outOfOrder: seen.reduce(
      (sum, { sequences }) => sum + sequences.filter((sequence, index) => sequence !== index + 1).length,
      0,
    ),
    latestMs: Math.round(Math.max(...seen.map(({ latestMs }) => latestMs))),
  };
}

async function readEvents(
  target: URL,
  headers: Readonly<Record<string, string>>,
): Promise<{ readonly sequences: readonly number[]; readonly latestMs: number }> {
  const response = await fetch(target, { headers });
  const sequences: number[] = [];
  let [text, startedAt, latestMs] = ['', 0, 0];
  for await (const chunk of response.body ?? []) {
    text += Buffer.from(chunk).toString('utf8');
    const blocks = text.split('\n\n');
    text = blocks.pop() ?? '';
    for (const block of blocks) {
      const data = /^data: (.*)$/m.exec(block)?.[1];
      const sequence = /^id: (\d+)$/m.exec(block)?.[1];
      if (data === undefined || sequence === undefined) continue;
      const event = JSON.parse(data) as { readonly type: string; readonly at: number; readonly startedAt?: string };
      if (event.type === 'run-started') startedAt = Date.parse(event.startedAt ?? '') - event.at;
      sequences.push(Number(sequence));
      latestMs = Math.max(latestMs, Date.now() - startedAt - event.at);
    }
  }
  return { sequences, latestMs };
}
