import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { assay } from './run-assay.ts';

const scratch = mkdtempSync(path.join(tmpdir(), 'assay-history-'));
afterAll(() => rmSync(scratch, { recursive: true, force: true }));

function log(read: number): string {
  const file = path.join(scratch, `read-${read}.log`);
  const lines = ['0\t:invoke\t:write\t3', '0\t:ok\t:write\t3', '1\t:invoke\t:read\tnil', `1\t:ok\t:read\t${read}`];
  writeFileSync(file, lines.map((line) => `INFO  jepsen.util - ${line}\n`).join(''));
  return file;
}

describe('assay history check', () => {
  it('accepts a history that can be ordered', async () => {
    const { status, stdout } = await assay(
      ['history', 'check', log(3), '--model', 'cas-register', '--from', 'jepsen-log', '--format', 'json'],
      { home: scratch },
    );
    expect(status).toBe(0);
    expect(JSON.parse(stdout)).toMatchObject([{ status: 'ok' }]);
  });

  it('refuses one that cannot, says why, and draws it', async () => {
    const page = path.join(scratch, 'timeline.html');
    const { status, stdout } = await assay(
      ['history', 'check', log(4), '--model', 'cas-register', '--from', 'jepsen-log', '--report', page],
      { home: scratch },
    );
    expect(status).toBe(1);
    expect(stdout).toContain('The value 4 was seen, and nobody wrote it');
    expect(existsSync(page) && readFileSync(page, 'utf8')).toContain('<svg');
  });

  it('says where a file cannot be read', async () => {
    const file = path.join(scratch, 'broken.json');
    writeFileSync(file, '[{"process": 0,');
    const { status, stderr } = await assay(['history', 'check', file, '--model', 'register', '--from', 'json'], {
      home: scratch,
    });
    expect(status).toBe(2);
    expect(stderr).toContain('broken.json: line 1');
  });
});
