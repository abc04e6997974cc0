import { appendFileSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { VerifyLog } from './verify-log.ts';

let folder = '';
beforeEach(() => {
  folder = mkdtempSync(path.join(tmpdir(), 'assay-verify-log-'));
});
afterEach(() => rmSync(folder, { recursive: true }));

const always = (): boolean => true;
const fileIn = (): string => path.join(folder, 'results.ndjson');

describe('the log of a verification', () => {
  test('a later one takes what an earlier one found, and does the rest', async () => {
    await new VerifyLog(fileIn()).remember('a', async () => ({ status: 'caught' }), always);
    const done: string[] = [];
    const again = new VerifyLog(fileIn());
    const work = (name: string) => async () => {
      done.push(name);
      return { status: name };
    };
    expect(await again.remember('a', work('a'), always)).toEqual({ status: 'caught' });
    expect(await again.remember('b', work('b'), always)).toEqual({ status: 'b' });
    expect(done).toEqual(['b']);
  });

  test('work that fails leaves nothing', async () => {
    const log = new VerifyLog(fileIn());
    await expect(log.remember('a', () => Promise.reject(new Error('interrupted')), always)).rejects.toThrow(
      'interrupted',
    );
    expect(await log.remember('a', async () => 1, always)).toBe(1);
    expect(readFileSync(fileIn(), 'utf8').trim().split('\n')).toHaveLength(1);
  });

  test('a result that is not as it should be is not kept', async () => {
    const log = new VerifyLog(fileIn());
    expect(
      await log.remember(
        'a',
        async () => 'missed',
        (status) => status === 'caught',
      ),
    ).toBe('missed');
    expect(
      await log.remember(
        'a',
        async () => 'caught',
        (status) => status === 'caught',
      ),
    ).toBe('caught');
    expect(
      await log.remember(
        'a',
        async () => 'missed',
        (status) => status === 'caught',
      ),
    ).toBe('caught');
  });

  test('a last line that was cut off is done again; the lines before it stay', async () => {
    await new VerifyLog(fileIn()).remember('a', async () => 1, always);
    appendFileSync(fileIn(), '{"key":"b","resu');
    const again = new VerifyLog(fileIn());
    expect(await again.remember('a', async () => 2, always)).toBe(1);
    expect(await again.remember('b', async () => 3, always)).toBe(3);
  });

  test('a file of something else is refused, with the line', () => {
    writeFileSync(fileIn(), 'hello\nworld\n');
    expect(() => new VerifyLog(fileIn())).toThrow(/line 1 is no result/);
  });
});
