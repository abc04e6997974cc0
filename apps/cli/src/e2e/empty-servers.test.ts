import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { listChallenges } from '@assay/prove';
import { afterAll, describe, expect, it } from 'vitest';
import { check, testHome } from './run-assay.ts';

const home = testHome();
const scratch = mkdtempSync(path.join(tmpdir(), 'assay-empty-'));
afterAll(() => {
  rmSync(home, { recursive: true, force: true });
  rmSync(scratch, { recursive: true, force: true });
});

/** Servers that do nothing of what they are asked. */
const servers = {
  'an object to everything': "response.writeHead(200, { 'content-type': 'application/json' }).end('{}')",
  'a list to everything': "response.writeHead(200, { 'content-type': 'application/json' }).end('[]')",
  '204 to everything': 'response.writeHead(204).end()',
  '404 to everything': 'response.writeHead(404).end()',
  '500 to everything': 'response.writeHead(500).end()',
  'what it was sent':
    "response.writeHead(200, { 'content-type': request.headers['content-type'] ?? 'text/plain' }), request.pipe(response)",
} as const;

const first = ['--only', 'contract/response-status', 'contract/response-schema', 'contract/no-server-error', 'soap'];

/** Two of them by every check in the smallest challenge: not one may have trouble with them. The others by the first checks. */
function judgedBy(challenge: string, name: string): readonly string[] {
  return challenge === 'todo' && /object|404/.test(name) ? [] : first;
}

describe.each(listChallenges())('%s', (challenge) => {
  it.each(Object.entries(servers))('fails a server that answers %s', { timeout: 180_000 }, async (name, answer) => {
    const folder = path.join(scratch, `${challenge}-${name.replaceAll(/\W+/g, '-')}`);
    mkdirSync(folder);
    writeFileSync(
      path.join(folder, 'server.js'),
      `require('node:http').createServer((request, response) => { ${answer}; }).listen(process.env.PORT, '127.0.0.1');\n`,
    );
    writeFileSync(path.join(folder, 'assay.yaml'), 'start: node server.js\ndatabase: postgres\n');
    const { status, report } = await check([folder, '--challenge', challenge, ...judgedBy(challenge, name)], home);
    expect(report.verdict).toBe('failed');
    expect(status).toBe(1);
  });
});
