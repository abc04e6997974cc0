import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import type { Finding } from '@assay/contract';
import { afterAll, afterEach, describe, expect, it } from 'vitest';
import { leftoversOf, nothing, removeHome } from './leftovers.ts';
import { check, testHome } from './run-assay.ts';
import { server, smallBackend } from './small-backend.ts';

/** What is wrong with the backend itself: verdict `failed`, exit status 1, and a finding that shows why. */

const home = testHome();
const scratch = mkdtempSync(path.join(tmpdir(), 'assay-bad-backend-'));
let backends = 0;
afterEach(() => expect(leftoversOf(home)).toEqual(nothing));
afterAll(() => {
  removeHome(home);
  rmSync(scratch, { recursive: true, force: true });
});

/** Judges a small backend and returns the finding of a check; it must have failed. */
async function findingOf(
  id: string,
  source: string,
  options: {
    readonly files?: Readonly<Record<string, string>>;
    readonly only?: string;
    readonly more?: readonly string[];
  } = {},
): Promise<Finding> {
  const folder = smallBackend(path.join(scratch, `b${(backends += 1)}`), source, options.files);
  const only = options.only ?? (id.startsWith('launch/') ? 'contract/no-server-error' : id);
  const { status, report } = await check([folder, '--seed', '1', '--only', only, ...(options.more ?? [])], home);
  expect({ status, verdict: report.verdict }).toEqual({ status: 1, verdict: 'failed' });
  const [finding] = report.checks.find((result) => result.id === id)?.findings ?? [];
  if (finding === undefined) throw new Error(`${id} found nothing: ${JSON.stringify(report.checks, null, 2)}`);
  return finding;
}

/** The lines that the finding shows of what was printed. */
function logOf(finding: Finding): string {
  return finding.evidence.flatMap((piece) => (piece.kind === 'log' ? piece.lines : [])).join('\n');
}

const httpServer = (respond: string): string =>
  `require('node:http').createServer((request, response) => { ${respond}; }).listen(process.env.PORT, '127.0.0.1');`;
const rawServer = (answer: string): string =>
  `require('node:net').createServer((socket) => { socket.on('error', () => {}); socket.on('data', () => socket.end(${JSON.stringify(answer)})); }).listen(process.env.PORT, '127.0.0.1');`;

describe('a backend that does not come up', () => {
  it('has a lock file that does not fit', async () => {
    const finding = await findingOf('launch/starts', server(), {
      files: {
        'assay.yaml': 'start: node server.js\nbuild: npm ci --no-audit --no-fund\n',
        'package.json': '{"name":"x","version":"1.0.0","dependencies":{"left-pad":"1.3.0"}}',
        'package-lock.json':
          '{"name":"x","version":"1.0.0","lockfileVersion":3,"packages":{"":{"name":"x","version":"1.0.0"}}}',
      },
    });
    expect(finding.title).toBe('The build failed: `npm ci --no-audit --no-fund` ended with exit status 1.');
    expect(logOf(finding)).toContain('Missing: left-pad@1.3.0 from lock file');
    expect(finding.fix).toMatch(/^Run it by hand and mend what it reports: cd \S+ && npm ci --no-audit --no-fund$/);
  });

  it('does not compile', async () => {
    const finding = await findingOf('launch/starts', 'const a = ;\n', {
      files: { 'assay.yaml': 'build: node --check server.js\nstart: node server.js\n' },
    });
    expect(finding.title).toBe('The build failed: `node --check server.js` ended with exit status 1.');
    expect(logOf(finding)).toContain("SyntaxError: Unexpected token ';'");
  });

  it('exits at once', async () => {
    const finding = await findingOf(
      'launch/starts',
      "console.log('starting'); console.error('\\x1b[31mno flux capacitor\\x1b[0m \\x9b2J'); process.exit(7);",
    );
    expect(finding.title).toBe('The backend ended before it listened: exit status 7.');
    expect(finding.fix).toBe('Run `node server.js` in its folder and mend what it reports.');
    expect(logOf(finding)).toContain('starting');
    expect(logOf(finding)).toContain('no flux capacitor');
    // oxlint-disable-next-line no-control-regex
    expect(logOf(finding)).not.toMatch(/[\u001b\u009b]/);
  });

  it('never listens', async () => {
    const finding = await findingOf('launch/starts', "console.log('thinking'); setInterval(() => {}, 1000);", {
      more: ['--start-timeout', '2'],
    });
    expect(finding.title).toMatch(/^The backend did not listen on port \d+ within 2 s\.$/);
    expect(finding.detail).toContain('It runs, and listens on no port.');
    expect(logOf(finding)).toBe('thinking');
  });

  it('listens on the wrong port', async () => {
    const finding = await findingOf('launch/starts', server().replace('process.env.PORT', '4567'));
    expect(finding.title).toMatch(/^The backend listens on 127\.0\.0\.1:4567, not on port \d+, which it was given\.$/);
    expect(finding.fix).toContain('Read the port from the environment variable PORT');
  });

  it('listens on IPv6 alone', async () => {
    const source = server().replace(
      "process.env.PORT, '127.0.0.1'",
      "{ port: process.env.PORT, host: '::1', ipv6Only: true }",
    );
    const finding = await findingOf('launch/starts', source);
    expect(finding.title).toMatch(
      /^The backend listens on port \d+ for IPv6 only \(\[::1\]:\d+\); nothing answers on 127\.0\.0\.1\.$/,
    );
  });

  it('finds its port taken by itself', async () => {
    const finding = await findingOf(
      'launch/starts',
      `${server()}require('node:http').createServer().listen(process.env.PORT, '127.0.0.1');`,
    );
    expect(finding.title).toBe('The backend ended before it listened: exit status 1.');
    expect(finding.detail).toMatch(/^The port \d+ it wants is taken\.$/);
  });

  it('goes into the background', async () => {
    const finding = await findingOf(
      'launch/starts',
      "require('node:child_process').spawn(process.execPath, ['-e', 'setInterval(() => {}, 1000)'], { detached: true, stdio: 'ignore' }).unref();",
    );
    expect(finding.title).toBe('The start command ended and left 1 process running in the background.');
    expect(finding.fix).toContain('Start it without `&`, `nohup`, `--daemon` or the like');
  });
});

describe('a backend that answers nonsense', () => {
  it.each([
    [
      'what is not HTTP',
      rawServer('SSH-2.0-OpenSSH_9.2\r\n'),
      'GET /things got an answer that is not HTTP to a valid request',
    ],
    [
      'less than it says',
      rawServer('HTTP/1.1 200 OK\r\ncontent-type: application/json\r\ncontent-length: 1000\r\n\r\n[]'),
      'GET /things had its connection closed without a whole answer to a valid request',
    ],
    [
      'half of a response',
      httpServer(
        "response.writeHead(200, { 'content-length': 500 }); response.write('[{'); setTimeout(() => response.destroy(), 5)",
      ),
      'GET /things had its connection closed without a whole answer to a valid request',
    ],
    [
      'without end',
      httpServer(
        "response.writeHead(200); const more = () => { while (!response.destroyed && response.write(Buffer.alloc(65536, 'a'))); response.once('drain', more); }; more()",
      ),
      'GET /things got an answer without end to a valid request',
    ],
  ])('%s', async (_title, source, told) => {
    expect((await findingOf('contract/no-server-error', source)).title).toBe(told);
  });

  it.each([
    [
      'JSON that is none',
      server(`response.writeHead(200, { 'content-type': 'application/json' }).end('[{"id":1},]')`),
      'not JSON',
    ],
    [
      'bytes that are not UTF-8',
      server(
        "response.writeHead(200, { 'content-type': 'application/json' }).end(Buffer.from([0x5b, 0x22, 0xff, 0x22, 0x5d]))",
      ),
      'its bytes are not UTF-8',
    ],
  ])('%s', async (_title, source, told) => {
    const finding = await findingOf('contract/response-schema', source);
    expect(finding.title).toContain('GET /things answered 200: the body is said to be application/json');
    expect(finding.title).toContain(told);
  });
});

describe('a backend that misbehaves', () => {
  it('fills its disk', async () => {
    const finding = await findingOf(
      'contract/no-server-error',
      server(
        "try { for (;;) require('node:fs').appendFileSync('/tmp/big', Buffer.alloc(16 << 20)); } catch (error) { response.writeHead(500).end(error.code); }",
      ),
    );
    expect(finding.title).toMatch(/^GET \/things\S* answered 500 to a valid request$/);
    expect(JSON.stringify(finding.evidence)).toContain('ENOSPC');
  });

  it('fills the memory', async () => {
    const finding = await findingOf(
      'launch/stays-up',
      server('const all = []; for (;;) all.push(Buffer.alloc(64 << 20, 1))'),
    );
    expect(finding.title).toContain('The backend ended by itself');
    expect(logOf(finding)).toMatch(
      /\[assay\] The backend was killed: it used \d+ MiB of memory, and may use \d+ MiB\./,
    );
    expect(finding.detail).toMatch(/GET \/things\S* → reset/);
  });

  it('prints megabytes and ignores SIGTERM: it is judged all the same', async () => {
    const folder = smallBackend(
      path.join(scratch, 'loud'),
      `process.on('SIGTERM', () => {}); process.on('SIGINT', () => {});${server(
        "for (let i = 0; i < 20000; i += 1) console.log(i, 'x'.repeat(200)); response.writeHead(200, { 'content-type': 'application/json' }).end('[]')",
      )}`,
    );
    const { status, report } = await check([folder, '--seed', '1', '--only', 'contract/no-server-error'], home);
    expect(report.reason).toBe('3 checks passed.');
    expect(status).toBe(0);
  });
});
