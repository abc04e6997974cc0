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

function written(name: string, text: string): string {
  const file = path.join(scratch, name);
  writeFileSync(file, text);
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
    expect(stdout).toContain('line 3     1  read 4  ← cannot follow');
    expect(existsSync(page) && readFileSync(page, 'utf8')).toContain('<svg');
    expect(readFileSync(page, 'utf8')).toContain('read 4 (process 1, line 3)');
  });

  it('takes the state to begin with, and the isolation level', async () => {
    const registers = written(
      'registers.edn',
      '{:process 0 :type :invoke :f :txn :value [[:read :x nil]]} {:process 0 :type :ok :f :txn :value [[:read :x 0]]}',
    );
    const multi = ['history', 'check', registers, '--model', 'multi-register', '--from', 'edn'];
    expect((await assay(multi, { home: scratch })).status).toBe(1);
    expect((await assay([...multi, '--initial', '{:x 0 :y 0}'], { home: scratch })).status).toBe(0);
    const appends = written(
      'appends.edn',
      '{:process 0 :type :ok :value [[:append :x 1]]} {:process 0 :type :ok :value [[:r :x []]]}',
    );
    const list = ['history', 'check', appends, '--model', 'list-append', '--from', 'edn'];
    expect((await assay(list, { home: scratch })).status).toBe(0);
    const session = await assay([...list, '--level', 'strong-session-serializable'], { home: scratch });
    expect(session.status).toBe(1);
    expect(session.stdout).toContain('violated: strong-session-serializable, strict-serializable');
  });

  it('refuses what would be ignored, and a file without operations', async () => {
    const edn = written('one.edn', '{:process 0 :type :ok :value [[:append :x 1]]}');
    const refusals = [
      ['--model list-append --from edn --partition key', '--partition says nothing about --model list-append'],
      ['--model register --from edn --level serializable', '--level says nothing about --model register'],
      ['--model queue --from edn --initial []', 'queue always begins empty'],
      ['--model cas-register --from jepsen-log', 'one.edn: expected operations in the format jepsen-log'],
    ] as const;
    for (const [options, message] of refusals) {
      const { status, stderr } = await assay(['history', 'check', edn, ...options.split(' ')], { home: scratch });
      expect([status, stderr]).toEqual([2, expect.stringContaining(message)]);
    }
  });

  it('goes on after a file that cannot be read', async () => {
    const empty = written('empty.log', '');
    const check = (...files: readonly string[]) =>
      assay(['history', 'check', ...files, '--model', 'cas-register', '--from', 'jepsen-log', '--format', 'json'], {
        home: scratch,
      });
    const { status, stdout, stderr } = await check(log(3), empty, path.join(scratch, 'nowhere.log'), log(4));
    expect(status).toBe(1);
    expect(JSON.parse(stdout)).toMatchObject([
      { status: 'ok' },
      { file: empty, status: 'unreadable', message: expect.stringContaining('expected operations') },
      { status: 'unreadable' },
      { status: 'violated' },
    ]);
    expect(stderr).toContain('empty.log: expected operations in the format jepsen-log');
    expect((await check(empty, log(3))).status).toBe(2);
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
